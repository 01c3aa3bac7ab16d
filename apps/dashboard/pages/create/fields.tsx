import type { Connection } from '../../api/connections.js';
import { ChoiceField, TextField, type Errors } from '../../forms/field.js';
import { catchUpChoices } from '../../forms/policies.js';
import { OverlapField, PriorityField } from '../../forms/policy-fields.js';
import type { ScheduleDraft } from './draft.js';

type Given = {
  readonly draft: ScheduleDraft;
  readonly set: (draft: ScheduleDraft) => void;
  readonly errors: Errors;
};

const distinct = (values: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== undefined))].toSorted();

export function OwnerFields({
  draft,
  set,
  errors,
  connections,
}: Given & { readonly connections: readonly Connection[] }) {
  /** A connection that is known says whose it is, and of which provider. */
  const connect = (connection: string): void => {
    const known = connections.find(({ id }) => id === connection);
    set({
      ...draft,
      connection,
      ...(known?.user === undefined ? {} : { user: known.user }),
      ...(known?.provider === undefined ? {} : { provider: known.provider }),
    });
  };
  return (
    <>
      <TextField
        field="connection"
        label="Connection"
        hint="One that is registered fills in its user and provider"
        errors={errors}
        value={draft.connection}
        list={connections.map(({ id }) => id)}
        set={connect}
      />
      <TextField
        field="user"
        label="User"
        errors={errors}
        value={draft.user}
        list={distinct(connections.map(({ user }) => user))}
        set={(user) => set({ ...draft, user })}
      />
      <TextField
        field="provider"
        label="Provider"
        errors={errors}
        value={draft.provider}
        list={distinct(connections.map(({ provider }) => provider))}
        set={(provider) => set({ ...draft, provider })}
      />
    </>
  );
}

export function WorkFields({ draft, set, errors }: Given) {
  return (
    <>
      <TextField
        field="name"
        label="Name"
        hint="What people will call it; optional"
        errors={errors}
        value={draft.name}
        set={(name) => set({ ...draft, name })}
      />
      <ChoiceField
        field="operation"
        label="What to sync"
        errors={errors}
        value={draft.operation}
        choices={[
          ['incremental_sync', 'What is new (incremental)'],
          ['full_sync', 'Everything (full)'],
        ]}
        set={(operation) => set({ ...draft, operation })}
      />
    </>
  );
}

export function PolicyFields({ draft, set, errors }: Given) {
  return (
    <>
      <PriorityField errors={errors} value={draft.priority} set={(priority) => set({ ...draft, priority })} />
      <OverlapField errors={errors} value={draft.overlap} set={(overlap) => set({ ...draft, overlap })} />
      <ChoiceField
        field="catchUp"
        label="If the service was down when due"
        errors={errors}
        value={draft.catchUp}
        choices={catchUpChoices}
        set={(catchUp) => set({ ...draft, catchUp })}
      />
    </>
  );
}
