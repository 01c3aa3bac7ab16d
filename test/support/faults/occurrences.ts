import { iso, type Instant } from '#lib/domain/kernel';
import type { Calendar } from './calendar.js';
import type { Era, OccurrenceDecision, ScheduleHistory } from './history.js';
import type { CheckOptions } from './journals.js';
import type { ReadLog } from './log.js';
import { excuseOf } from './excuses.js';
import { Tally, type Finding } from './report.js';

/** P1: the recurrence, enumerated, against the decisions in the log. */
export function checkOccurrences(log: ReadLog, calendar: Calendar, options: CheckOptions): Finding {
  const tally = new Tally('P1');
  for (const event of log.strays)
    tally.expect(false, () => `${event.type} at position ${event.position}: ${event.stream} does not live`);
  for (const history of log.schedules.values()) {
    for (const run of history.runs.values())
      for (const { property, text } of run.complaints) if (property === 'P1') tally.expect(false, () => text);
    for (const era of history.eras) {
      const decided = countDecisions(history, era, calendar, tally);
      checkEnumeration(history, era, { decided, calendar, options, tally });
    }
    for (const decision of history.decisions) {
      const wrong = excuseOf(history, decision);
      tally.expect(wrong === undefined, () => `${name(history, decision)}: ${wrong}`);
      const known = history.eras.some(({ generation }) => generation === decision.generation);
      tally.expect(known, () => `${name(history, decision)}: there is no such generation`);
    }
  }
  return tally.finding;
}

const name = (history: ScheduleHistory, decision: OccurrenceDecision): string =>
  `${history.id}: ${decision.kind} (${decision.reason}) of ${iso(decision.first)}, generation ${decision.generation}, position ${decision.position}`;

/** How often each occurrence of an era is decided. On the way, that each decision is about an occurrence. */
function countDecisions(
  history: ScheduleHistory,
  era: Era,
  calendar: Calendar,
  tally: Tally,
): Map<Instant, number> {
  const decided = new Map<Instant, number>();
  for (const decision of history.decisions) {
    if (decision.generation !== era.generation) continue;
    const { first, last, count, kind, paused } = decision;
    const covered =
      count === undefined ? [first] : calendar.between(era.recurrence, Math.max(first - 1, era.from), last);
    for (const nominal of covered) decided.set(nominal, (decided.get(nominal) ?? 0) + 1);
    const real =
      first > era.from && calendar.has(era.recurrence, first) && calendar.has(era.recurrence, last);
    tally.expect(real, () => `${name(history, decision)}: invented, nothing is due then`);
    tally.expect(!paused || kind === 'missed', () => `${name(history, decision)}: while paused`);
    if (count !== undefined) {
      const right = count.exact ? covered.length === count.value : covered.length >= count.value;
      tally.expect(right, () => `${name(history, decision)}: counts ${count.value} of ${covered.length}`);
    }
  }
  return decided;
}

type Enumeration = {
  readonly decided: ReadonlyMap<Instant, number>;
  readonly calendar: Calendar;
  readonly options: CheckOptions;
  readonly tally: Tally;
};

function checkEnumeration(history: ScheduleHistory, era: Era, given: Enumeration): void {
  const { decided, calendar, options, tally } = given;
  const settled = options.endAt - options.lateMs - era.recurrence.spreadMs;
  const waivers = history.waivers.filter(({ generation }) => generation === era.generation);
  for (const nominal of calendar.between(era.recurrence, era.from, era.until ?? settled)) {
    const waived = waivers.some(({ after, to }) => nominal > after && nominal <= to);
    if (decided.get(nominal) === undefined)
      tally.expect(waived, () => `${history.id}: ${iso(nominal)} is missing, generation ${era.generation}`);
  }
  for (const [nominal, times] of decided)
    tally.expect(
      times === 1,
      () => `${history.id}: ${iso(nominal)} is decided ${times} times, generation ${era.generation}`,
    );
}
