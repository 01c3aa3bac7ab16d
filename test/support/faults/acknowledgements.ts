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
  const streams = Map.groupBy(events, ({ stream }) => stream);
  for (const { stream, position, eventType } of acknowledged) {
    const last = at.get(position);
    tally.expect(
      last?.stream === stream &&
        appendOf(last, streams.get(stream) ?? []).some(({ type }) => type === eventType),
      () =>
        `${eventType} of ${stream} was acknowledged at position ${position}; there is ${last === undefined ? 'nothing' : `${last.type} of ${last.stream}`}`,
    );
  }
  checkRevisions(events, tally);
  return tally.finding;
}

/**
 * What was stored together with an event, up to it: an answer names the position of the whole, of which the last event may
 * have followed from what was asked, as a start does from a run.
 */
function appendOf(last: RecordedEvent, stream: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const { at, correlation } = last.metadata;
  const before = stream.findLastIndex(
    ({ position, metadata }) =>
      position <= last.position && (metadata.at !== at || metadata.correlation !== correlation),
  );
  return stream.slice(before + 1).filter(({ position }) => position <= last.position);
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
