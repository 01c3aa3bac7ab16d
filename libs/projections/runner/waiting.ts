import type { Millis } from '#lib/domain/kernel';
import { LONGEST_SLEEP, type Clock, type Timers } from '#lib/ports';

export type Time = { readonly clock: Clock; readonly timers: Timers };

/** Calls back once after a delay of monotonic time, in steps that a timer may sleep. Returns the cancel. */
export function after({ clock, timers }: Time, delayMs: Millis, callback: () => void): () => void {
  const due = clock.monotonic() + delayMs;
  let cancel: () => void = () => {};
  const step = (): void => {
    const left = due - clock.monotonic();
    if (left <= 0) callback();
    else cancel = timers.after(Math.min(left, LONGEST_SLEEP), step);
  };
  cancel = timers.after(Math.min(Math.max(delayMs, 0), LONGEST_SLEEP), step);
  return () => cancel();
}

type Waiter = { readonly position: number; readonly settle: (reached: boolean) => void };

/** Those who wait for the read model to reach a position. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();

  constructor(readonly time: Time) {}

  /** True once the position is reached, false when the time is over or the read model has stopped. */
  wait(position: number, timeoutMs: Millis): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = after(this.time, timeoutMs, () => waiter.settle(false));
      const waiter: Waiter = {
        position,
        settle: (reached) => {
          cancel();
          this.#waiting.delete(waiter);
          resolve(reached);
        },
      };
      this.#waiting.add(waiter);
    });
  }

  /** Whether someone waits for a position up to this one. */
  wants(position: number): boolean {
    for (const waiter of this.#waiting) if (waiter.position <= position) return true;
    return false;
  }

  reached(position: number): void {
    for (const waiter of this.#waiting) if (waiter.position <= position) waiter.settle(true);
  }

  abandon(): void {
    for (const waiter of this.#waiting) waiter.settle(false);
  }
}
