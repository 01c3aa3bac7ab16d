type Store<K, V> = { get(key: K): V | undefined; set(key: K, value: V): unknown };

/**
 * Remembers what was asked for lately, in bounded memory: two generations of at most `capacity` entries. When the young
 * one is full it becomes the old one, and what the old one held is forgotten unless it was asked for since. Only ever
 * holds what can be computed again, so that forgetting is invisible.
 */
export class Recent<K, V> {
  #young: Store<K, V>;
  #old: Store<K, V>;
  #count = 0;

  constructor(
    private readonly capacity: number,
    private readonly empty: () => Store<K, V>,
  ) {
    this.#young = empty();
    this.#old = empty();
  }

  /** What is known of `key`, or else made now. What throws while being made is not remembered. */
  of(key: K, make: (key: K) => V): V {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(key) ?? make(key);
    if (this.#count >= this.capacity) {
      this.#old = this.#young;
      this.#young = this.empty();
      this.#count = 0;
    }
    this.#young.set(key, value);
    this.#count += 1;
    return value;
  }
}
