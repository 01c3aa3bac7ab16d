import {
  wantsSubject,
  type Attempted,
  type Delivery,
  type DeliveryResult,
  type LivingWebhook,
} from '#lib/domain/webhook';
import type { RecordedEvent } from '#lib/event-store/port';
import type { Environment, WebhookMessage, WebhookSender } from '#lib/ports';
import { bodyOf } from './message.js';
import type { Subjects } from './subjects.js';

/** One event to be sent, and which try of which lane that is. `event` undefined: the log does not have it any more. */
export type Due = { readonly event: RecordedEvent | undefined; readonly delivery: Delivery };

/** The same, in the words of the message. */
export type Prepared = { readonly delivery: Delivery; readonly message: WebhookMessage | undefined };

export const firstTry = (event: RecordedEvent, replay?: string): Due => ({
  event,
  delivery: {
    position: event.position,
    stream: event.stream,
    revision: event.revision,
    event: event.id,
    eventType: event.type,
    attempt: 1,
    ...(replay === undefined ? {} : { replay }),
  },
});

/** Without what the endpoint did not ask for. A delivery that has begun was asked for then. */
export async function prepare(
  due: readonly Due[],
  webhook: LivingWebhook,
  tenant: string,
  subjects: Subjects,
): Promise<readonly Prepared[]> {
  const { id, definition } = webhook;
  const prepared: Prepared[] = [];
  for (const { event, delivery } of due) {
    if (event === undefined) {
      prepared.push({ delivery, message: undefined });
      continue;
    }
    const subject = await subjects.of(event);
    if (delivery.attempt === 1 && !wantsSubject(definition.filter, subject)) continue;
    const { url } = definition;
    const body = bodyOf(event, subject);
    prepared.push({ delivery, message: { id: event.id, type: event.type, tenant, webhook: id, url, body } });
  }
  return prepared;
}

const lost: DeliveryResult = {
  kind: 'failed',
  message: 'the log does not have this event any more',
  durationMs: 0,
};

/**
 * Sends all at once, but those of one stream one after another: what comes first there is told first, as long as it is
 * taken.
 */
export async function sendAll(
  prepared: readonly Prepared[],
  sender: WebhookSender,
  { random }: Pick<Environment, 'random'>,
  signal: AbortSignal,
): Promise<readonly Attempted[]> {
  const attempted: Attempted[] = [];
  const inOrder = async (ofStream: readonly Prepared[]): Promise<void> => {
    for (const { delivery, message } of ofStream) {
      const result = message === undefined ? lost : await sender.send(message, signal);
      attempted.push({ ...delivery, result, fraction: random.fraction() });
    }
  };
  const byStream = Map.groupBy(prepared, ({ delivery }) => delivery.stream);
  await Promise.all([...byStream.values()].map(inOrder));
  return attempted.sort((one, other) => one.position - other.position);
}
