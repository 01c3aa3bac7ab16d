import type { Instant } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';

type Enumerate = (recurrence: Recurrence, after: Instant, to: Instant) => readonly Instant[];

/** What lies ahead of the log is asked for rarely, and then by at least so much. */
const AHEAD = 86_400_000;

/** Index of the first instant later than `after`. */
function firstAfter(instants: readonly Instant[], after: Instant): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The occurrences of every recurrence over the time of the log: each is enumerated once, however many share it. */
export class Calendar {
  readonly #known = new Map<string, { readonly to: Instant; readonly instants: readonly Instant[] }>();

  constructor(
    private readonly enumerate: Enumerate,
    private readonly from: Instant,
    private readonly to: Instant,
  ) {}

  /** Every nominal instant in (after, to]. */
  between(recurrence: Recurrence, after: Instant, to: Instant): readonly Instant[] {
    const instants = this.#upTo(recurrence, to);
    return instants.slice(firstAfter(instants, after), firstAfter(instants, to));
  }

  has(recurrence: Recurrence, instant: Instant): boolean {
    return this.between(recurrence, instant - 1, instant).length > 0;
  }

  #upTo(recurrence: Recurrence, to: Instant): readonly Instant[] {
    const key = JSON.stringify(recurrence);
    const known = this.#known.get(key);
    if (known !== undefined && known.to >= to) return known.instants;
    const until = to <= this.to ? this.to : to + AHEAD;
    const instants = this.enumerate(recurrence, this.from, until);
    this.#known.set(key, { to: until, instants });
    return instants;
  }
}
