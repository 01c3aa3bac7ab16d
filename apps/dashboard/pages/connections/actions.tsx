import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { remove, restore, suspend, type Connection } from '../../api/connections.js';
import { OutcomeList, useOutcomes } from '../../parts/outcomes.js';
import { useCheck } from './check-result.js';
import { RemoveDialog, RestoreDialog, SuspendDialog } from './dialogs.js';

/** What can be done to a connection: the same from a row and on its own page. */
type Action = 'check' | 'suspend' | 'restore' | 'remove';

const actionNames: Readonly<Record<Action, string>> = {
  check: 'Check',
  suspend: 'Suspend',
  restore: 'Restore',
  remove: 'Remove',
};

/** Of one that is not registered there is nothing to ask a provider. */
const actionsFor = ({ status, registeredAt, claims }: Connection): readonly Action[] => [
  ...(registeredAt === undefined ? [] : (['check'] as const)),
  status === 'suspended' ? 'restore' : 'suspend',
  // What a schedule acts on stays.
  ...(registeredAt === undefined || claims.length > 0 ? [] : (['remove'] as const)),
];

export type Perform = (action: Action, connection: Connection) => void;

type Asked = { readonly action: Exclude<Action, 'check'>; readonly connection: Connection };

const acts = { suspend, restore, remove } as const;
const dialogs = { suspend: SuspendDialog, restore: RestoreDialog, remove: RemoveDialog } as const;

export function useConnectionActions(after: () => void): {
  readonly perform: Perform;
  /** Its dialogs, and what became of what was asked. */
  readonly shown: ComponentChildren;
} {
  const { outcomes, run, dismiss } = useOutcomes();
  const check = useCheck();
  const [asked, setAsked] = useState<Asked>();
  const perform: Perform = (action, connection) => {
    if (action === 'check') check.start(connection.id);
    else setAsked({ action, connection });
  };
  const start = ({ action, connection: { id } }: Asked, said: string): void => {
    void run(actionNames[action], [{ id, name: id }], () => acts[action](id, said)).then(after);
  };
  const given = asked && {
    connection: asked.connection,
    onConfirm: (said: string) => start(asked, said),
    onClose: () => setAsked(undefined),
  };
  const AskedDialog = asked && dialogs[asked.action];
  const shown = (
    <>
      {check.shown}
      <OutcomeList outcomes={outcomes} dismiss={dismiss} />
      {AskedDialog !== undefined && given !== undefined && <AskedDialog {...given} />}
    </>
  );
  return { perform, shown };
}

/** One button that is now the one and now the other keeps the focus. */
const placeOf = (action: Action): string => (action === 'restore' ? 'suspend' : action);

/** `named`: in a list, where screen readers are to be told of which one. */
export function ActionButtons({
  of,
  perform,
  named = false,
}: {
  readonly of: Connection;
  readonly perform: Perform;
  readonly named?: boolean;
}) {
  return (
    <>
      {actionsFor(of).map((action) => (
        <button
          key={placeOf(action)}
          type="button"
          class={named ? 'quiet' : undefined}
          aria-label={named ? `${actionNames[action]}: ${of.id}` : undefined}
          onClick={() => perform(action, of)}
        >
          {actionNames[action]}
        </button>
      ))}
    </>
  );
}
