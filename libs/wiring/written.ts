import type { Millis } from '#lib/domain/kernel';
import { isEventStoreError, type EventStore } from '#lib/event-store/port';
import type { Clock } from '#lib/ports';

/** After the last refusal, where nobody tries meanwhile: it is not known any more. What is due tries each second. */
const BELIEVED: Millis = 30_000;
/** One append whose outcome is unknown is settled by the next try. */
const SETTLED: Millis = 1_000;

/** Whether the log takes what is decided, as those who decide find. */
export class Written {
  #refused: { readonly full: boolean; readonly since: Millis; readonly last: Millis } | undefined;

  constructor(private readonly clock: Pick<Clock, 'monotonic'>) {}

  /** Why nothing is stored; undefined: what was tried last was. */
  get refusal(): 'storage_full' | 'store_unavailable' | undefined {
    if (this.#refused === undefined) return undefined;
    const { full, since, last } = this.#refused;
    if (this.clock.monotonic() - last >= BELIEVED) return undefined;
    if (full) return 'storage_full';
    return last - since >= SETTLED ? 'store_unavailable' : undefined;
  }

  /** The same log: how appends to it end is noted. */
  through(store: EventStore): EventStore {
    const failed = (error: unknown): never => {
      this.#note(error);
      throw error;
    };
    return {
      append: (...given) =>
        store.append(...given).then((appended) => {
          this.#refused = undefined;
          return appended;
        }, failed),
      readStream: (...given) => store.readStream(...given),
      readAll: (...given) => store.readAll(...given),
      head: () => store.head(),
      subscribe: (options) => store.subscribe(options),
      readSnapshot: (stream) => store.readSnapshot(stream),
      writeSnapshot: (stream, snapshot) => store.writeSnapshot(stream, snapshot),
      close: () => store.close(),
    };
  }

  #note(error: unknown): void {
    const full = isEventStoreError(error, 'storage_full');
    if (!full && !isEventStoreError(error, 'store_unavailable')) return;
    const last = this.clock.monotonic();
    const before = this.#refused;
    const since = before === undefined || last - before.last >= BELIEVED ? last : before.since;
    this.#refused = { full, since, last };
  }
}
