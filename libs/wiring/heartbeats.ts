import type { Heartbeat } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import type { Clock } from '#lib/ports';

/** How long an executor is shown after its last heartbeat. */
const HEARD_OF_MS: Millis = 5 * 60_000;

/** The last heartbeat of each executor. They come under new names with each start: who is not heard of any more is forgotten. */
export class Heartbeats {
  readonly #last = new Map<string, { readonly beat: Heartbeat; readonly at: Millis }>();

  readonly #since: Millis;

  constructor(private readonly clock: Clock) {
    this.#since = clock.monotonic();
  }

  heard(beat: Heartbeat): void {
    const now = this.clock.monotonic();
    this.#last.set(beat.executor, { beat, at: now });
    for (const [executor, { at }] of this.#last) if (now - at >= HEARD_OF_MS) this.#last.delete(executor);
  }

  /**
   * Whether somebody who does a provider's work was heard of in so many ms. Until this process has listened for as long it takes
   * it that there is one.
   */
  serve(provider: string, within: Millis): boolean {
    const from = this.clock.monotonic() - within;
    if (this.#since > from) return true;
    return this.within(within).some(({ providers }) => providers?.includes(provider) !== false);
  }

  /** Of those who were heard of in so many ms. */
  within(ms: Millis): readonly Heartbeat[] {
    const from = this.clock.monotonic() - ms;
    return [...this.#last.values()].filter(({ at }) => at >= from).map(({ beat }) => beat);
  }

  values(): readonly Heartbeat[] {
    return [...this.#last.values()].map(({ beat }) => beat);
  }
}
