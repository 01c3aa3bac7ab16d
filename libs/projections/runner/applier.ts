import type { DatabaseSync } from 'node:sqlite';
import { parseStream } from '#lib/contracts/streams';
import type { Instant } from '#lib/domain/kernel';
import { reasonOf } from '#lib/domain/parking';
import type { RecordedEvent } from '#lib/event-store/port';
import { beginLoad, endLoad, isSqliteError } from '../store/read-model-file.js';
import { layout, RowStore, type Anchor } from '../store/rows.js';
import type { Projection } from './projection.js';
import { routes, type Routes } from './projections.js';

/** Reads a stored event; undefined for streams that are none of ours. Throws for one that is malformed. */
export type Decode = (recorded: RecordedEvent) => RecordedEvent | undefined;

/** An event that a projection could not take: it went on without it. A rebuild gives it another chance. */
export type ParkedEvent = {
  readonly projection: string;
  readonly position: number;
  readonly eventId: string;
  readonly eventType: string;
  readonly stream: string;
  readonly tenant: string;
  readonly reason: string;
  readonly at: Instant;
};

/** How often a projection that throws is asked again before the event is parked for it. */
const TRIES = 3;

/**
 * Folds events into rows, and writes rows when told to. An event at or below the position applied last is ignored, so
 * that duplicates and replays change nothing. One projection's failure is its own: the others have the event, and the
 * next event comes. Only the database's own errors are thrown: the caller resets and tries again later.
 */
export class Applier {
  #store: RowStore;
  #routes: Routes;
  #applied: number;
  #flushed: number;
  #last: RecordedEvent | undefined;
  #parked: ParkedEvent[] = [];
  #loading = false;
  /** An event was folded by some and not by others: nothing is written before {@link reset}. */
  #torn = false;

  constructor(
    readonly db: DatabaseSync,
    readonly decode: Decode,
    readonly now: () => Instant,
    private readonly newRoutes: () => Routes = routes,
  ) {
    this.#routes = newRoutes();
    this.#store = new RowStore(db);
    this.#flushed = this.#store.position;
    this.#applied = this.#flushed;
  }

  /** Position up to which rows in memory reflect the log. */
  get applied(): number {
    return this.#applied;
  }

  /** Position up to which the file does. */
  get flushed(): number {
    return this.#flushed;
  }

  /** The last event in the file: the log that it came from has it still. */
  get anchor(): Anchor | undefined {
    return this.#store.anchor;
  }

  get dirty(): number {
    return this.#store.dirty;
  }

  get indexed(): boolean {
    return this.#store.indexed;
  }

  apply(events: readonly RecordedEvent[], from = 0, to = events.length): void {
    for (let at = from; at < to; at += 1) {
      const event = events[at];
      if (event === undefined || event.position <= this.#applied) continue;
      this.#take(event);
      this.#applied = event.position;
      this.#last = event;
    }
  }

  /** Everything up to a position was considered, events of other streams included. */
  advance(position: number): void {
    this.#applied = Math.max(this.#applied, position);
  }

  flush(): void {
    if (this.#applied === this.#flushed || this.#torn) return;
    this.#store.flush(this.#applied, this.#last, () => this.#writeParked());
    this.#flushed = this.#applied;
    this.#last = undefined;
    this.#parked = [];
    for (const projections of Object.values(this.#routes))
      for (const projection of projections) projection.settled?.();
  }

  /** The file is empty and far behind: fast, and unsafe until {@link endLoad}. */
  beginLoad(): void {
    this.#loading = true;
    beginLoad(this.db);
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** Makes the file valid as far as it has come. It may go on loading later. */
  endLoad(): void {
    if (this.#loading) endLoad(this.db, layout);
    this.#loading = false;
  }

  /** Takes the rows of files that were loaded from other streams of the log, up to a position. This one is empty. */
  absorb(paths: readonly string[], position: number): void {
    this.#store.absorb(paths, position);
    this.reset();
  }

  createIndexes(): void {
    this.#store.createIndexes();
  }

  /** Forgets what was not written, after the database failed in the middle of an event: it is read from the log again. */
  reset(): void {
    this.#store = new RowStore(this.db);
    this.#routes = this.newRoutes();
    this.#parked = [];
    this.#last = undefined;
    this.#flushed = this.#store.position;
    this.#applied = this.#flushed;
    this.#torn = false;
  }

  /** Forgets half an event, where there is one. @throws as {@link reset}: until it succeeds nothing is to be folded. */
  mend(): void {
    if (this.#torn) this.reset();
  }

  #take(event: RecordedEvent): void {
    const stream = parseStream(event.stream);
    if (stream === undefined) return;
    let fact: RecordedEvent | undefined;
    try {
      fact = this.decode(event);
    } catch (error) {
      this.#park('decode', event, error);
      return;
    }
    if (fact === undefined) return;
    for (const projection of this.#routes[stream.kind]) this.#project(projection, fact, stream.id);
  }

  #project(projection: Projection<never>, event: RecordedEvent, id: string): void {
    const { journal, rows } = this.#store;
    for (let tries = 1; ; tries += 1) {
      try {
        projection.apply(event as never, id, rows);
        journal.accept();
        return;
      } catch (error) {
        journal.undo();
        if (isSqliteError(error)) {
          this.#torn = true;
          throw error;
        }
        if (tries < TRIES) continue;
        this.#park(projection.name, event, error);
        return;
      }
    }
  }

  #park(projection: string, event: RecordedEvent, error: unknown): void {
    const { position, id: eventId, type: eventType, stream, metadata } = event;
    this.#parked.push({
      projection,
      position,
      eventId,
      eventType,
      stream,
      tenant: metadata.tenant,
      reason: reasonOf(error),
      at: this.now(),
    });
  }

  #writeParked(): void {
    if (this.#parked.length === 0) return;
    const insert = this.db.prepare('INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    for (const { projection, position, eventId, eventType, stream, tenant, reason, at } of this.#parked) {
      insert.run(projection, position, eventId, eventType, stream, tenant, reason, at);
    }
  }
}
