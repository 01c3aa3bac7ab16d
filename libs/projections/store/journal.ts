/** What holds a value that may be put back. */
type Restorable = { row: unknown };

/** What the event at work has changed so far, over all tables, so that it can be taken back whole. */
export class Journal {
  // Side by side rather than objects: there are a few entries for every event of a rebuild, and hardly ever an undo.
  readonly #slots: Restorable[] = [];
  readonly #befores: unknown[] = [];
  #length = 0;

  note(slot: Restorable): void {
    this.#slots[this.#length] = slot;
    this.#befores[this.#length] = slot.row;
    this.#length += 1;
  }

  /** The event is done: its changes stay. */
  accept(): void {
    this.#length = 0;
  }

  /** The event failed: its changes are taken back, the last one first. */
  undo(): void {
    for (let at = this.#length - 1; at >= 0; at -= 1) {
      const slot = this.#slots[at];
      if (slot !== undefined) slot.row = this.#befores[at];
    }
    this.#length = 0;
  }
}
