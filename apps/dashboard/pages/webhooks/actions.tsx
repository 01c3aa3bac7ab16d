import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { told } from '../../api/problem.js';
import { disable, enable, removeWebhook, rotate, sendTest, type Webhook } from '../../api/webhooks.js';
import { OutcomeList, useOutcomes } from '../../parts/outcomes.js';
import { DeleteDialog, DisableDialog, EnableDialog, RotateDialog } from './dialogs.js';
import { Secret, type Shown } from './secret.js';
import { TestResult, type Test } from './test-result.js';

/** What can be done to a webhook: the same from a row and on its own page. */
export type Action = 'test' | 'disable' | 'enable' | 'rotate' | 'delete';

export const actionNames: Readonly<Record<Action, string>> = {
  test: 'Send a test',
  disable: 'Disable',
  enable: 'Enable',
  rotate: 'Rotate secret',
  delete: 'Delete',
};

export const actionsFor = ({ status }: Webhook): readonly Action[] => [
  'test',
  status === 'disabled' ? 'enable' : 'disable',
  'rotate',
  'delete',
];

/** One button that is now the one and now the other keeps the focus. */
export const placeOf = (action: Action): string => (action === 'enable' ? 'disable' : action);

/** The last test that was asked for; an earlier one that is answered later is no answer to it. */
function useTest() {
  const [test, setTest] = useState<Test>();
  const latest = useRef(0);
  const start = ({ id, url }: Webhook): void => {
    const asked = (latest.current += 1);
    const show = (test: Test): void => {
      if (asked === latest.current) setTest(test);
    };
    show({ url });
    sendTest(id).then(
      (tested) => show({ url, tested }),
      (error: unknown) => show({ url, problem: told(error) }),
    );
  };
  const dismiss = (): void => {
    latest.current += 1;
    setTest(undefined);
  };
  return { test, start, dismiss };
}

/** Whoever has written it down goes on from the top: its buttons are gone. */
function toContent(): void {
  document.getElementById('content')?.focus();
}

export function useSecret() {
  const [secret, setSecret] = useState<Shown>();
  // An answer that comes once the page is left has nobody to read it, and must not wait for the next who comes.
  const here = useRef(true);
  useEffect(
    () => () => {
      here.current = false;
    },
    [],
  );
  const show = (shown: Shown): void => {
    if (here.current) setSecret(shown);
  };
  const done = (): void => {
    setSecret(undefined);
    toContent();
  };
  return { show, shown: secret !== undefined && <Secret of={secret} onDone={done} /> };
}

type Asked = { readonly action: Exclude<Action, 'test'>; readonly webhook: Webhook };

type Actions = {
  readonly perform: (action: Action, webhook: Webhook) => void;
  /** Its dialogs, and what became of what was asked. */
  readonly shown: ComponentChildren;
};

export function useWebhookActions({
  after,
  deleted = after,
}: {
  readonly after: () => void;
  readonly deleted?: () => void;
}): Actions {
  const { outcomes, run, dismiss } = useOutcomes();
  const test = useTest();
  const secret = useSecret();
  const [asked, setAsked] = useState<Asked>();
  const perform = (action: Action, webhook: Webhook): void => {
    if (action === 'test') test.start(webhook);
    else setAsked({ action, webhook });
  };
  const start = ({ action, webhook: { id, url } }: Asked, act: () => Promise<unknown>): void => {
    void run(actionNames[action], [{ id, name: url }], act).then(after);
  };
  const shown = (
    <>
      {secret.shown}
      <TestResult of={test.test} dismiss={test.dismiss} />
      <OutcomeList outcomes={outcomes} dismiss={dismiss} />
      {asked !== undefined && (
        <Dialogs
          asked={asked}
          start={(act) => start(asked, act)}
          show={secret.show}
          deleted={deleted}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
  return { perform, shown };
}

function Dialogs({
  asked: { action, webhook },
  start,
  show,
  deleted,
  onClose,
}: {
  readonly asked: Asked;
  readonly start: (act: () => Promise<unknown>) => void;
  readonly show: (secret: Shown) => void;
  readonly deleted: () => void;
  readonly onClose: () => void;
}) {
  const { id, url } = webhook;
  const given = { webhook, onClose };
  switch (action) {
    case 'disable':
      return <DisableDialog {...given} onConfirm={(note) => start(() => disable(id, note))} />;
    case 'enable':
      return <EnableDialog {...given} onConfirm={(from) => start(() => enable(id, from))} />;
    case 'rotate': {
      const turn = async (overlap: string): Promise<void> => {
        const { secret, previousUntil } = await rotate(id, overlap);
        show({ url, secret, previousUntil });
      };
      return <RotateDialog {...given} onConfirm={(overlap) => start(() => turn(overlap))} />;
    }
    default:
      return <DeleteDialog {...given} onConfirm={() => start(() => removeWebhook(id).then(deleted))} />;
  }
}
