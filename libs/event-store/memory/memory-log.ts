import {
  wrongExpectedRevision,
  type Appended,
  type NewEvent,
  type RecordedEvent,
  type Snapshot,
} from '../port/index.js';
import type { EncodedJson, RecentEvent } from '../feed/index.js';

export type Encoded = { readonly event: NewEvent; readonly json: EncodedJson };

function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freezeDeep(part);
  return Object.freeze(value);
}

export const frozenJson = (json: string): object => freezeDeep(JSON.parse(json) as object);

/**
 * The disk of the memory adapter: it outlives the stores opened on it, so a simulation can crash one and open the next.
 * Positions are 1, 2, 3, …: the event at position p is `events[p - 1]`.
 */
export class MemoryLog {
  readonly events: RecentEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly snapshots = new Map<string, string>();

  get head(): number {
    return this.events.length;
  }

  stream(name: string): readonly RecordedEvent[] {
    return this.#streams.get(name) ?? [];
  }

  /** `added` is empty when the same append was stored before. */
  append(
    stream: string,
    expected: number,
    events: readonly Encoded[],
  ): { appended: Appended; added: readonly RecentEvent[] } {
    const past = this.#streams.get(stream) ?? [];
    const actual = past.length - 1;
    if (actual !== expected) {
      const again = past.slice(expected + 1, expected + 1 + events.length);
      const last = again.at(-1);
      const same =
        again.length === events.length && again.every(({ id }, index) => id === events[index]?.event.id);
      if (last === undefined || !same) throw wrongExpectedRevision(stream, expected, actual);
      return { appended: { revision: last.revision, position: last.position }, added: [] };
    }
    const added = events.map((encoded, index) =>
      this.#record(stream, expected + 1 + index, this.head + 1 + index, encoded),
    );
    this.#streams.set(stream, past);
    for (const event of added) {
      this.events.push(event);
      past.push(event.recorded);
    }
    return { appended: { revision: past.length - 1, position: this.head }, added };
  }

  readSnapshot(stream: string): Snapshot | undefined {
    const json = this.snapshots.get(stream);
    return json === undefined ? undefined : (frozenJson(json) as Snapshot);
  }

  #record(stream: string, revision: number, position: number, { event, json }: Encoded): RecentEvent {
    const recorded: RecordedEvent = Object.freeze({
      id: event.id,
      type: event.type,
      data: frozenJson(json.data),
      metadata: frozenJson(json.metadata) as RecordedEvent['metadata'],
      stream,
      revision,
      position,
    });
    return { position, stream, bytes: json.data.length + json.metadata.length, recorded };
  }
}
