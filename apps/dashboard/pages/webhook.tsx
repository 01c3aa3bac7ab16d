import { useState } from 'preact/hooks';
import type { Replayed, Webhook } from '../api/webhooks.js';
import { useOpeners } from '../forms/openers.js';
import { useAnswer } from '../live/answer.js';
import { ofWebhooks } from '../live/changes.js';
import { Mark } from '../parts/badge.js';
import { Moment } from '../parts/moment.js';
import { Answered, Empty } from '../parts/notice.js';
import { Facts, Heading, Panel } from '../parts/panel.js';
import { go, to } from '../routing/route.js';
import { count } from '../words/amounts.js';
import { reasonOf } from '../words/reasons.js';
import { webhookState } from '../words/webhooks.js';
import { AboutFacts } from './webhooks/about.js';
import { actionNames, actionsFor, placeOf, useWebhookActions } from './webhooks/actions.js';
import { Deliveries } from './webhooks/deliveries.js';
import { EditForm } from './webhooks/edit-form.js';
import { ReplayForm, ReplayResult } from './webhooks/replay-form.js';

type Query = Readonly<Record<string, string>>;

/** Why nothing is sent, or nothing taken, in full. */
function Trouble({ of: { disabled, failing } }: { readonly of: Webhook }) {
  return (
    <>
      {disabled !== undefined && (
        <div class="notice bad">
          <strong>Nothing is sent: {reasonOf(disabled.cause ?? 'request')}</strong>
          <p>
            Disabled <Moment at={disabled.at} exact />
            {disabled.note !== undefined && `: ${disabled.note}`}
          </p>
        </div>
      )}
      {failing !== undefined && (
        <div class="notice warn">
          <strong>
            It has failed since <Moment at={failing.since} exact />, {count(failing.inARow)} in a row
          </strong>
          {failing.lastError !== null && <p>{failing.lastError}</p>}
        </div>
      )}
    </>
  );
}

function About({ of }: { readonly of: Webhook }) {
  return (
    <Panel title="About it">
      <AboutFacts of={of} />
    </Panel>
  );
}

function Counts({ of: { delivered, pending, deadLettered } }: { readonly of: Webhook }) {
  return (
    <Panel title="What became of it">
      <Facts
        of={[
          ['Delivered', count(delivered)],
          ['Pending', count(pending)],
          ['Given up', count(deadLettered)],
        ]}
      />
    </Panel>
  );
}

type Given = { readonly webhook: Webhook; readonly query: Query; readonly reload: () => void };

/** What is opened beneath the heading, and what came of it. */
function useForms({ webhook, reload }: Pick<Given, 'webhook' | 'reload'>) {
  const { open, buttons, close } = useOpeners([
    ['edit', 'Edit'],
    ['replay', 'Replay a range'],
  ]);
  const [replayed, setReplayed] = useState<Replayed>();
  const done = (answer: Replayed): void => {
    close();
    setReplayed(answer);
    reload();
  };
  const forms = (
    <>
      <ReplayResult of={replayed} dismiss={() => setReplayed(undefined)} />
      {open === 'edit' && <EditForm webhook={webhook} reload={reload} onClose={close} />}
      {open === 'replay' && <ReplayForm webhook={webhook} onDone={done} onClose={close} />}
    </>
  );
  return { buttons, forms };
}

function Content({ webhook, query, reload }: Given) {
  const { perform, shown } = useWebhookActions({ after: reload, deleted: () => go(to('webhooks')) });
  const { buttons, forms } = useForms({ webhook, reload });
  return (
    <>
      <Heading
        title={
          <>
            {webhook.url} <Mark {...webhookState(webhook.status)} />
          </>
        }
      >
        {actionsFor(webhook).map((action) => (
          <button
            key={placeOf(action)}
            type="button"
            class={action === 'delete' ? 'danger' : undefined}
            onClick={() => perform(action, webhook)}
          >
            {actionNames[action]}
          </button>
        ))}
        {buttons}
      </Heading>
      {shown}
      {forms}
      <Trouble of={webhook} />
      <div class="grid">
        <About of={webhook} />
        <Counts of={webhook} />
        <Deliveries webhook={webhook} query={query} after={reload} />
      </div>
    </>
  );
}

export function WebhookPage({ id, query }: { readonly id: string; readonly query: Query }) {
  const answer = useAnswer<Webhook>(`/v1/webhooks/${encodeURIComponent(id)}`, ofWebhooks(id));
  if (answer.problem?.status === 404)
    return (
      <Empty title="This webhook is not there">
        It was deleted, or never was. <a href={to('webhooks')}>Go to those that are</a>
      </Empty>
    );
  return (
    <Answered of={answer}>
      {(webhook) => <Content webhook={webhook} query={query} reload={answer.reload} />}
    </Answered>
  );
}
