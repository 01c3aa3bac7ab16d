import { iso, type Instant, type Millis } from '#lib/domain/kernel';
import type { Attempt } from './history.js';
import type { CheckOptions, ExecutorEntry } from './journals.js';
import type { ReadLog } from './log.js';
import { Tally, type Finding } from './report.js';
import { attemptName, graceOf, runsOf } from './runs.js';
import { TAKE_OVER } from './timing.js';

/** P23 and P28: executors that die, that seem to, and that are asked to leave. */

type Started = Attempt & { readonly started: NonNullable<Attempt['started']> };

function startedAttempts(log: ReadLog): Map<string, readonly Started[]> {
  const started = [...runsOf(log)]
    .flatMap(({ attempts }) => attempts)
    .filter((attempt): attempt is Started => attempt.started !== undefined);
  return Map.groupBy(started, (attempt) => attempt.started.executor);
}

const endOf = (attempt: Attempt): Instant => attempt.ends[0]?.at ?? Infinity;

const openAt = (attempts: readonly Started[] = [], at: Instant): readonly Started[] =>
  attempts.filter((attempt) => attempt.started.at <= at && endOf(attempt) > at);

/**
 * When it began is told by the clock of a scheduler: shortly before a death may be shortly after it. Then it was begun by the
 * next process of that name, and what was reported of it shows that its holder lived.
 */
const isOfTheNext = ({ started, ends: [end] }: Started, died: Instant, skewMs: Millis): boolean =>
  died - started.at <= skewMs && end !== undefined && end.cause !== 'lease_lost';

export function checkLeases(log: ReadLog, options: CheckOptions): Finding {
  const tally = new Tally('P23');
  const { leaseMs, heartbeatMs, endAt, skewMs = 0, deaths = [], takeovers = [] } = options;
  const started = startedAttempts(log);
  const watched = 1.5 * leaseMs + heartbeatMs;
  for (const { at, executor } of deaths) {
    // Whoever watched may have been lost as well, shortly before or after: its successor begins the watch anew.
    const unwatched = takeovers.some((each) => each.at >= at - TAKE_OVER && each.at <= at + watched);
    const bound = watched + (unwatched ? TAKE_OVER : 0);
    if (at + bound > endAt) continue;
    for (const attempt of openAt(started.get(executor), at))
      tally.expect(
        endOf(attempt) <= at + bound || isOfTheNext(attempt, at, skewMs),
        () => `${attemptName(attempt)}: ${executor} died at ${iso(at)}, ${endOf(attempt) - at} ms unnoticed`,
      );
  }
  checkFalseExpiries([...started.values()].flat(), options, tally);
  return tally.finding;
}

/** An executor that is up, and can be heard, keeps what it was granted, whatever becomes of schedulers meanwhile. */
function checkFalseExpiries(
  attempts: readonly Started[],
  { leaseMs, silences = [], drains = [], deaths = [] }: CheckOptions,
  tally: Tally,
): void {
  const away = [...silences, ...drains.map(({ at, executor }) => ({ executor, from: at, to: at + leaseMs }))];
  for (const attempt of attempts) {
    const { executor, at: began } = attempt.started;
    const expiry = attempt.ends.find(({ cause }) => cause === 'lease_lost');
    tally.expect(
      attempt.ends.every(({ cause }) => cause !== 'unasked'),
      () => `${attemptName(attempt)} was told to stop, and nobody had asked for that`,
    );
    if (expiry === undefined) continue;
    const { at } = expiry;
    const died = deaths.some((death) => death.executor === executor && began <= death.at && death.at <= at);
    const gone = away.some(
      (span) => span.executor === executor && span.from <= at && span.to >= at - 1.5 * leaseMs,
    );
    tally.expect(
      died || gone,
      () => `${attemptName(attempt)} lost its lease at ${iso(at)}, and ${executor} had been well and heard`,
    );
  }
}

export function checkDrains(log: ReadLog, journal: readonly ExecutorEntry[], options: CheckOptions): Finding {
  const tally = new Tally('P28');
  const started = startedAttempts(log);
  for (const { at, executor, until = Infinity } of options.drains ?? []) {
    const attempts = started.get(executor) ?? [];
    for (const attempt of openAt(attempts, at)) {
      if (at < options.endAt - graceOf(options))
        tally.expect(endOf(attempt) < Infinity, () => `${attemptName(attempt)} was lost with ${executor}`);
      checkDoubling(attempt, log, journal, tally);
    }
    for (const attempt of attempts)
      // A claim may have been on its way when the drain began.
      tally.expect(
        attempt.started.at <= at + options.heartbeatMs || attempt.started.at >= until,
        () => `${attemptName(attempt)} was given to ${executor}, which was leaving since ${iso(at)}`,
      );
  }
  return tally.finding;
}

/** A run that was open at a drain is done once: one accepted success, and no attempt beside another. */
function checkDoubling(
  attempt: Started,
  log: ReadLog,
  journal: readonly ExecutorEntry[],
  tally: Tally,
): void {
  const run = [...runsOf(log)].find(({ spec }) => spec.run === attempt.run);
  const next = run?.attempts.find((other) => other.attempt > attempt.attempt);
  tally.expect(
    next === undefined || next.queuedAt >= endOf(attempt),
    () => `${attemptName(attempt)} was given out again before it had ended`,
  );
  const succeeded =
    run?.attempts.filter(({ ends }) => ends.some(({ type }) => type === 'RunSucceeded')) ?? [];
  const again = journal.filter(
    ({ run, kind, fence }) => run === attempt.run && kind === 'start' && fence > attempt.started.fence,
  );
  const done = attempt.ends.some(({ type }) => type === 'RunSucceeded');
  tally.expect(
    succeeded.length <= 1 && (!done || again.length === 0),
    () => `${attemptName(attempt)} was done twice`,
  );
}
