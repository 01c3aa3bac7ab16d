import TinyQueue from 'tinyqueue';
import type { Instant, Millis } from '#lib/domain/kernel';
import { Process } from './process.js';
import { Random } from './random.js';

type Timer = { call: (() => void) | undefined };

const LET_IN = 2_000;

/** Wall clock, monotonic clock and timers of one seed. Time stands still while anything is ready to run. */
export class Machine {
  /** Since the story began. The monotonic clock is behind it by what was skipped. */
  elapsed: Millis = 0;
  #skipped: Millis = 0;
  readonly #dues = new TinyQueue<Millis>();
  /** What is due at one instant, in the order in which it was asked for. */
  readonly #timers = new Map<Millis, Timer[]>();
  #soon: (() => void)[] = [];
  #ids = 0;
  #turns = 0;
  readonly #random: Random;

  constructor(
    public origin: Instant,
    seed: number,
  ) {
    this.#random = new Random(seed);
  }

  now(): Instant {
    return this.origin + this.elapsed;
  }

  get monotonic(): Millis {
    return this.elapsed - this.#skipped;
  }

  /** Moves the wall clock only. */
  step(by: Millis): void {
    this.origin += by;
  }

  after(delay: Millis, callback: () => void): () => void {
    const due = this.monotonic + Math.max(0, delay);
    const timer: Timer = { call: callback };
    const others = this.#timers.get(due);
    if (others === undefined) {
      this.#timers.set(due, [timer]);
      this.#dues.push(due);
    } else others.push(timer);
    return () => (timer.call = undefined);
  }

  soon(callback: () => void): void {
    this.#soon.push(callback);
  }

  /** `skew`: how far its wall clock is off. */
  process(skew: Millis = 0): Process {
    const ids = (): string => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}`;
    return new Process(this, skew, { random: { fraction: this.#random.fraction }, ids: { next: ids } });
  }

  /** Everything that is ready has run: promises to their end, then the next turn's callbacks, until there are none. */
  async settle(): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => this.#turn(resolve));
      if (this.#soon.length === 0) return;
      const ready = this.#soon;
      this.#soon = [];
      for (const callback of ready) callback();
    }
  }

  /**
   * The next tick comes once no promise is left to go on. Nothing in here waits for the real event loop, and going round
   * it would cost more than all else; whatever runs the simulation is let in now and then.
   */
  #turn(resolve: () => void): void {
    this.#turns += 1;
    if (this.#turns % LET_IN === 0) setImmediate(resolve);
    else process.nextTick(resolve);
  }

  /** Lets time pass to the next timers, or to `limit` when none is due by then. */
  async tick(limit: Millis): Promise<void> {
    const due = this.#dues.peek();
    if (due === undefined || due + this.#skipped > limit) {
      this.elapsed = Math.max(this.elapsed, limit);
      return;
    }
    this.#dues.pop();
    const timers = this.#timers.get(due) ?? [];
    this.#timers.delete(due);
    if (timers.every(({ call }) => call === undefined)) return;
    this.elapsed = Math.max(this.elapsed, due + this.#skipped);
    for (const { call } of timers) call?.();
    await this.settle();
  }

  /** Stands still up to an instant, as a suspended machine does: what came due fires late, once. */
  sleepUntil(elapsed: Millis): void {
    this.elapsed = Math.max(this.elapsed, elapsed);
  }

  /** Goes on at a later instant, and nobody had to wait: to the nodes a step of the wall clock, while no timer notices. */
  skipTo(elapsed: Millis): void {
    this.#skipped += Math.max(0, elapsed - this.elapsed);
    this.elapsed = Math.max(this.elapsed, elapsed);
  }
}
