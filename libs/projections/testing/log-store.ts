import type {
  Batch,
  EventStore,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '#lib/event-store/port';
import { Log } from './log.js';

type Read = Pick<EventStore, 'readAll' | 'readStream' | 'subscribe' | 'head'>;

/** A written log as an event store that is only read. `fail` makes the next batch of a subscription throw. */
export class LogStore implements Read {
  #failures: unknown[] = [];
  #wake: (() => void)[] = [];
  subscriptions = 0;

  constructor(readonly log: Log = new Log()) {}

  /** What a read model takes: it never appends. */
  get asEventStore(): EventStore {
    return this as unknown as EventStore;
  }

  fail(error: unknown): void {
    this.#failures.push(error);
    this.appended();
  }

  /** The log has grown. */
  appended(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  async head(): Promise<number> {
    return this.log.head;
  }

  async readAll(after: number, limit: number): Promise<readonly RecordedEvent[]> {
    return this.log.events.slice(after, after + limit);
  }

  async readStream(stream: string, { from = 0, limit = Infinity }: ReadStreamOptions = {}) {
    return this.log.events
      .filter((event) => event.stream === stream && event.revision >= from)
      .slice(0, limit);
  }

  async *subscribe({ after, batchSize = 500, signal }: SubscribeOptions): AsyncGenerator<Batch> {
    this.subscriptions += 1;
    signal.addEventListener('abort', () => this.appended(), { once: true });
    let position = after;
    while (!signal.aborted) {
      if (this.#failures.length > 0) throw this.#failures.shift();
      const events = this.log.events.slice(position, position + batchSize);
      position += events.length;
      if (events.length > 0) yield { events, position, caughtUp: position === this.log.head };
      else await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }
}
