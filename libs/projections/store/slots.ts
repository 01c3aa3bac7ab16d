import type { RowKey } from './table.js';

/** What is known of one key. */
export type Slot<Row> = {
  readonly key: RowKey;
  /** As folds see it; null: there is none; undefined: nobody has looked yet. */
  row: Row | null | undefined;
  /** As the file has it; null: it has none; undefined: not known, or no longer what `row` was read as. */
  stored: Row | null | undefined;
  /** Touched since the last flush. */
  dirty: boolean;
  /** When it was last asked for. */
  generation: number;
};

/**
 * Slots by their keys, in two generations: who is asked for is of the young one, and the old one is dropped when the
 * table ages. Nothing is dropped but then.
 */
export class Slots<Row> {
  #young = new Map<RowKey, Slot<Row>>();
  #old: Map<RowKey, Slot<Row>> | undefined;
  #generation = 0;
  /** Folds ask for a row and put it, one after the other: looking for a key costs most of what either does. */
  #last: Slot<Row> | undefined;

  /** How many are young, whatever their table has. */
  get size(): number {
    return this.#young.size;
  }

  get isEmpty(): boolean {
    return this.#young.size === 0 && this.#old === undefined;
  }

  find(key: RowKey): Slot<Row> | undefined {
    if (this.#last?.key === key) return this.#last;
    let slot = this.#young.get(key);
    if (slot === undefined) {
      slot = this.#old?.get(key);
      if (slot === undefined) return undefined;
      slot.generation = this.#generation;
      this.#young.set(key, slot);
    }
    this.#last = slot;
    return slot;
  }

  /** A slot for a key that has none. */
  add(key: RowKey, row: Row | null | undefined): Slot<Row> {
    const slot = { key, row, stored: row, dirty: false, generation: this.#generation };
    this.#young.set(key, slot);
    this.#last = slot;
    return slot;
  }

  remove({ key }: Slot<Row>): void {
    this.#young.delete(key);
    this.#old?.delete(key);
    this.#last = undefined;
  }

  /** Drops those that were not asked for since it aged last. None of them may be dirty. */
  age(dropped: (slot: Slot<Row>) => void): void {
    for (const slot of this.#old?.values() ?? []) if (slot.generation < this.#generation) dropped(slot);
    this.#old = this.#young.size > 0 ? this.#young : undefined;
    this.#young = new Map();
    this.#generation += 1;
    this.#last = undefined;
  }
}
