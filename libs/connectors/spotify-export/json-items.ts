import type { Readable } from 'node:stream';
import { JSONParser } from '@streamparser/json';
import { refused } from '../amazon-export/upload/index.js';
import { isConnectorError, throwIfCancelled } from '../kit/index.js';

/** An element of the outermost array, with its index, or a member of the outermost object, with its name. */
export type JsonItem = { readonly key: string | number; readonly value: unknown };

/** An item is some 700 bytes; without a bound, one that never ends would be gathered until memory is gone. */
const MAX_ITEM_BYTES = 1024 * 1024;
/** With a buffer, strings of many pieces cost no string for each piece. */
const STRING_BUFFER = 4 * 1024;

/**
 * Streams what the outermost array or object of a JSON file holds. A file without a single byte holds nothing.
 * @throws {ConnectorError} CONFIG: not JSON, cut off, or an item over 1 MiB; CANCELLED.
 */
export async function* jsonItems(
  open: () => Promise<Readable>,
  file: string,
  signal: AbortSignal,
): AsyncGenerator<JsonItem> {
  const stream = await open();
  const reader = new ItemReader(file);
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      throwIfCancelled(signal);
      yield* reader.take(piece);
    }
    reader.finish();
  } catch (error) {
    // Unpacking fails in its own words when a ZIP is damaged, or holds more than it claims.
    throw isConnectorError(error) ? error : brokenJson(file);
  } finally {
    stream.destroy();
  }
}

class ItemReader {
  readonly #parser = new JSONParser({
    paths: ['$.*'],
    keepStack: false,
    stringBufferSize: STRING_BUFFER,
    numberBufferSize: 64,
  });
  #items: JsonItem[] = [];
  #sinceItem = 0;
  #begun = false;

  constructor(private readonly file: string) {
    this.#parser.onValue = ({ key, value }) => void this.#items.push({ key: key ?? '', value });
  }

  take(piece: Buffer): readonly JsonItem[] {
    this.#begin(piece);
    // Throws errors of its own at what is not JSON.
    this.#parser.write(piece);
    const items = this.#items;
    this.#items = [];
    this.#sinceItem = items.length > 0 ? 0 : this.#sinceItem + piece.length;
    if (this.#sinceItem > MAX_ITEM_BYTES)
      throw refused('json_item', `${this.file} is not as Spotify makes it`);
    return items;
  }

  finish(): void {
    // A parser that has seen the outermost bracket close has ended itself.
    if (this.#begun && !this.#parser.isEnded) throw brokenJson(this.file);
  }

  /** A bare word or number would be parsed to its end without a single item. */
  #begin(piece: Buffer): void {
    if (this.#begun) return;
    const first = piece
      .toString('latin1', 0, 64)
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart();
    if (first === '') return;
    if (!/^[[{]/.test(first)) throw brokenJson(this.file);
    this.#begun = true;
  }
}

const brokenJson = (file: string): Error =>
  refused('json_broken', `${file} is not complete JSON: download and upload it again`);
