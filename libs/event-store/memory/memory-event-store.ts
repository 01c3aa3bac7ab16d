import {
  checkAppend,
  checkName,
  encodeEvent,
  Feed,
  follow,
  keeping,
  type Keep,
  type Page,
  type RecentLimits,
} from '../feed/index.js';
import {
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
} from '../port/index.js';
import { MemoryLog } from './memory-log.js';

/** Each may return the error to fail with. Before: nothing is stored. After: it is stored, but the caller cannot know. */
export type AppendFaults = {
  beforeAppend?(stream: string, events: readonly NewEvent[]): Error | undefined;
  afterAppend?(stream: string, events: readonly NewEvent[]): Error | undefined;
};

export type MemoryEventStoreOptions = {
  /** Opens a store on the log that an earlier one left. */
  readonly log?: MemoryLog;
  readonly faults?: AppendFaults;
  /** How much a subscriber may lag before it is served from the log. */
  readonly recent?: RecentLimits;
};

/** For tests and simulation. Nothing is shared with callers: what goes in is copied as JSON, what comes out is frozen. */
export class MemoryEventStore implements EventStore {
  readonly log: MemoryLog;
  readonly #feed: Feed;
  readonly #faults: AppendFaults;

  constructor(options: MemoryEventStoreOptions = {}) {
    this.log = options.log ?? new MemoryLog();
    this.#faults = options.faults ?? {};
    this.#feed = new Feed(this.log.head, options.recent);
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    checkAppend(stream, expected, events);
    const encoded = events.map((event) => ({ event, json: encodeEvent(event) }));
    this.#assertOpen();
    const refused = this.#faults.beforeAppend?.(stream, events);
    if (refused !== undefined) throw refused;
    const { appended, added } = this.log.append(stream, expected, encoded);
    if (added.length > 0) this.#feed.publish(added);
    const lost = this.#faults.afterAppend?.(stream, events);
    if (lost !== undefined) throw lost;
    return appended;
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    const events = this.log.stream(stream);
    const { limit = Infinity, backwards = false } = options;
    if (!backwards) return events.slice(options.from ?? 0, (options.from ?? 0) + limit);
    const upTo = Math.min(options.from ?? Infinity, events.length - 1) + 1;
    return events.slice(Math.max(0, upTo - limit), upTo).reverse();
  }

  async readAll(after: number, limit: number, filter?: StreamFilter): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    return this.#page(after, this.log.head, limit, keeping(filter)).events;
  }

  async head(): Promise<number> {
    this.#assertOpen();
    return this.log.head;
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Batch> {
    return follow(this.#feed, (...page) => this.#page(...page), options);
  }

  async readSnapshot(stream: string): Promise<Snapshot | undefined> {
    this.#assertOpen();
    return this.log.readSnapshot(stream);
  }

  async writeSnapshot(stream: string, snapshot: Snapshot): Promise<void> {
    checkName('stream', stream);
    this.#assertOpen();
    this.log.snapshots.set(stream, JSON.stringify(snapshot));
  }

  async close(): Promise<void> {
    this.#feed.close(storeUnavailable('it is closed'));
  }

  #assertOpen(): void {
    if (this.#feed.closed !== undefined) throw this.#feed.closed;
  }

  #page(after: number, upTo: number, limit: number, keep: Keep): Page {
    const events: RecordedEvent[] = [];
    let position = after;
    for (; position < upTo && events.length < limit; position += 1) {
      const event = this.log.events[position];
      if (event !== undefined && keep(event.stream)) events.push(event.recorded);
    }
    return { events, position };
  }
}
