import type { Millis } from '#lib/domain/kernel';
import type { Attempt, RunHistory } from './history.js';
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
  const done = new Map(
    journal.filter(({ kind }) => kind === 'end').map((line) => [holding(line), line.at] as const),
  );
  for (const run of runsOf(log)) {
    for (const attempt of run.attempts) {
      const { started, ends } = attempt;
      tally.expect(
        ends.length <= 1,
        () => `${attemptName(attempt)} ends as ${ends.map(({ type }) => type).join(', ')}`,
      );
      const success = ends.find(({ type }) => type === 'RunSucceeded');
      if (success === undefined || started === undefined) continue;
      const doneAt = done.get(holding({ ...attempt, fence: started.fence })) ?? Infinity;
      tally.expect(
        doneAt <= success.at + options.lateMs,
        () => `${attemptName(attempt)} succeeds, and ${started.executor}, which holds it, was not done`,
      );
    }
    complain(tally, run, 'P22');
  }
  return tally.finding;
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

/**
 * P8 in the log. Attempts exclude each other unless the policy allows all; a run asked for by hand may bring its own
 * policy, so it is not held against those before it, but those after it are held against it.
 */
export function checkOpenAttempts(log: ReadLog, tally: Tally): void {
  for (const history of log.schedules.values())
    for (const run of history.runs.values()) {
      for (const attempt of run.attempts) {
        const rivals = attempt.beside.filter((other) => {
          const rival = history.runs.get(other.run);
          if (rival === undefined) return false;
          const later = rival.decided > run.decided ? rival : run;
          return (
            run.policy !== 'allow_all' && rival.policy !== 'allow_all' && later.spec.trigger !== 'manual'
          );
        });
        tally.expect(
          rivals.length === 0,
          () => `${attemptName(attempt)} is queued while ${rivals.map(attemptName).join(', ')} is open`,
        );
      }
      complain(tally, run, 'P8');
    }
}
