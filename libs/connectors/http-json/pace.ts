import type { Millis } from '#lib/domain/kernel';
import type { Environment } from '#lib/ports';
import { abortable } from '../kit/index.js';

/**
 * At most so many requests within so long, for one read. The scheduler spaces whole runs; how fast one run may turn
 * pages only its settings know.
 */
export class Pace {
  readonly #sent: number[] = [];

  constructor(
    private readonly requests: number,
    private readonly perMs: Millis,
    private readonly environment: Environment,
    private readonly signal: AbortSignal,
  ) {}

  /** Waits until one more request may go out. @throws {ConnectorError} CANCELLED */
  async turn(): Promise<void> {
    const { clock } = this.environment;
    const oldest = this.#sent.at(-this.requests);
    const wait = oldest === undefined ? 0 : oldest + this.perMs - clock.monotonic();
    if (wait > 0) await this.#pause(wait);
    this.#sent.push(clock.monotonic());
    if (this.#sent.length > this.requests) this.#sent.shift();
  }

  async #pause(wait: Millis): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.environment.timers.after(wait, resolve);
    try {
      await abortable(promise, this.signal);
    } finally {
      cancel();
    }
  }
}
