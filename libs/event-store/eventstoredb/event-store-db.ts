import {
  BACKWARDS,
  END,
  FORWARDS,
  NO_STREAM,
  START,
  type EventStoreDBClient,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import QuickLRU from 'quick-lru';
import { checkAppend, keeping } from '../feed/index.js';
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
import { parseAddress } from './address.js';
import { Connection } from './connection.js';
import { asStoreError, isStreamNotFound } from './failures.js';
import { followAll } from './follow-all.js';
import { allPosition } from './live.js';
import { known, positionOf, proposed, recorded, sizeOf } from './recorded.js';
import { Snapshots } from './snapshots.js';

export type EventStoreDbOptions = {
  /** `esdb://…` or `esdb+discover://…`, with credentials and TLS as the client takes them. */
  readonly url: string;
  /** How long one call may take before its outcome is taken to be unknown. Default 5,000 ms. */
  readonly deadlineMs?: number;
  /** Lets events travel unencrypted to other machines. */
  readonly allowPlainText?: boolean;
  /** Between two looks whether a quiet subscription misses anything. Default 2,000 ms. */
  readonly probeMs?: number;
  /** How long a subscription may withhold an event before it is replaced. Default 4,000 ms. */
  readonly silenceMs?: number;
  readonly onTrouble?: (what: string, error: unknown) => void;
};

const PAGE = 500;

/** The log on EventStoreDB (23.10 or later), by its gRPC client. */
export class EventStoreDb implements EventStore {
  readonly #connection: Connection;
  readonly #snapshots: Snapshots;
  /**
   * First ids of appends that were sent already: the server's answer to a repeat says that it is one by nothing but a
   * missing position, so the position is read back.
   */
  readonly #sent = new QuickLRU<string, true>({ maxSize: 10_000 });

  constructor(private readonly options: EventStoreDbOptions) {
    const address = parseAddress(options.url, options.allowPlainText === true);
    this.#connection = new Connection(address, options.deadlineMs ?? 5_000, this.#onTrouble);
    this.#snapshots = new Snapshots(this.#connection);
  }

  readonly #onTrouble = (what: string, error: unknown): void => this.options.onTrouble?.(what, error);

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    checkAppend(stream, expected, events);
    const encoded = events.map(proposed);
    const first = events[0]?.id ?? '';
    const repeated = this.#sent.has(first);
    this.#sent.set(first, true);
    try {
      return await this.#connection.write('an append', async (client) => {
        const { nextExpectedRevision, position } = await client.appendToStream(stream, encoded, {
          expectedRevision: expected === -1 ? NO_STREAM : BigInt(expected),
          requiresLeader: true,
        });
        const at = known(position?.commit);
        // The server's word counts: a stream that was soft-deleted goes on after its last revision.
        if (at !== undefined && !repeated) return { revision: Number(nextExpectedRevision), position: at };
        return await lastOf(client, stream, expected, events);
      });
    } catch (error) {
      const bytes = encoded.reduce((sum, { data, metadata }) => sum + sizeOf(data) + sizeOf(metadata), 0);
      throw asStoreError(error, { stream, expected, bytes });
    }
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const { limit = Number.POSITIVE_INFINITY, backwards = false } = options;
    const events: RecordedEvent[] = [];
    let from = options.from;
    while (events.length < limit) {
      const count = Math.min(PAGE, limit - events.length);
      const page = await this.#streamPage(stream, from, count, backwards);
      events.push(...page.flatMap((resolved) => recorded(resolved) ?? []));
      const last = page.at(-1)?.event?.revision;
      if (last === undefined || page.length < count || (backwards && last === 0n)) break;
      from = Number(last) + (backwards ? -1 : 1);
    }
    return events;
  }

  async #streamPage(
    stream: string,
    from: number | undefined,
    maxCount: number,
    backwards: boolean,
  ): Promise<readonly ResolvedEvent[]> {
    try {
      return await this.#collect(`a read of ${stream}`, (client) =>
        client.readStream(stream, {
          fromRevision: from === undefined ? (backwards ? END : START) : BigInt(from),
          direction: backwards ? BACKWARDS : FORWARDS,
          maxCount,
          requiresLeader: true,
        }),
      );
    } catch (error) {
      if (isStreamNotFound(error)) return [];
      throw asStoreError(error, { stream });
    }
  }

  async readAll(after: number, limit: number, filter?: StreamFilter): Promise<readonly RecordedEvent[]> {
    const keep = keeping(filter);
    const events: RecordedEvent[] = [];
    for await (const page of this.#pagesAfter(after)) {
      for (const event of page.flatMap((resolved) => recorded(resolved) ?? [])) {
        if (!keep(event.stream)) continue;
        events.push(event);
        if (events.length === limit) return events;
      }
    }
    return events;
  }

  /** `$all` after a position, system events included. A position that was never given out is refused by the server. */
  async *#pagesAfter(after: number): AsyncGenerator<readonly ResolvedEvent[]> {
    let position = after;
    for (;;) {
      const from = position;
      const page = await this.#allPage(from);
      // The server begins with the event at the position itself.
      const fresh = page.filter((resolved) => positionOf(resolved) > from);
      if (fresh.length > 0) yield fresh;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      position = positionOf(last);
    }
  }

  async #allPage(from: number): Promise<readonly ResolvedEvent[]> {
    try {
      return await this.#collect('a read of $all', (client) =>
        client.readAll({
          fromPosition: allPosition(from),
          direction: FORWARDS,
          maxCount: PAGE,
          requiresLeader: true,
        }),
      );
    } catch (error) {
      throw asStoreError(error);
    }
  }

  async head(): Promise<number> {
    try {
      const [newest] = await this.#collect('a look at the head', (client) =>
        client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1, requiresLeader: true }),
      );
      return newest === undefined ? 0 : positionOf(newest);
    } catch (error) {
      throw asStoreError(error);
    }
  }

  subscribe(options: SubscribeOptions): AsyncIterable<Batch> {
    const { probeMs = 2_000, silenceMs = 4_000 } = this.options;
    return followAll(
      {
        connection: this.#connection,
        head: () => this.head(),
        anyBetween: (...range) => this.#anyBetween(...range),
        probeMs,
        silenceMs,
        onTrouble: this.#onTrouble,
      },
      options,
    );
  }

  async #anyBetween(
    after: number,
    upTo: number,
    prefixes: readonly string[],
    enough: () => boolean,
  ): Promise<boolean | undefined> {
    const keep = keeping({ prefixes });
    let seen = after;
    for await (const page of this.#pagesAfter(after)) {
      if (enough()) return true;
      for (const resolved of page) {
        seen = positionOf(resolved);
        if (seen > upTo) return false;
        const event = recorded(resolved);
        if (event !== undefined && keep(event.stream)) return true;
      }
    }
    return seen < upTo ? undefined : false;
  }

  async readSnapshot(stream: string): Promise<Snapshot | undefined> {
    try {
      return await this.#snapshots.read(stream);
    } catch (error) {
      throw asStoreError(error, { stream });
    }
  }

  async writeSnapshot(stream: string, snapshot: Snapshot): Promise<void> {
    try {
      await this.#snapshots.write(stream, snapshot);
    } catch (error) {
      if (error instanceof TypeError) throw error;
      throw asStoreError(error, { stream });
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** One page of a read, whole, under the deadline; a read that nobody waits for any more is cancelled. */
  #collect(
    what: string,
    open: (client: EventStoreDBClient) => StreamingRead<ResolvedEvent>,
  ): Promise<readonly ResolvedEvent[]> {
    let reading: StreamingRead<ResolvedEvent> | undefined;
    const read = async (client: EventStoreDBClient): Promise<readonly ResolvedEvent[]> => {
      const events: ResolvedEvent[] = [];
      reading = open(client);
      for await (const resolved of reading) events.push(resolved);
      return events;
    };
    return this.#connection.read(what, read, () => void reading?.cancel().catch(() => {}));
  }
}

/** Where a repeated append left its last event: the server does not say. */
async function lastOf(
  client: EventStoreDBClient,
  stream: string,
  expected: number,
  events: readonly NewEvent[],
): Promise<Appended> {
  const revision = expected + events.length;
  const reading = client.readStream(stream, {
    fromRevision: BigInt(revision),
    direction: FORWARDS,
    maxCount: 1,
    requiresLeader: true,
  });
  let position: number | undefined;
  for await (const resolved of reading)
    if (resolved.event?.id === events.at(-1)?.id) position = positionOf(resolved);
  if (position !== undefined) return { revision, position };
  throw storeUnavailable(`what was appended to ${stream} cannot be read back`);
}
