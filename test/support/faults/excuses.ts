import type { Instant, Millis } from '#lib/domain/kernel';
import type { OccurrenceDecision, ScheduleHistory } from './history.js';

/** What is decided so much later than it is due was not decided in time: catch-up policies say what becomes of it. */
const LATE: Millis = 60_000;

type Excuse = (history: ScheduleHistory, decision: OccurrenceDecision) => string | undefined;

const whilePaused: Excuse = ({ pauses, deleted, eras }, { kind, first, at, paused }) => {
  // What is still within its spread is skipped when a pause begins, for good too; the rest is missed at the pause's end.
  const fits =
    kind === 'skip'
      ? pauses.some(({ from }) => from === at) || (deleted && eras.at(-1)?.until === at)
      : // In the order of the log: who ended the pause may have another clock.
        paused && pauses.some(({ from }) => from <= first);
  return fits ? undefined : 'it was not paused then';
};

const late = (due: Instant, at: Instant): string | undefined =>
  due <= at - LATE ? undefined : `it was no more than ${at - due} ms late`;

const tooLate: Excuse = (_, { last, at, paused }) => (paused ? 'it was paused then' : late(last, at));

const inTheWay =
  (what: string, gets: (phase: string) => boolean): Excuse =>
  (_, { beside }) =>
    beside.some(({ phase }) => gets(phase)) ? undefined : `no run was ${what} then`;

/** Why an occurrence did not run, or ran late, and what must be so where a decision says this. */
const excuses: Readonly<Record<string, Excuse>> = {
  paused: whilePaused,
  overlap: inTheWay('open', (phase) => phase !== 'waiting'),
  buffer_full: inTheWay('open', () => true),
  merged_into_retry: inTheWay('to be retried', (phase) => phase === 'waiting'),
  catch_up: tooLate,
  catch_up_skip: tooLate,
  catch_up_once: tooLate,
  catch_up_window: tooLate,
  catch_up_cap: tooLate,
  occurrence: () => undefined,
  requested: () => undefined,
};

/** What is wrong with the reason that a decision gives. */
export function excuseOf(history: ScheduleHistory, decision: OccurrenceDecision): string | undefined {
  const excuse = excuses[decision.reason];
  return excuse === undefined ? 'there is no such reason' : excuse(history, decision);
}
