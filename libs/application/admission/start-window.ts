import type { Instant } from '#lib/domain/kernel';

/**
 * A rate budget that is exact: at most `starts` in any window of `perMs`, not just on average. Remembers the last
 * `starts` instants and asks when the oldest of them falls out of the window.
 */
export class StartWindow {
  readonly #instants: number[] = [];
  #oldest = 0;

  constructor(
    private readonly starts: number,
    private readonly perMs: number,
  ) {}

  /**
   * When the next start is allowed: now or earlier means at once. A start that is remembered for later than now was
   * noted before the clock was set back, and counts as one of now: so a step costs a window at most.
   */
  freeAt(now: Instant): Instant {
    if (this.#instants.length < this.starts) return Number.NEGATIVE_INFINITY;
    const oldest = this.#instants[this.#oldest] ?? 0;
    if (oldest <= now) return oldest + this.perMs;
    this.#instants.fill(now);
    return now + this.perMs;
  }

  /** What it remembers, the oldest first. */
  get recent(): readonly Instant[] {
    return [...this.#instants.slice(this.#oldest), ...this.#instants.slice(0, this.#oldest)];
  }

  record(at: Instant): void {
    if (this.#instants.length < this.starts) {
      this.#instants.push(at);
      return;
    }
    this.#instants[this.#oldest] = at;
    this.#oldest = (this.#oldest + 1) % this.starts;
  }
}
