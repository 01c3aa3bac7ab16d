import type { EncodedJson, RecentEvent } from '../feed/index.js';
import type { EventMetadata, NewEvent, RecordedEvent } from '../port/index.js';
import { flatCopy } from './flat-copy.js';

/** Objects take more room than their JSON; a rough measure is enough to bound memory. */
const OVERHEAD_BYTES = 300;

/**
 * An event on its way into the file and out to subscribers. They get what a reader of the file would get, made from
 * the same JSON or copied where that is the same, not the caller's object; made once, and only if somebody looks.
 */
export class EncodedEvent implements RecentEvent {
  /** Known once it is committed. */
  position = 0;
  readonly id: string;
  readonly type: string;
  readonly bytes: number;
  #json: EncodedJson | undefined;
  /** Copies, where JSON would give the same. */
  readonly #data: object | undefined;
  readonly #metadata: EventMetadata | undefined;
  #recorded: RecordedEvent | undefined;

  constructor(
    event: NewEvent,
    readonly stream: string,
    readonly revision: number,
    json: EncodedJson,
  ) {
    this.id = event.id;
    this.type = event.type;
    this.#json = json;
    this.#data = flatCopy(event.data);
    this.#metadata = flatCopy(event.metadata);
    this.bytes = json.data.length + json.metadata.length + OVERHEAD_BYTES;
  }

  /** Its part of a group on the way to the writer; once somebody has looked at it, the JSON is gone. */
  appendTo(parts: string[]): void {
    if (this.#json === undefined) throw new Error('an event is written before it is read');
    parts.push(this.id, this.type, this.#json.data, this.#json.metadata);
  }

  get recorded(): RecordedEvent {
    this.#recorded ??= this.#record();
    return this.#recorded;
  }

  #record(): RecordedEvent {
    const { id, type, stream, revision, position } = this;
    const json = this.#json;
    this.#json = undefined;
    return {
      id,
      type,
      data: this.#data ?? (JSON.parse(json?.data ?? '{}') as object),
      metadata: this.#metadata ?? (JSON.parse(json?.metadata ?? '{}') as EventMetadata),
      stream,
      revision,
      position,
    };
  }
}
