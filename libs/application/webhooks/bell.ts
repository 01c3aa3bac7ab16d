import type { Instant } from '#lib/domain/kernel';
import { pause, type Environment } from '#lib/ports';

/** Wakes whoever sleeps: when it is rung, or at an instant. */
export class Bell {
  readonly #sleeping = new Set<() => void>();

  constructor(private readonly environment: Environment) {}

  ring(): void {
    for (const wake of this.#sleeping) wake();
  }

  /** May end early: whoever sleeps looks again. Absent: until it is rung. */
  sleep(until: Instant | undefined, signal: AbortSignal): Promise<void> {
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
