import type { Schedule } from '../../api/shapes.js';
import { TextField } from '../../forms/field.js';
import { OverlapField, PriorityField } from '../../forms/policy-fields.js';
import { RecurrenceFields } from '../../forms/recurrence-fields.js';
import { ProblemNotice } from '../../parts/notice.js';
import { Panel } from '../../parts/panel.js';
import { Definition } from './definition.js';
import { useEditing, type Editing } from './editing.js';

/** Somebody was first: what there is now, and the choice whether to begin anew from it or to put one's own over it. */
function Changed({ newest, adopt, insist }: Editing & { readonly newest: Schedule }) {
  return (
    <div class="notice warn" role="alert">
      <strong>It was changed meanwhile</strong>
      <p>Nothing of yours was saved. This is version {newest.version}, as it is now:</p>
      <Definition schedule={newest} />
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

function Fields({ draft, setDraft, problem }: Editing) {
  const errors = problem?.errors ?? [];
  return (
    <>
      <TextField
        field="name"
        label="Name"
        errors={errors}
        value={draft.name}
        set={(name) => setDraft({ ...draft, name })}
      />
      <PriorityField
        errors={errors}
        value={draft.priority}
        set={(priority) => setDraft({ ...draft, priority })}
      />
      <OverlapField
        errors={errors}
        value={draft.overlap}
        set={(overlap) => setDraft({ ...draft, overlap })}
      />
      <RecurrenceFields
        draft={draft.recurrence}
        errors={errors}
        set={(recurrence) => setDraft({ ...draft, recurrence })}
      />
    </>
  );
}

export function EditForm({
  schedule,
  onClose,
  reload,
}: {
  readonly schedule: Schedule;
  readonly onClose: () => void;
  readonly reload: () => void;
}) {
  const onSaved = (): void => {
    reload();
    onClose();
  };
  const editing = useEditing({ schedule, reload, onSaved });
  const { version, newest, problem, untouched, busy, save } = editing;
  const submit = (event: Event): void => {
    event.preventDefault();
    save();
  };
  return (
    <Panel title="Edit" aside={<span class="faint">version {version}</span>}>
      {newest !== undefined && <Changed {...editing} newest={newest} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <form class="fields" onSubmit={submit}>
        <Fields {...editing} />
        <div class="actions">
          <button type="submit" class="primary" disabled={busy || untouched}>
            Save
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </form>
    </Panel>
  );
}
