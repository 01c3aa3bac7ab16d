import { iso, type Instant } from '#lib/domain/kernel';
import type { Attempt, RunHistory } from './history.js';
import type { CheckOptions, ExecutorEntry } from './journals.js';
import type { ReadLog } from './log.js';
import { Tally, type Finding } from './report.js';
import { attemptName, checkOpenAttempts, excludes } from './runs.js';

/** P8: the log, then the world as the executors' journals tell it. */
export function checkExclusion(
  log: ReadLog,
  journal: readonly ExecutorEntry[],
  options: CheckOptions,
): Finding {
  const tally = new Tally('P8');
  checkOpenAttempts(log, options, tally);
  const [effects, starts] = [bySchedule(journal, 'effect'), bySchedule(journal, 'start')];
  for (const history of log.schedules.values()) {
    const begun = starts.get(history.id) ?? [];
    const acted = [...begun, ...(effects.get(history.id) ?? [])];
    const holders = holdersOf([...history.runs.values()], acted);
    for (const start of begun) held(start, holders, tally);
    checkDoubleStarts(begun, options, tally);
    for (const effect of effects.get(history.id) ?? [])
      if (effect.outcome !== 'refused') judge(effect, holders, { options, tally });
    effects.delete(history.id);
    starts.delete(history.id);
  }
  for (const [schedule, entries] of [...effects, ...starts])
    tally.expect(false, () => `${entries.length} lines of ${schedule}, which the log does not know`);
  return tally.finding;
}

/** Whoever was granted an attempt begins it once; its successor has its name, and may be given what the dead one held. */
function checkDoubleStarts(
  starts: readonly ExecutorEntry[],
  { deaths = [] }: CheckOptions,
  tally: Tally,
): void {
  const first = new Map<number, ExecutorEntry>();
  for (const start of starts) {
    const { fence, at, executor } = start;
    const before = first.get(fence);
    first.set(fence, start);
    if (before === undefined) continue;
    const died = deaths.some(
      (death) => death.executor === executor && before.at <= death.at && death.at <= at,
    );
    tally.expect(died, () => `${attemptName(start)} was begun twice under fence ${fence}, at ${iso(at)}`);
  }
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
  acted: readonly ExecutorEntry[],
): ReadonlyMap<number, Holder> {
  const seen = new Map<number, Instant>();
  for (const { fence, at } of acted) seen.set(fence, Math.min(at, seen.get(fence) ?? at));
  const newestFirst = runs
    .flatMap((run) =>
      run.attempts.flatMap((attempt) => {
        const { started } = attempt;
        if (started === undefined) return [];
        // An executor begins a little after its claim was granted, or never: until then the older attempt is alone.
        return [{ run, attempt, fence: started.fence, since: seen.get(started.fence) ?? Infinity }];
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

const lineName = (line: ExecutorEntry): string =>
  `${line.kind} of ${attemptName(line)} by ${line.executor} at ${iso(line.at)}, fence ${line.fence}`;

/** The holder under whose fence somebody acts, when it is that one who does. */
function held(line: ExecutorEntry, holders: ReadonlyMap<number, Holder>, tally: Tally): Holder | undefined {
  const own = holders.get(line.fence);
  const granted = own?.attempt.run === line.run && own.attempt.attempt === line.attempt;
  tally.expect(granted, () => `${lineName(line)}: never granted`);
  if (!granted) return undefined;
  const to = own.attempt.started?.executor;
  tally.expect(to === line.executor, () => `${lineName(line)}: granted to ${to}`);
  return own;
}

function judge(
  effect: ExecutorEntry,
  holders: ReadonlyMap<number, Holder>,
  { options, tally }: { readonly options: CheckOptions; readonly tally: Tally },
): void {
  const own = held(effect, holders, tally);
  if (own === undefined) return;
  const newer =
    effect.at <= own.alone
      ? undefined
      : [...holders.values()].find(
          ({ fence, since, run }) =>
            fence > effect.fence && since < effect.at && excludes(run, own.run, options),
        );
  tally.expect(
    newer === undefined,
    () => `${lineName(effect)}: after ${newer === undefined ? '' : attemptName(newer.attempt)} had started`,
  );
}
