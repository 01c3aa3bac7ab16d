export interface Restorable {
  restore(key: string | number, before: unknown): void;
}

/** What the event at work has changed so far, over all tables, so that it can be taken back whole. */
export class Journal {
  // Side by side rather than objects: there are a few entries for every event of a rebuild, and hardly ever an undo.
  readonly #tables: Restorable[] = [];
  readonly #keys: (string | number)[] = [];
  readonly #befores: unknown[] = [];
  #length = 0;

  note(table: Restorable, key: string | number, before: unknown): void {
    this.#tables[this.#length] = table;
    this.#keys[this.#length] = key;
    this.#befores[this.#length] = before;
    this.#length += 1;
  }

  /** The event is done: its changes stay. */
  accept(): void {
    this.#length = 0;
  }

  /** The event failed: its changes are taken back, the last one first. */
  undo(): void {
    for (let at = this.#length - 1; at >= 0; at -= 1)
      this.#tables[at]?.restore(this.#keys[at] ?? '', this.#befores[at]);
    this.#length = 0;
  }
}
