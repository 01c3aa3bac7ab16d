import {
  wantsSubject,
  type Attempted,
  type Delivery,
  type DeliveryResult,
  type LivingWebhook,
  type Subject,
} from '#lib/domain/webhook';
import { reasonOf } from '#lib/domain/parking';
import type { RecordedEvent } from '#lib/event-store/port';
import type { Environment, WebhookMessage, WebhookSender } from '#lib/ports';
import { bodyOf } from './message.js';
import { nameOf } from './name-of.js';
import type { Subjects } from './subjects.js';

/**
 * One event to be sent, and which try of which lane that is. `event` undefined: the log does not have it any more. What is
 * not new was asked for when it began, or by name.
 */
export type Due = {
  readonly event: RecordedEvent | undefined;
  readonly delivery: Delivery;
  readonly isNew: boolean;
};

/** The same in the words of the message, or why there are none. */
export type Prepared = { readonly delivery: Delivery; readonly message: WebhookMessage | string };

export const firstTry = (event: RecordedEvent, replay?: string): Due => ({
  event,
  isNew: true,
  delivery: { ...nameOf(event), attempt: 1, ...(replay === undefined ? {} : { replay }) },
});

/** Without what the endpoint did not ask for. */
export async function prepare(
  due: readonly Due[],
  webhook: LivingWebhook,
  tenant: string,
  subjects: Subjects,
): Promise<readonly Prepared[]> {
  const { id, definition } = webhook;
  const prepared: Prepared[] = [];
  for (const { event, delivery, isNew } of due) {
    if (event === undefined) {
      prepared.push({ delivery, message: 'the log does not have this event any more' });
      continue;
    }
    const subject = await subjects.of(event);
    if (isNew && !wantsSubject(definition.filter, subject)) continue;
    const { url } = definition;
    const body = readable(event, subject);
    const common = { id: event.id, type: event.type, tenant, webhook: id, url };
    prepared.push({ delivery, message: 'reason' in body ? body.reason : { ...common, ...body } });
  }
  return prepared;
}

/** One event that cannot be read holds up no other. */
function readable(event: RecordedEvent, subject: Subject): { body: string } | { reason: string } {
  try {
    return { body: bodyOf(event, subject) };
  } catch (error) {
    return { reason: `the event cannot be read: ${reasonOf(error)}` };
  }
}

const unsent = (message: string): DeliveryResult => ({ kind: 'failed', message, durationMs: 0 });

/** What is thrown is this message's failure: the others of its window were sent. */
async function sent(
  message: WebhookMessage,
  sender: WebhookSender,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  try {
    return await sender.send(message, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return unsent(reasonOf(error));
  }
}

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
      const result = typeof message === 'string' ? unsent(message) : await sent(message, sender, signal);
      attempted.push({ ...delivery, result, fraction: random.fraction() });
    }
  };
  const byStream = Map.groupBy(prepared, ({ delivery }) => delivery.stream);
  await Promise.all([...byStream.values()].map(inOrder));
  return attempted.sort((one, other) => one.position - other.position);
}
