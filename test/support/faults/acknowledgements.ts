import type { RecordedEvent } from '#lib/event-store/port';
import type { Acknowledgement } from './journals.js';
import { Tally, type Finding } from './report.js';

/** P13: whatever a client was told is done is in the log, and no stream has a hole. */
export function checkAcknowledgements(
  events: readonly RecordedEvent[],
  acknowledged: readonly Acknowledgement[],
): Finding {
  const tally = new Tally('P13');
  const at = new Map(events.map((event) => [event.position, event]));
  for (const ack of acknowledged) {
    const { stream, position, eventType, id } = ack;
    const event = at.get(position);
    tally.expect(
      event !== undefined &&
        event.stream === stream &&
        (event.id === id || stream.endsWith(id)) &&
        (eventType === undefined || event.type === eventType),
      () =>
        `${eventType ?? 'an event'} of ${stream} (${id}) was acknowledged at position ${position}; there is ${event === undefined ? 'nothing' : `${event.type} of ${event.stream}`}`,
    );
  }
  checkRevisions(events, tally);
  return tally.finding;
}

function checkRevisions(events: readonly RecordedEvent[], tally: Tally): void {
  const next = new Map<string, number>();
  let last = 0;
  for (const { stream, revision, position } of events) {
    const expected = next.get(stream) ?? 0;
    tally.expect(
      revision === expected && position > last,
      () =>
        `${stream} has revision ${revision} at position ${position}, after ${last}; ${expected} was to come`,
    );
    next.set(stream, revision + 1);
    last = position;
  }
}
