import type { Millis } from '#lib/domain/kernel';
import type { EventStore } from '#lib/event-store/port';
import type { Clock, Timers } from '#lib/ports';

export type StoreWatchOptions = {
  readonly store: Pick<EventStore, 'head'>;
  readonly environment: { readonly clock: Clock; readonly timers: Timers };
  /** How long the log may give no answer before others should take over. */
  readonly patienceMs: Millis;
};

/**
 * Whether the log answers. A node that hears its peers and not its log holds leases that it can do nothing with: it is
 * asked whether it can, and gives them up until it does again.
 */
export class StoreWatch {
  /** When a question was sent that has been answered. */
  #answered: Millis;
  #cancel: (() => void) | undefined;
  #asking = false;
  #stopped = false;

  constructor(private readonly options: StoreWatchOptions) {
    this.#answered = options.environment.clock.monotonic();
  }

  /** Who has not begun to ask takes it that it does. */
  get answers(): boolean {
    return (
      !this.#asking || this.options.environment.clock.monotonic() - this.#answered < this.options.patienceMs
    );
  }

  start(): void {
    this.#asking = true;
    this.#answered = this.options.environment.clock.monotonic();
    this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** The next question does not wait for the last one's answer: that may never come. */
  #ask(): void {
    if (this.#stopped) return;
    const { store, environment, patienceMs } = this.options;
    const sent = environment.clock.monotonic();
    store.head().then(
      () => (this.#answered = Math.max(this.#answered, sent)),
      () => undefined,
    );
    this.#cancel = environment.timers.after(patienceMs / 4, () => this.#ask());
  }
}
