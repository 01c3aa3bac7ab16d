import { iso, type Instant } from '#lib/domain/kernel';
import type { Calendar } from './calendar.js';
import type { Era, OccurrenceDecision, ScheduleHistory } from './history.js';
import type { CheckOptions } from './journals.js';
import type { ReadLog } from './log.js';
import { Tally, type Finding } from './report.js';

/** The longest that a take-over may keep a schedule waiting. */
export const TAKE_OVER = 10_000;

const label = (history: ScheduleHistory, { kind, first, position }: OccurrenceDecision): string =>
  `${history.id}: ${kind} of ${iso(first)} at position ${position}`;

function* decisionsOf(log: ReadLog): Generator<readonly [ScheduleHistory, OccurrenceDecision, Era]> {
  for (const history of log.schedules.values())
    for (const decision of history.decisions) {
      const era = history.eras.find(({ generation }) => generation === decision.generation);
      if (era !== undefined) yield [history, decision, era];
    }
}

/** P2: no decision before its time, and no attempt before its retry is due. */
export function checkEarliness(log: ReadLog): Finding {
  const tally = new Tally('P2');
  for (const [history, decision, era] of decisionsOf(log)) {
    const { reason, at, first, last, effective } = decision;
    // To skip the next occurrence is to decide it ahead of its time.
    if (reason === 'requested') continue;
    tally.expect(at >= last, () => `${label(history, decision)}: ${last - at} ms early`);
    if (effective === undefined) continue;
    const { spreadMs } = era.recurrence;
    tally.expect(
      effective >= first && effective <= first + spreadMs,
      () =>
        `${label(history, decision)}: takes effect ${effective - first} ms after, of a spread of ${spreadMs}`,
    );
    // What is within its spread when the recurrence changes is decided at once.
    tally.expect(
      at >= effective || era.until === at,
      () => `${label(history, decision)}: ${effective - at} ms before it takes effect`,
    );
  }
  for (const history of log.schedules.values())
    for (const run of history.runs.values()) {
      tally.checked += Math.max(0, run.attempts.length - 1);
      for (const { property, text } of run.complaints) if (property === 'P2') tally.violations.push(text);
    }
  return tally.finding;
}

/** When an occurrence could first be decided: its due instant, or the end of the outage that it fell into. */
function decidable(due: Instant, options: CheckOptions): Instant {
  // What was still within its time when the outage began has fallen into it too.
  const latest = TAKE_OVER + options.lateMs;
  const outage = options.outages?.find(({ from, to }) => due + latest >= from && due < to);
  return outage === undefined ? due : outage.to;
}

function explain(due: Instant, at: Instant, options: CheckOptions): string {
  const near = options.takeovers?.filter((each) => each.at <= at && each.at >= due - TAKE_OVER) ?? [];
  return near.length === 0
    ? 'no take-over is near'
    : `take-over from ${near.map(({ node }) => node).join(', ')}`;
}

/**
 * P27, schedule by schedule, for the work is shared: that others are decided meanwhile does not excuse a gap. The
 * oldest occurrence that a decision covers is the one that waited.
 */
export function checkGaps(log: ReadLog, calendar: Calendar, options: CheckOptions): Finding {
  const tally = new Tally('P27');
  const bound = TAKE_OVER + options.lateMs;
  const judge = (what: string, due: Instant, at: Instant): void => {
    const waited = at - decidable(due, options);
    tally.expect(waited <= bound, () => `${what}: waited ${waited} ms; ${explain(due, at, options)}`);
  };
  for (const [history, decision, era] of decisionsOf(log)) {
    const { reason, first, effective, at } = decision;
    // A pause, or an exhausted schedule, keeps occurrences waiting by right.
    const waived = history.waivers.some(({ after, to }) => first > after && first <= to);
    if (reason === 'requested' || reason === 'paused' || waived) continue;
    judge(label(history, decision), effective ?? first + era.recurrence.spreadMs, at);
  }
  for (const history of log.schedules.values()) judgeOverdue(history, calendar, options, judge);
  return tally.finding;
}

/** The oldest occurrence after the last decision, when it was due long before the end. */
function judgeOverdue(
  history: ScheduleHistory,
  calendar: Calendar,
  options: CheckOptions,
  judge: (what: string, due: Instant, at: Instant) => void,
): void {
  const era = history.eras.at(-1);
  if (era === undefined || era.until !== undefined) return;
  const { recurrence } = era;
  const due = calendar
    .between(recurrence, history.highest, options.endAt - recurrence.spreadMs)
    .find((nominal) => !history.waivers.some(({ after, to }) => nominal > after && nominal <= to));
  if (due !== undefined)
    judge(`${history.id}: ${iso(due)}, undecided`, due + recurrence.spreadMs, options.endAt);
}
