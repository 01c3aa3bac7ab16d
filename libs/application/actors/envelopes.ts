import { eventVersion, storedData } from '#lib/contracts/events';
import type { DomainEvent, Instant } from '#lib/domain/kernel';
import type { EventMetadata, NewEvent } from '#lib/event-store/port';
import type { CommandContext } from './command.js';

/** What is stored at once: what a command decided, and what a follow-up added in its own name. */
export type Decided<E extends DomainEvent> = {
  readonly events: readonly E[];
  readonly context: CommandContext;
  readonly followed?: { readonly events: readonly E[]; readonly actor: string } | undefined;
};

/**
 * Events as they are stored. The last one says when the schedule next needs attention, and which request all of them
 * answer, so that a repeat is answered with the revision of the whole.
 */
export function envelopes<E extends DomainEvent>(
  { events, context, followed }: Decided<E>,
  given: { readonly now: Instant; readonly wakeAt: Instant | null | undefined; nextId(): string },
): NewEvent[] {
  const { tenant, correlation, causation, idempotency } = context;
  const { now, wakeAt } = given;
  const all = followed === undefined ? events : [...events, ...followed.events];
  return all.map((event, index): NewEvent => {
    const last = index === all.length - 1;
    const actor = index < events.length ? context.actor : (followed?.actor ?? context.actor);
    const metadata: EventMetadata = {
      v: eventVersion(event.type),
      at: now,
      tenant,
      actor,
      correlation,
      ...(causation === undefined ? {} : { causation }),
      ...(last && idempotency !== undefined
        ? { command: idempotency.key, fingerprint: idempotency.fingerprint }
        : {}),
      ...(last && wakeAt !== undefined ? { wakeAt } : {}),
    };
    return { id: given.nextId(), type: event.type, data: storedData(event.type, event.data), metadata };
  });
}
