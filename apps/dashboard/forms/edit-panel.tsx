import type { ComponentChildren } from 'preact';
import type { Editing } from './editing.js';
import { FormPanel } from './form-panel.js';

type Versioned = { readonly version: number };

type ChangedOf = {
  readonly version: number;
  readonly adopt: () => void;
  readonly insist: () => void;
  readonly children: ComponentChildren;
};

/** Somebody was first: what there is now, and the choice whether to begin anew from it or to put one's own over it. */
function Changed({ version, adopt, insist, children }: ChangedOf) {
  return (
    <div class="notice warn" role="alert">
      <strong>It was changed meanwhile</strong>
      <p>Nothing of yours was saved. This is version {version}, as it is now:</p>
      {children}
      <div class="actions">
        <button type="button" onClick={adopt}>
          Begin again from this
        </button>
        <button type="button" onClick={insist}>
          Keep my fields, and save over it
        </button>
      </div>
    </div>
  );
}

type Given<Subject, Draft> = {
  readonly editing: Editing<Subject, Draft>;
  /** What somebody else has made of it. */
  readonly shown: (newest: Subject) => ComponentChildren;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ComponentChildren;
};

export function EditPanel<Subject extends Versioned, Draft>(given: Given<Subject, Draft>) {
  const { editing, shown, onClose, children } = given;
  const { version, newest, problem, untouched, busy, save, adopt, insist } = editing;
  const submit = (event: Event): void => {
    event.preventDefault();
    save();
  };
  return (
    <FormPanel
      title="Edit"
      aside={<span class="faint">version {version}</span>}
      above={
        newest !== undefined && (
          <Changed version={newest.version} adopt={adopt} insist={insist}>
            {shown(newest)}
          </Changed>
        )
      }
      problem={problem}
      confirm="Save"
      disabled={busy || untouched}
      submit={submit}
      onClose={onClose}
    >
      {children}
    </FormPanel>
  );
}
