import { HOUR, iso, MINUTE, type Instant, type Millis } from '#lib/domain/kernel';
import { between } from '#lib/domain/recurrence';
import type { Capacity } from './capacity.js';
import { recurrenceOf, type Pattern } from './pattern.js';

/** Minutes that are told of as one. */
const MINUTES_PER_SLOT = 15;
export const SLOT: Millis = MINUTES_PER_SLOT * MINUTE;

/** Occurrences of one pattern that are looked at; a cron of every second has more, and is taken to be due evenly. */
const MOST_INSTANTS = 2_000;
/** Slots that are proposed, and how far apart they are at least. */
const MOST_CALM = 3;
const APART: Millis = 2 * HOUR;

export type Slot = {
  readonly at: Instant;
  /** Occurrences due in it; a fraction where they are spread over more. */
  readonly due: number;
  /** Of those and of earlier ones, how many have not started at its end. */
  readonly waiting: number;
  /** How much later than due the last of those due in it starts. */
  readonly lateMs: Millis;
};

export type Forecast = {
  readonly from: Instant;
  readonly until: Instant;
  readonly due: number;
  readonly slots: readonly Slot[];
  /** The slot whose last one starts the latest; absent: nothing waits. */
  readonly peak?: Slot;
  /** The slot from which on some wait until then. */
  readonly crowdedFrom?: Instant;
  /** Beginnings of slots of the first day in which nothing waits and the least is due, by time; none is the first slot. */
  readonly calm: readonly Instant[];
};

/** What schedules will ask for, by the minute. Every attempt is taken to succeed; what runs by hand is not foreseen. */
export class Demand {
  readonly #minutes: Float64Array;
  readonly until: Instant;

  /** @param from rounded down to a slot */
  constructor(
    readonly from: Instant,
    hours: number,
  ) {
    this.from = Math.floor(from / SLOT) * SLOT;
    this.until = this.from + hours * HOUR;
    this.#minutes = new Float64Array(hours * 60);
  }

  get total(): number {
    return this.#minutes.reduce((sum, due) => sum + due, 0);
  }

  add(pattern: Pattern, schedules: number): void {
    if (pattern.frequency === 'interval') {
      this.evenly((schedules * (this.until - this.from)) / (pattern.everySeconds * 1_000));
      return;
    }
    const { spreadMs } = pattern;
    const { instants, more } = between(
      recurrenceOf(pattern),
      this.from - spreadMs - 1,
      this.until - 1,
      MOST_INSTANTS,
    );
    if (more) {
      const [first = 0, last = 1] = [instants.at(0), instants.at(-1)];
      this.evenly((schedules * instants.length * (this.until - this.from)) / (last - first));
      return;
    }
    for (const [at, nominal] of instants.entries()) {
      // An occurrence is never spread beyond the next one.
      const following = instants[at + 1] ?? Infinity;
      this.#spread(nominal, Math.min(spreadMs, following - nominal), schedules);
    }
  }

  /** So many, at any time. */
  evenly(occurrences: number): void {
    const each = occurrences / this.#minutes.length;
    for (let minute = 0; minute < this.#minutes.length; minute += 1)
      this.#minutes[minute] = (this.#minutes[minute] ?? 0) + each;
  }

  /** Due in [at, at + {@link SLOT}). */
  dueIn(at: Instant): number {
    const first = (at - this.from) / MINUTE;
    return this.#minutes.subarray(first, first + MINUTES_PER_SLOT).reduce((sum, due) => sum + due, 0);
  }

  /** What comes of it where so much may start. Undefined: without bounds. */
  against(capacity: Capacity | undefined): Forecast {
    const slots: Slot[] = [];
    let waiting = 0;
    for (let first = 0; first < this.#minutes.length; first += MINUTES_PER_SLOT) {
      const slot = this.#slot(first, waiting, capacity);
      slots.push(slot);
      waiting = slot.waiting;
    }
    const peak = slots.reduce<Slot | undefined>(
      (worst, slot) => (slot.lateMs > (worst?.lateMs ?? 0) ? slot : worst),
      undefined,
    );
    const { from, until, total: due } = this;
    const crowd = peak === undefined ? {} : { peak, crowdedFrom: beginningOf(slots, peak) };
    return { from, until, due, slots, ...crowd, calm: calmOf(slots) };
  }

  #slot(first: number, before: number, capacity: Capacity | undefined): Slot {
    const perMinute = capacity === undefined ? Infinity : capacity.startsPerHour / 60;
    const burst = capacity?.burst ?? Infinity;
    let [due, waiting, lateMs] = [0, before, 0];
    for (let minute = first; minute < first + MINUTES_PER_SLOT; minute += 1) {
      const now = this.#minutes[minute] ?? 0;
      due += now;
      waiting += now;
      // Its last one starts when those before it have; so many of them need not wait for the pace.
      if (now > 0 && waiting > burst) lateMs = Math.max(lateMs, ((waiting - burst) / perMinute) * MINUTE);
      waiting = Math.max(0, waiting - perMinute);
    }
    return { at: this.from + first * MINUTE, due, waiting, lateMs: Math.round(lateMs) };
  }

  #spread(nominal: Instant, width: Millis, schedules: number): void {
    const begin = (nominal - this.from) / MINUTE;
    if (width < 1) return this.#put(Math.floor(begin), schedules);
    const end = begin + width / MINUTE;
    for (let minute = Math.floor(begin); minute < end; minute += 1) {
      const share = Math.min(end, minute + 1) - Math.max(begin, minute);
      this.#put(minute, (schedules * share) / (end - begin));
    }
  }

  #put(minute: number, due: number): void {
    if (minute >= 0 && minute < this.#minutes.length)
      this.#minutes[minute] = (this.#minutes[minute] ?? 0) + due;
  }
}

/** The end of a sentence about a slot that is full: when there is room. Nothing where there is none. */
export const roomInWords = (calm: readonly Instant[]): string =>
  calm.length === 0 ? '' : `; there is room at ${calm.map((at) => iso(at).slice(11, 16)).join(', ')} UTC`;

function beginningOf(slots: readonly Slot[], peak: Slot): Instant {
  let at = slots.indexOf(peak);
  while (at > 0 && (slots[at - 1]?.waiting ?? 0) >= 1) at -= 1;
  return slots[at]?.at ?? peak.at;
}

function calmOf(slots: readonly Slot[]): readonly Instant[] {
  const quiet = slots
    .slice(1, (24 * 60) / MINUTES_PER_SLOT)
    .filter(({ waiting, lateMs }) => waiting < 1 && lateMs === 0)
    .toSorted((a, b) => a.due - b.due || a.at - b.at);
  const chosen: Instant[] = [];
  for (const { at } of quiet) {
    if (chosen.length === MOST_CALM) break;
    if (chosen.every((other) => Math.abs(other - at) >= APART)) chosen.push(at);
  }
  return chosen.toSorted((a, b) => a - b);
}
