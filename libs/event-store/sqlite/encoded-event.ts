import type { EncodedJson, RecentEvent } from '../feed/index.js';
import type { EventMetadata, RecordedEvent } from '../port/index.js';

/** Objects take more room than their JSON; a rough measure is enough to bound memory. */
const OVERHEAD_BYTES = 300;

/**
 * An event on its way into the file and out to subscribers. They get what a reader of the file would get, parsed from
 * the same JSON, not the caller's object; parsed once, and only if somebody looks.
 */
export class EncodedEvent implements RecentEvent {
  /** Known once it is committed. */
  position = 0;
  #json: EncodedJson | undefined;
  #recorded: RecordedEvent | undefined;
  readonly bytes: number;

  constructor(
    readonly id: string,
    readonly type: string,
    readonly stream: string,
    readonly revision: number,
    json: EncodedJson,
  ) {
    this.#json = json;
    this.bytes = json.data.length + json.metadata.length + OVERHEAD_BYTES;
  }

  /** Its part of a group on the way to the writer; once somebody has looked at it, the JSON is gone. */
  appendTo(parts: string[]): void {
    if (this.#json === undefined) throw new Error('an event is written before it is read');
    parts.push(this.id, this.type, this.#json.data, this.#json.metadata);
  }

  get recorded(): RecordedEvent {
    this.#recorded ??= this.#parse();
    return this.#recorded;
  }

  #parse(): RecordedEvent {
    const { id, type, stream, revision, position } = this;
    const { data, metadata } = this.#json ?? { data: '{}', metadata: '{}' };
    this.#json = undefined;
    return {
      id,
      type,
      data: JSON.parse(data) as object,
      metadata: JSON.parse(metadata) as EventMetadata,
      stream,
      revision,
      position,
    };
  }
}
