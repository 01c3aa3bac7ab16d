import { LRUCache } from 'lru-cache';

/**
 * Counts how often a key came among the last `window` distinct ones. Bounded, so that a file of any length costs the
 * same memory; what lies further apart is settled by the sink, which updates by key.
 */
export class RecentKeys {
  readonly #counts: LRUCache<string, number>;

  constructor(window = 50_000) {
    // By size: a bound by number would take the room for all of them at once, however short the file.
    this.#counts = new LRUCache({ maxSize: window, sizeCalculation: () => 1 });
  }

  /** 0 at the first sight, then 1, 2, … */
  seen(key: string): number {
    const before = this.#counts.get(key) ?? 0;
    this.#counts.set(key, before + 1);
    return before;
  }
}
