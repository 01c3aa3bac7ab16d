/**
 * The one source of truth. An append is all or nothing and, once its promise resolves, survives kill -9 and power
 * loss. Positions and revisions are safe integers; positions grow over the whole store, with gaps allowed; the first
 * revision of a stream is 0.
 */
export interface EventStore {
  /**
   * Appends events to one stream if its last revision is `expected` (`-1`: the stream must not exist yet).
   * Appending the same event ids at the same expected revision again is answered like the first time and stores
   * nothing: so an outcome left unknown by a timeout is settled by appending again.
   * @throws {WrongExpectedRevision} someone else appended first. {@link StorageFull}, {@link StoreUnavailable},
   *   {@link EventTooLarge} nothing was stored; {@link StoreUnsafe} the stream was deleted for good.
   */
  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended>;

  /** Events of one stream, oldest first unless `backwards`; an unknown stream is empty. At most `limit` of them. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;

  /** Events of all streams after a position (0: from the start), in position order, at most `limit`. */
  readAll(after: number, limit: number, filter?: StreamFilter): Promise<readonly RecordedEvent[]>;

  /** The position of the newest event, 0 when there is none. */
  head(): Promise<number>;

  /**
   * Everything after a position, then everything to come, in position order, each event once. Pull-based: a slow
   * reader slows nobody else and costs no memory; it is served from the store again when it falls behind.
   * Survives a restart of the adapter beneath it. Ends by `signal`, with {@link CorruptEvent}, or with
   * {@link StoreUnsafe} (the position is of another log) or {@link StoreUnavailable} (the store was closed).
   */
  subscribe(options: SubscribeOptions): AsyncIterable<Batch>;

  /** The newest snapshot of a stream, or undefined. A snapshot is a cache: losing one costs time, never truth. */
  readSnapshot(stream: string): Promise<Snapshot | undefined>;

  /** Replaces the snapshot of a stream. */
  writeSnapshot(stream: string, snapshot: Snapshot): Promise<void>;

  /** Finishes appends in flight, then releases files and connections. Idempotent. */
  close(): Promise<void>;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type EventMetadata = {
  /** Version of the event's data; upcasters bring older ones up to date. */
  readonly v: number;
  /** When it was decided: epoch milliseconds. */
  readonly at: number;
  readonly tenant: string;
  /** Who asked: `api:<key id>`, `user:<id>`, `saga:timing`, `executor:<id>`, … */
  readonly actor: string;
  /** Shared by everything that one request or tick set off. */
  readonly correlation: string;
  /** Id of the event that led to this one, where one did. */
  readonly causation?: string;
  /** Idempotency key of the command and a hash of its body. */
  readonly command?: string;
  readonly fingerprint?: string;
  /** Schedules only, on the last event of an append: when the schedule next needs attention; null: never again. */
  readonly wakeAt?: number | null;
};

export type NewEvent = {
  /** UUID. Stable over retries of the same append. */
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: EventMetadata;
};

export type RecordedEvent = NewEvent & {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
};

/** Revision and position of the last event appended. */
export type Appended = { readonly revision: number; readonly position: number };

/** Keeps events of streams whose name starts with one of these; absent or empty: all. */
export type StreamFilter = { readonly prefixes: readonly string[] };

export type ReadStreamOptions = {
  readonly from?: number;
  readonly limit?: number;
  readonly backwards?: boolean;
};

export type SubscribeOptions = {
  readonly after: number;
  readonly filter?: StreamFilter;
  /** Most events in one batch. Default 500. */
  readonly batchSize?: number;
  readonly signal: AbortSignal;
};

/**
 * `position` is that of the last event considered, filtered-out ones included: the checkpoint to store.
 * `caughtUp`: nothing newer was there when the batch was made. A batch may be empty (progress only).
 */
export type Batch = {
  readonly events: readonly RecordedEvent[];
  readonly position: number;
  readonly caughtUp: boolean;
};

export type Snapshot = {
  /** Revision of the stream that the state reflects. */
  readonly revision: number;
  /** Version of the state's shape; a reader that expects another one ignores the snapshot. */
  readonly version: number;
  readonly state: object;
};

/** The largest event accepted, data and metadata together, in bytes of JSON (UTF-8). */
export const MAX_EVENT_BYTES = 64 * 1024;
