import { iso, type Instant } from '#lib/domain/kernel';
import type { Attempt, RunHistory } from './history.js';
import type { ExecutorEntry } from './journals.js';
import type { ReadLog } from './log.js';
import { Tally, type Finding } from './report.js';
import { attemptName, checkOpenAttempts } from './runs.js';

/** P8: the log, then the world as the executors' journals tell it. */
export function checkExclusion(log: ReadLog, journal: readonly ExecutorEntry[]): Finding {
  const tally = new Tally('P8');
  checkOpenAttempts(log, tally);
  const [effects, starts] = [bySchedule(journal, 'effect'), bySchedule(journal, 'start')];
  for (const history of log.schedules.values()) {
    const holders = holdersOf([...history.runs.values()], starts.get(history.id) ?? []);
    for (const effect of effects.get(history.id) ?? [])
      if (effect.outcome !== 'refused') judge(effect, holders, tally);
    effects.delete(history.id);
  }
  for (const [schedule, entries] of effects)
    tally.expect(false, () => `${entries.length} effects for ${schedule}, which the log does not know`);
  return tally.finding;
}

function bySchedule(
  journal: readonly ExecutorEntry[],
  kind: ExecutorEntry['kind'],
): Map<string, readonly ExecutorEntry[]> {
  return Map.groupBy(
    journal.filter((entry) => entry.kind === kind),
    ({ schedule }) => schedule,
  );
}

/** An attempt that was granted a fence, and when the world first saw it. */
type Holder = {
  readonly run: RunHistory;
  readonly attempt: Attempt;
  readonly fence: number;
  readonly since: Instant;
  /** When the first holder of a newer fence began. */
  readonly alone: Instant;
};

/** Every holder of a fence, by fence. */
function holdersOf(
  runs: readonly RunHistory[],
  starts: readonly ExecutorEntry[],
): ReadonlyMap<number, Holder> {
  const seen = new Map(starts.map(({ fence, at }) => [fence, at]));
  const newestFirst = runs
    .flatMap((run) =>
      run.attempts.flatMap((attempt) => {
        const { started } = attempt;
        if (started === undefined) return [];
        // An executor begins a little after its claim was granted: until then the older attempt is alone.
        return [{ run, attempt, fence: started.fence, since: seen.get(started.fence) ?? started.at }];
      }),
    )
    .sort((a, b) => b.fence - a.fence);
  let alone = Infinity;
  const holders = new Map<number, Holder>();
  for (const holder of newestFirst) {
    holders.set(holder.fence, { ...holder, alone });
    alone = Math.min(alone, holder.since);
  }
  return holders;
}

const excludes = (newer: RunHistory, older: RunHistory): boolean =>
  newer === older ||
  (newer.policy !== 'allow_all' && older.policy !== 'allow_all' && newer.spec.trigger !== 'manual');

function judge(effect: ExecutorEntry, holders: ReadonlyMap<number, Holder>, tally: Tally): void {
  const what = `effect of ${attemptName(effect)} by ${effect.executor} at ${iso(effect.at)}, fence ${effect.fence}`;
  const own = holders.get(effect.fence);
  if (own === undefined || own.attempt.run !== effect.run || own.attempt.attempt !== effect.attempt) {
    tally.expect(false, () => `${what}: never granted`);
    return;
  }
  const newer =
    effect.at <= own.alone
      ? undefined
      : [...holders.values()].find(
          ({ fence, since, run }) => fence > effect.fence && since < effect.at && excludes(run, own.run),
        );
  tally.expect(
    newer === undefined,
    () => `${what}: after ${newer === undefined ? '' : attemptName(newer.attempt)} had started`,
  );
}
