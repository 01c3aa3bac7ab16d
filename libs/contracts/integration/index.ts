import { currentData } from '#lib/contracts/events';
import { iso } from '#lib/domain/kernel';
import type { RecordedEvent } from '#lib/event-store/port';
import { parseStream } from '#lib/contracts/streams';

/**
 * An event as the world sees it: over HTTP, as server-sent event, over NATS. `id` is stable over every repeat, so it is
 * what a consumer tells doubles by; `position` orders all events of one installation.
 */
export type PublicEvent = {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly correlation: string;
  readonly causation?: string;
  readonly data: object;
};

/** Of the instant that was told last: events come by the hundred within a millisecond. */
let told = { at: Number.NaN, text: '' };
function isoOf(at: number): string {
  if (told.at !== at) told = { at, text: iso(at) };
  return told.text;
}

export const publicEvent = (event: RecordedEvent): PublicEvent => ({
  id: event.id,
  position: event.position,
  stream: event.stream,
  revision: event.revision,
  type: event.type,
  at: isoOf(event.metadata.at),
  actor: event.metadata.actor,
  correlation: event.metadata.correlation,
  ...(event.metadata.causation === undefined ? {} : { causation: event.metadata.causation }),
  data: currentData(event.type, event.metadata.v, event.data),
});

/** What a connector remembers between runs is its own business, and may be large. */
const opened = (event: PublicEvent): PublicEvent => {
  if (!('state' in event.data)) return event;
  const { state: _, ...data } = event.data;
  return { ...event, data };
};

/** What is relayed to other services: the tenant, the kind of aggregate, and the event without private parts. */
export function integrationEvent(
  event: RecordedEvent,
): { readonly tenant: string; readonly aggregate: string; readonly event: PublicEvent } | undefined {
  const owner = parseStream(event.stream);
  if (owner === undefined) return undefined;
  const { tenant } = event.metadata;
  return {
    tenant,
    aggregate: owner.kind,
    event: opened(publicEvent(event)),
  };
}
