import type { SyncStream } from '#lib/ports';
import { RowQuality, type Message } from '../../kit/index.js';

/** A row that could not be read; why, in words that hold nothing of the row itself. */
export type Bad = { readonly bad: string };

export const isBad = (reading: unknown): reading is Bad =>
  typeof reading === 'object' && reading !== null && 'bad' in reading;

/** Counts the rows of one file and says of each bad one where it is. */
export class BadRows {
  readonly #quality: RowQuality;
  #row = 0;

  constructor(
    private readonly label: string,
    private readonly stream: SyncStream,
    limit: number,
  ) {
    this.#quality = new RowQuality(label, limit);
  }

  good(): void {
    this.#row++;
    this.#quality.good();
  }

  /** @throws {ConnectorError} SCHEMA_DRIFT when there are too many. */
  bad({ bad }: Bad): Message {
    this.#row++;
    this.#quality.bad();
    return { kind: 'rejected', stream: this.stream, reason: `${this.label}, row ${this.#row}: ${bad}` };
  }

  /** @throws {ConnectorError} SCHEMA_DRIFT when not one row was good. */
  finish(): void {
    this.#quality.finish();
  }
}
