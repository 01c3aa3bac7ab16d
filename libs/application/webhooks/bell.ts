import type { Instant } from '#lib/domain/kernel';
import { pause, type Environment } from '#lib/ports';

/**
 * Wakes whoever sleeps: when it is rung, or at an instant. What is rung while somebody looks whether there is something to
 * do is not lost: whoever says how often it had rung before that does not fall asleep.
 */
export class Bell {
  readonly #sleeping = new Set<() => void>();

  #rung = 0;

  constructor(private readonly environment: Environment) {}

  get rung(): number {
    return this.#rung;
  }

  ring(): void {
    this.#rung += 1;
    for (const wake of this.#sleeping) wake();
  }

  /** May end early: whoever sleeps looks again. `until` undefined: until it is rung. */
  sleep(until: Instant | undefined, signal: AbortSignal, heard = this.#rung): Promise<void> {
    if (heard !== this.#rung) return Promise.resolve();
    const { clock, timers } = this.environment;
    return pause((over) => {
      this.#sleeping.add(over);
      const cancel = until === undefined ? undefined : timers.after(Math.max(0, until - clock.now()), over);
      return () => {
        this.#sleeping.delete(over);
        cancel?.();
      };
    }, signal);
  }
}
