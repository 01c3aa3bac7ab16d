import { randomUUID } from 'node:crypto';

/** An event as it lies in the double's transaction file. */
export type StoredRecord = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly stream: string;
  readonly revision: number;
  /** Byte offset in the transaction file: grows with gaps. */
  readonly position: number;
  /** Ticks of 100 ns since 1970. */
  readonly created: string;
};

export type Proposed = Pick<StoredRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type Expected = 'any' | 'no_stream' | 'stream_exists' | number;

export type AppendResult =
  | { readonly kind: 'stored'; readonly revision: number; readonly position: number }
  /** The same ids are there already: the server does not say where. */
  | { readonly kind: 'repeated'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly current: number }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too_large' };

export const MAX_APPEND_BYTES = 1024 * 1024;
/** The server writes statistics and the like into `$all`, between everybody's events. */
const SYSTEM_EVERY = 23;
/** A truncation point beyond every event: the server's way to delete softly. */
const TRUNCATED = Number('9223372036854775807');
type StreamMetadata = { readonly $maxCount?: number; readonly $tb?: number };
const bytes = (value: object): Uint8Array => Uint8Array.from(Buffer.from(JSON.stringify(value)));

/** What a server of EventStoreDB keeps. It outlives the double's listeners, so that a restart finds it again. */
export class EventLog {
  readonly records: StoredRecord[] = [];
  readonly #streams = new Map<string, number[]>();
  readonly #deleted = new Set<string>();
  readonly #listeners = new Set<() => void>();
  /** The file begins with records that are no events. */
  #next = 841;
  #sinceSystem = 0;

  /** Where the next event will lie. */
  get end(): number {
    return this.#next;
  }

  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): AppendResult {
    if (this.#deleted.has(stream)) return { kind: 'deleted' };
    const size = events.reduce((sum, event) => sum + event.data.length + event.metadata.length, 0);
    if (size > MAX_APPEND_BYTES) return { kind: 'too_large' };
    const present = this.#streams.get(stream) ?? [];
    const current = present.length - 1;
    const wanted = revisionWanted(expected, current);
    const undeletes = wanted === -1 && this.#isSoftDeleted(stream);
    if (wanted !== current && !undeletes) {
      return this.#isRepeat(present, wanted, events)
        ? { kind: 'repeated', revision: wanted + events.length }
        : { kind: 'conflict', current };
    }
    // A stream that was soft-deleted begins anew, but its revisions go on.
    if (undeletes) this.#writeMetadata(stream, { $tb: current + 1 });
    let position = 0;
    for (const event of events) position = this.#write(stream, event);
    this.#system();
    for (const listener of this.#listeners) listener();
    return { kind: 'stored', revision: current + events.length, position };
  }

  /** Everything of a stream that `$maxCount` leaves; undefined: there is no such stream. */
  stream(name: string): readonly StoredRecord[] | undefined {
    const indices = this.#streams.get(name);
    if (indices === undefined) return undefined;
    const records = indices.map((index) => this.records[index] as StoredRecord);
    if (this.#isSoftDeleted(name)) return undefined;
    const { $maxCount: most, $tb: from = 0 } = this.#metadata(name);
    const kept = records.filter(({ revision }) => revision >= from);
    return most === undefined ? kept : kept.slice(-most);
  }

  isDeleted(name: string): boolean {
    return this.#deleted.has(name);
  }

  /** For good: the name cannot be used again. */
  tombstone(name: string): void {
    this.#deleted.add(name);
    this.#write(name, systemEvent('$streamDeleted', {}));
  }

  /** Read as if it had never been; but the next append goes on after its last revision. */
  softDelete(name: string): void {
    this.#writeMetadata(name, { $tb: TRUNCATED });
  }

  /** A link to an event, as projections write it. */
  link(stream: string, to: StoredRecord): void {
    const data = Uint8Array.from(Buffer.from(`${to.revision}@${to.stream}`));
    this.append(stream, 'any', [
      { id: randomUUID(), type: '$>', contentType: 'application/octet-stream', data, metadata: bytes({}) },
    ]);
  }

  /** The index in `$all` of the first record at or after a position; undefined: it is no record's. */
  indexOf(position: number): number | undefined {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.records[middle]?.position ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return this.records[low]?.position === position ? low : undefined;
  }

  #metadata(name: string): StreamMetadata {
    const newest = this.#streams.get(`$$${name}`)?.at(-1);
    if (newest === undefined) return {};
    return JSON.parse(Buffer.from(this.records[newest]?.data ?? []).toString()) as StreamMetadata;
  }

  #writeMetadata(name: string, metadata: StreamMetadata): void {
    this.#write(`$$${name}`, systemEvent('$metadata', { ...this.#metadata(name), ...metadata }));
  }

  #isSoftDeleted(name: string): boolean {
    return this.#metadata(name).$tb === TRUNCATED;
  }

  #isRepeat(present: readonly number[], wanted: number, events: readonly Proposed[]): boolean {
    if (wanted < -1 || events.length === 0) return false;
    return events.every((event, at) => this.records[present[wanted + 1 + at] ?? -1]?.id === event.id);
  }

  #write(stream: string, event: Proposed): number {
    const indices = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, indices);
    indices.push(this.records.length);
    const position = this.#next;
    this.#next += 97 + event.data.length + event.metadata.length + stream.length;
    const created = String(BigInt(Date.now()) * 10_000n);
    this.records.push({ ...event, stream, revision: indices.length - 1, position, created });
    this.#sinceSystem += 1;
    return position;
  }

  #system(): void {
    if (this.#sinceSystem < SYSTEM_EVERY) return;
    this.#sinceSystem = 0;
    this.#write('$stats-127.0.0.1:2113', systemEvent('$statsCollected', { proc: 1 }));
  }
}

const systemEvent = (type: string, data: object): Proposed => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: bytes(data),
  metadata: bytes({}),
});

function revisionWanted(expected: Expected, current: number): number {
  if (expected === 'any') return current;
  if (expected === 'no_stream') return -1;
  return expected === 'stream_exists' ? (current >= 0 ? current : -2) : expected;
}
