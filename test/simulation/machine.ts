import TinyQueue from 'tinyqueue';
import type { Instant, Millis } from '#lib/domain/kernel';
import { LONGEST_SLEEP, type Environment } from '#lib/ports';
import { Random } from './random.js';

type Timer = { readonly due: Millis; readonly order: number; call: (() => void) | undefined };

/** A process of the virtual machine. Once it is dead, none of its timers fires again. */
export type Process = { readonly environment: Environment; kill(): void };

/** Wall clock, monotonic clock and timers of one seed. Time stands still while anything is ready to run. */
export class Machine {
  monotonic: Millis = 0;
  readonly #timers = new TinyQueue<Timer>([], (a, b) => a.due - b.due || a.order - b.order);
  #soon: (() => void)[] = [];
  #order = 0;
  #ids = 0;
  readonly #random: Random;

  constructor(
    public origin: Instant,
    seed: number,
  ) {
    this.#random = new Random(seed);
  }

  now(): Instant {
    return this.origin + this.monotonic;
  }

  /** Moves the wall clock only. */
  step(by: Millis): void {
    this.origin += by;
  }

  after(delay: Millis, callback: () => void): () => void {
    const timer: Timer = { due: this.monotonic + Math.max(0, delay), order: this.#order++, call: callback };
    this.#timers.push(timer);
    return () => (timer.call = undefined);
  }

  process(): Process {
    let alive = true;
    const guarded = (callback: () => void) => (): void => {
      if (alive) callback();
    };
    const environment: Environment = {
      clock: { now: () => this.now(), monotonic: () => this.monotonic },
      timers: {
        after: (delay, callback) => this.after(Math.min(Math.ceil(delay), LONGEST_SLEEP), guarded(callback)),
        soon: (callback) => void this.#soon.push(guarded(callback)),
      },
      random: { fraction: this.#random.fraction },
      ids: { next: () => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}` },
    };
    return { environment, kill: () => (alive = false) };
  }

  /** Everything that is ready has run: promises to their end, then the next turn's callbacks, until there are none. */
  async settle(): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#soon.length === 0) return;
      const ready = this.#soon;
      this.#soon = [];
      for (const callback of ready) callback();
    }
  }

  /** Lets time pass to the next timer, or to `limit` when none is due by then. */
  async tick(limit: Millis): Promise<void> {
    while (this.#timers.length > 0 && this.#timers.peek()?.call === undefined) this.#timers.pop();
    const next = this.#timers.peek();
    if (next === undefined || next.due > limit) {
      this.monotonic = Math.max(this.monotonic, limit);
      return;
    }
    this.#timers.pop();
    this.monotonic = Math.max(this.monotonic, next.due);
    next.call?.();
    await this.settle();
  }

  /** Stands still up to an instant, as a suspended machine does: what came due fires late, once. */
  sleepUntil(monotonic: Millis): void {
    this.monotonic = Math.max(this.monotonic, monotonic);
  }
}
