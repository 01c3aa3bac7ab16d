import type { Delivery } from '#lib/domain/webhook';
import type { RecordedEvent } from '#lib/event-store/port';

/** An event of the log as deliveries name it. */
export type Named = Omit<Delivery, 'attempt' | 'replay'>;

export const nameOf = ({ position, stream, revision, id: event, type: eventType }: RecordedEvent): Named => ({
  position,
  stream,
  revision,
  event,
  eventType,
});
