import { TextField, type Errors } from '../../forms/field.js';
import { whose, type WebhookDraft } from './draft.js';
import { TypeFields } from './type-fields.js';

type Given = {
  readonly draft: WebhookDraft;
  readonly set: (changes: Partial<WebhookDraft>) => void;
  readonly errors: Errors;
};

/** Where it is told, and of what: the same for a new one and for a change. */
export function WebhookFields({ draft, set, errors }: Given) {
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
      {whose.map((list) => (
        <TextField
          key={list}
          field={`filter.${list}`}
          label={`Of ${list}`}
          hint={`${list === 'schedules' ? 'Their ids, with' : 'With'} commas; optional: of all of them`}
          errors={errors}
          value={draft[list]}
          set={(names) => set({ [list]: names })}
        />
      ))}
    </>
  );
}
