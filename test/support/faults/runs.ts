import type { Millis } from '#lib/domain/kernel';
import type { Attempt, AttemptEnd, RunHistory } from './history.js';
import type { CheckOptions, ExecutorEntry } from './journals.js';
import type { ReadLog } from './log.js';
import { Tally, type Finding, type Property } from './report.js';

/** Properties of attempts and runs that the log alone can show. */

export function* runsOf(log: ReadLog): Generator<RunHistory> {
  for (const history of log.schedules.values()) yield* history.runs.values();
}

export const attemptName = ({ run, attempt }: Pick<Attempt, 'run' | 'attempt'>): string =>
  `attempt ${attempt} of ${run}`;

export const graceOf = ({ graceMs, leaseMs }: CheckOptions): Millis => graceMs ?? 2 * leaseMs;

/** P21: what was queued ends, what waits goes on, and what was held back is let go. */
export function checkEnds(log: ReadLog, options: CheckOptions): Finding {
  const tally = new Tally('P21');
  const before = options.endAt - graceOf(options);
  for (const history of log.schedules.values()) {
    for (const run of history.runs.values()) {
      for (const attempt of run.attempts)
        if (attempt.queuedAt < before)
          tally.expect(attempt.ends.length > 0, () => `${attemptName(attempt)} has not ended: ${run.phase}`);
      if (run.phase === 'waiting' && (run.resumeAt ?? 0) < before)
        tally.expect(false, () => `run ${run.spec.run} waits since ${run.resumeAt ?? 'it was redriven'}`);
      if (run.phase === 'buffered' && [...history.open].every(({ phase }) => phase === 'buffered'))
        tally.expect(false, () => `run ${run.spec.run} is held back, and nothing is in front of it`);
    }
  }
  return tally.finding;
}

function complain(tally: Tally, run: RunHistory, property: Property): void {
  for (const complaint of run.complaints)
    if (complaint.property === property) tally.violations.push(complaint.text);
}

const holding = ({ run, attempt, fence }: { run: string; attempt: number; fence: number }): string =>
  `${run} ${attempt} ${fence}`;

/**
 * P22: of all the results of an attempt, doubled, late or stale, one counts, and it is that of the attempt's own holder:
 * a success that the log knows before its holder was done is somebody else's.
 */
export function checkAttemptEnds(
  log: ReadLog,
  journal: readonly ExecutorEntry[],
  options: CheckOptions,
): Finding {
  const tally = new Tally('P22');
  const { skewMs = 0 } = options;
  const done = new Map(
    journal.filter(({ kind }) => kind === 'end').map((line) => [holding(line), line] as const),
  );
  for (const run of runsOf(log)) {
    for (const attempt of run.attempts) {
      const { started, ends } = attempt;
      tally.expect(
        ends.length <= 1,
        () => `${attemptName(attempt)} ends as ${ends.map(({ type }) => type).join(', ')}`,
      );
      if (started === undefined) continue;
      const own = done.get(holding({ ...attempt, fence: started.fence }));
      for (const end of ends) checkReport(attempt, end, own, { tally, skewMs });
    }
    complain(tally, run, 'P22');
  }
  return tally.finding;
}

/** How the work itself may have ended, by its holder's journal, where the log says this of the attempt; undefined: anyhow. */
function workOf({ type, cause, code }: AttemptEnd): readonly string[] | undefined {
  if (type === 'RunSucceeded') return ['succeeded'];
  if (type === 'RunSnoozed') return ['snoozed'];
  // One that has a code is not the work's: a state too large, a deadline, a stop. To be put off may be to fail.
  const own = type === 'RunFailed' && cause === 'reported' && code === undefined;
  return own ? ['failed', 'threw', 'snoozed'] : undefined;
}

/** What the log says of an attempt's end is what its holder's work came to, and not before it did. */
function checkReport(
  attempt: Attempt,
  end: AttemptEnd,
  own: ExecutorEntry | undefined,
  { tally, skewMs }: { readonly tally: Tally; readonly skewMs: Millis },
): void {
  const [holder, { type, at }] = [attempt.started?.executor, end];
  if (type === 'RunSucceeded')
    tally.expect(
      (own?.at ?? Infinity) <= at + skewMs,
      () => `${attemptName(attempt)} succeeds, and ${holder}, which holds it, was not done`,
    );
  const right = workOf(end);
  if (own === undefined || right === undefined) return;
  const { executor, outcome = 'broken off' } = own;
  tally.expect(
    executor === holder && right.includes(outcome),
    () => `${attemptName(attempt)} ends as ${type}, and what ${executor} did was ${outcome}`,
  );
}

/** P26: a run succeeds, is cancelled or is given up once, and nothing happens to it after that. */
export function checkRunEnds(log: ReadLog): Finding {
  const tally = new Tally('P26');
  for (const run of runsOf(log)) {
    tally.expect(
      run.terminals <= run.lives && (run.phase !== 'closed' || run.terminals === run.lives),
      () => `run ${run.spec.run} ended ${run.terminals} times in ${run.lives} lives`,
    );
    tally.expect(
      run.phase !== 'failed',
      () => `run ${run.spec.run} failed, and nothing says what becomes of it`,
    );
    complain(tally, run, 'P26');
  }
  return tally.finding;
}

/** Whether one run may not be open beside one that was decided before it. */
export const excludes = (
  later: RunHistory,
  earlier: RunHistory,
  { manualOverlaps = false }: CheckOptions,
): boolean =>
  later === earlier ||
  (later.policy !== 'allow_all' &&
    earlier.policy !== 'allow_all' &&
    !(manualOverlaps && later.spec.trigger === 'manual'));

/**
 * P8 in the log. Attempts exclude each other unless the policy allows all. Where clients bring a policy of their own with
 * a run that they ask for, it is not held against those before it, but those after it are held against it.
 */
export function checkOpenAttempts(log: ReadLog, options: CheckOptions, tally: Tally): void {
  for (const history of log.schedules.values())
    for (const run of history.runs.values()) {
      for (const attempt of run.attempts) {
        const rivals = attempt.beside.filter((other) => {
          const rival = history.runs.get(other.run);
          if (rival === undefined) return false;
          return rival.decided > run.decided ? excludes(rival, run, options) : excludes(run, rival, options);
        });
        tally.expect(
          rivals.length === 0,
          () => `${attemptName(attempt)} is queued while ${rivals.map(attemptName).join(', ')} is open`,
        );
      }
      complain(tally, run, 'P8');
    }
}
