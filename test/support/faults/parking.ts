import type { RecordedEvent } from '#lib/event-store/port';
import { Tally, type Finding } from './report.js';

/** P24: where nothing poisons events, none is parked: what cannot be handled is a defect that would stay unseen. */
export function checkParking(events: readonly RecordedEvent[]): Finding {
  const tally = new Tally('P24');
  for (const { type, position, stream, data } of events)
    tally.expect(
      type !== 'EventParked',
      () => `an event was parked at position ${position}, ${stream}: ${JSON.stringify(data)}`,
    );
  return tally.finding;
}

/** P24, as nodes tell it in their logs: what lives in memory parks nowhere. */
export const withErrors = (findings: readonly Finding[], errors: readonly string[]): readonly Finding[] =>
  findings.map((finding) =>
    finding.property === 'P24' ? { ...finding, violations: [...finding.violations, ...errors] } : finding,
  );
