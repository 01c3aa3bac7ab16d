import type { Instant, Millis } from '#lib/domain/kernel';
import type { Environment } from '../clock.js';
import { stillTime } from './still-time.js';

/** A clock that stands until it is moved. `soon` is real, so that loops go on by themselves. */
export class VirtualTime implements Pick<Environment, 'clock' | 'timers'> {
  #elapsed = 0;
  #timers: { readonly due: Millis; readonly callback: () => void }[] = [];

  constructor(readonly start: Instant = Date.UTC(2026, 0, 1)) {}

  readonly clock = { now: (): Instant => this.start + this.#elapsed, monotonic: (): Millis => this.#elapsed };

  readonly timers = {
    after: (delay: Millis, callback: () => void): (() => void) => {
      const timer = { due: this.#elapsed + delay, callback };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
    soon: (callback: () => void): void => {
      setImmediate(callback);
    },
  };

  advance(by: Millis): void {
    this.#elapsed += by;
    const due = this.#timers.filter((timer) => timer.due <= this.#elapsed);
    this.#timers = this.#timers.filter((timer) => timer.due > this.#elapsed);
    for (const { callback } of due) callback();
  }

  /** Everything that is ready has run. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Until the first timer is due; undefined: there is none. */
  get next(): Millis | undefined {
    return this.#timers.length === 0
      ? undefined
      : Math.min(...this.#timers.map(({ due }) => due)) - this.#elapsed;
  }

  get pending(): number {
    return this.#timers.length;
  }
}

/** An environment in which that time passes. Ids are counted from 1. */
export const passing = ({ start, clock, timers }: VirtualTime): Environment => ({
  ...stillTime(start),
  clock,
  timers,
});
