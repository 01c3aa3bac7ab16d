import { useState } from 'preact/hooks';
import { freshKey } from '../../api/commands.js';
import { told, type Problem } from '../../api/problem.js';
import { register } from '../../api/webhooks.js';
import { TextField, type Errors } from '../../forms/field.js';
import { ProblemNotice } from '../../parts/notice.js';
import { Panel } from '../../parts/panel.js';
import { bodyOf, newWebhook, type WebhookDraft } from './draft.js';
import type { Shown } from './secret.js';
import { TypeFields } from './type-fields.js';

function useRegistration(onDone: (shown: Shown) => void) {
  const [draft, setDraft] = useState(newWebhook);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const body = bodyOf(draft);
  const text = JSON.stringify(body);
  // One key for one definition: sent twice, it is one webhook, and its secret is answered both times.
  const [keyed, setKeyed] = useState({ text, key: freshKey() });
  const submit = (event: Event): void => {
    event.preventDefault();
    const { key } = keyed.text === text ? keyed : { key: freshKey() };
    setKeyed({ text, key });
    setBusy(true);
    setProblem(undefined);
    register(body, key)
      .then(
        ({ secret }) => onDone({ url: body.url, secret }),
        (error: unknown) => setProblem(told(error)),
      )
      .finally(() => setBusy(false));
  };
  const set = (changes: Partial<WebhookDraft>): void => setDraft({ ...draft, ...changes });
  return { draft, set, busy, problem, submit };
}

const whose = [
  ['users', 'Of users'],
  ['connections', 'Of connections'],
  ['providers', 'Of providers'],
] as const;

type FieldsOf = {
  readonly draft: WebhookDraft;
  readonly set: (changes: Partial<WebhookDraft>) => void;
  readonly errors: Errors;
};

function Fields({ draft, set, errors }: FieldsOf) {
  return (
    <>
      <TextField
        field="url"
        label="URL"
        hint="Where messages go; it is in events, so no secret belongs into it"
        errors={errors}
        value={draft.url}
        set={(url) => set({ url })}
      />
      <TextField
        field="description"
        label="Description"
        hint="What it is for; optional"
        errors={errors}
        value={draft.description}
        set={(description) => set({ description })}
      />
      <TypeFields types={draft.types} set={(types) => set({ types })} errors={errors} />
      {whose.map(([list, label]) => (
        <TextField
          key={list}
          field={`filter.${list}`}
          label={label}
          hint="With commas; optional: of all of them"
          errors={errors}
          value={draft[list]}
          set={(names) => set({ [list]: names })}
        />
      ))}
    </>
  );
}

type Given = {
  readonly onDone: (shown: Shown) => void;
  readonly onClose: () => void;
};

export function RegisterForm({ onDone, onClose }: Given) {
  const { draft, set, busy, problem, submit } = useRegistration(onDone);
  return (
    <Panel title="New webhook">
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <form class="fields" onSubmit={submit}>
        <Fields draft={draft} set={set} errors={problem?.errors ?? []} />
        <div class="actions">
          <button type="submit" class="primary" disabled={busy}>
            Register webhook
          </button>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </form>
    </Panel>
  );
}
