import type { Instant, Millis } from '#lib/domain/kernel';

/** The wall clock and a monotonic one. Wall time may jump; monotonic time never goes back. */
export interface Clock {
  /** Epoch milliseconds, with a fraction where the machine has one. */
  now(): Instant;
  /** Milliseconds since an arbitrary origin. */
  monotonic(): Millis;
}

/** Timers are hints: whoever is called re-reads the clock. */
export interface Timers {
  /**
   * Calls back once after about `delay` ms of monotonic time, never longer than 60 s at a step (the caller re-arms).
   * Returns the cancel. `fine` asks for it to be on time to a fraction of a millisecond, where the machine's timers are
   * coarser: that may cost two milliseconds of one processor each time.
   */
  after(delay: Millis, callback: () => void, grain?: 'fine'): () => void;
  /** Calls back in the next turn of the event loop, after pending I/O. */
  soon(callback: () => void): void;
}

export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number;
}

export interface Ids {
  /** A new UUID. */
  next(): string;
}

/** Everything nondeterministic that the house may use, in one hand: simulation replaces it whole. */
export type Environment = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly ids: Ids;
};

/** The longest step a timer may sleep: longer waits are re-armed, so that a clock step or a suspend is noticed. */
export const LONGEST_SLEEP: Millis = 60_000;
