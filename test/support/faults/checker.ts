import type { RecordedEvent } from '#lib/event-store/port';
import { allBetween } from '../../../libs/domain/recurrence/testing/reference.js';
import { checkAcknowledgements } from './acknowledgements.js';
import { Calendar } from './calendar.js';
import type { Acknowledgement, CheckOptions, ExecutorEntry } from './journals.js';
import { checkDrains, checkLeases } from './liveness.js';
import { readLog } from './log.js';
import { checkOccurrences } from './occurrences.js';
import { checkParking } from './parking.js';
import type { Finding } from './report.js';
import { checkAttemptEnds, checkEnds, checkRunEnds } from './runs.js';
import { checkEarliness, checkGaps } from './timing.js';
import { checkExclusion } from './world.js';

export type { Acknowledgement, CheckOptions, ExecutorEntry } from './journals.js';
export { withErrors } from './parking.js';
export { table, titles, type Finding, type Property } from './report.js';

/**
 * The oracle of every test with faults. It reads what the system left behind, and nothing of how the system works:
 * the whole log in position order, and the journals of those who took part.
 */
export function check(
  events: readonly RecordedEvent[],
  journal: readonly ExecutorEntry[],
  acknowledged: readonly Acknowledgement[],
  options: CheckOptions,
): readonly Finding[] {
  const log = readLog(events);
  const began = events.reduce((least, { metadata }) => Math.min(least, metadata.at), options.endAt);
  const calendar = new Calendar(options.enumerate ?? allBetween, began - 1, options.endAt);
  return [
    checkOccurrences(log, calendar, options),
    checkEarliness(log),
    checkExclusion(log, journal, options),
    checkAcknowledgements(events, acknowledged),
    checkEnds(log, options),
    checkAttemptEnds(log, journal, options),
    checkLeases(log, options),
    checkRunEnds(log),
    checkGaps(log, calendar, options),
    checkDrains(log, journal, options),
    checkParking(events),
  ];
}
