import type { MemoryEventStore } from '#lib/event-store/memory';
import {
  storageFull,
  storeUnavailable,
  type Appended,
  type Batch,
  type EventStore,
  type NewEvent,
  type ReadStreamOptions,
  type RecordedEvent,
  type Snapshot,
  type StreamFilter,
  type SubscribeOptions,
} from '#lib/event-store/port';
import type { Machine } from './machine.js';
import type { Process } from './process.js';
import type { Random } from './random.js';

/** Shares of appends, while the store is in trouble. `cut`: nothing gets there, or nothing comes back. `full`: its disk. */
export type StoreTrouble = {
  readonly before: number;
  readonly after: number;
  readonly slow: number;
  readonly cut?: 'there' | 'back';
  readonly full?: boolean;
};
export const noTrouble: StoreTrouble = { before: 0, after: 0, slow: 0 };

/** What a defective system appends in place of this; undefined: nothing, though it says that it did. */
export type Mutate = (events: readonly NewEvent[]) => readonly NewEvent[] | undefined;

export type FaultyStoreOptions = {
  /** Where the log is: it outlives the processes that speak to it. */
  readonly server: MemoryEventStore;
  readonly process: Process;
  readonly machine: Machine;
  readonly random: Random;
  /** Longest time that an append takes when all is well. */
  readonly latencyMs: number;
  readonly mutate?: Mutate | undefined;
};

const TIMEOUT = 2_000;
const RECONNECT = 250;

/** The log as one process sees it: appends fail before they are stored, or after, or take their time, or are cut off. */
export class FaultyStore implements EventStore {
  trouble: StoreTrouble = noTrouble;
  #busy = 0;

  constructor(private readonly options: FaultyStoreOptions) {}

  /** Nothing is in its way, and no append is on its way. */
  get well(): boolean {
    return this.trouble === noTrouble && this.#busy === 0;
  }

  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    this.#busy += 1;
    const appending = this.#append(stream, expected, events).finally(() => (this.#busy -= 1));
    return this.options.process.answer(appending);
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return this.#ask(() => this.options.server.readStream(stream, options));
  }

  readAll(after: number, limit: number, filter?: StreamFilter): Promise<readonly RecordedEvent[]> {
    return this.#ask(() => this.options.server.readAll(after, limit, filter));
  }

  head(): Promise<number> {
    return this.#ask(() => this.options.server.head());
  }

  readSnapshot(stream: string): Promise<Snapshot | undefined> {
    return this.#ask(() => this.options.server.readSnapshot(stream));
  }

  writeSnapshot(stream: string, snapshot: Snapshot): Promise<void> {
    return this.#ask(() => this.options.server.writeSnapshot(stream, snapshot));
  }

  async close(): Promise<void> {}

  /** As the port promises, it survives that the store is out of reach: nothing comes meanwhile. */
  async *subscribe(options: SubscribeOptions): AsyncGenerator<Batch, void, void> {
    const { server, process } = this.options;
    const ending = new AbortController();
    const end = (): void => ending.abort();
    options.signal.addEventListener('abort', end, { once: true });
    process.onDeath(end);
    for await (const batch of server.subscribe({ ...options, signal: ending.signal })) {
      while (this.trouble.cut !== undefined && !ending.signal.aborted) await this.#wait(RECONNECT);
      await process.answer(Promise.resolve());
      if (ending.signal.aborted) break;
      yield batch;
    }
  }

  async #append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    const { random, server, process, latencyMs, mutate } = this.options;
    const { before, after, slow, cut, full = false } = this.trouble;
    const [draw, wait] = [random.fraction(), random.whole(10, 2_000)];
    if (cut === 'there') return this.#lost();
    if (draw < slow) await this.#wait(wait);
    else if (latencyMs > 0) await this.#wait(1 + (wait % latencyMs));
    if (!process.alive) return new Promise(() => {});
    if (full) throw storageFull();
    if (draw >= slow && draw < slow + before) throw storeUnavailable('as the dice fell, before');
    const mutated = mutate === undefined ? events : mutate(events);
    if (mutated === undefined || mutated.length === 0)
      return { revision: expected, position: server.log.head + 1 };
    const appended = await server.append(stream, expected, mutated);
    if (cut === 'back') return this.#lost();
    if (draw >= slow + before && draw < slow + before + after)
      throw storeUnavailable('as the dice fell, after');
    return appended;
  }

  #ask<T>(question: () => Promise<T>): Promise<T> {
    const { process } = this.options;
    return process.answer(this.trouble.cut === undefined ? question() : this.#lost());
  }

  async #lost(): Promise<never> {
    await this.#wait(TIMEOUT);
    throw storeUnavailable('it does not answer');
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.options.machine.after(ms, resolve));
  }
}
