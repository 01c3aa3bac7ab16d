type Link<K, V> = {
  readonly key: K;
  readonly member: V;
  /** Turns that it has left before it goes to the back; 0: its round has not begun. */
  left: number;
  before: Link<K, V> | undefined;
  after: Link<K, V> | undefined;
};

const once = (): number => 1;

/**
 * Members who take turns. A map in order of insertion would do, but that it walks over the places of all who left
 * before: with a hundred thousand of them each turn would be a long way.
 */
export class Ring<K, V> {
  /** Made for a second member: most rings are those of one user's only connection. */
  #links: Map<K, Link<K, V>> | undefined;
  #first: Link<K, V> | undefined;
  #last: Link<K, V> | undefined;

  get isEmpty(): boolean {
    return this.#first === undefined;
  }

  getOrAdd(key: K, make: () => V): V {
    const known = this.#find(key);
    if (known !== undefined) return known.member;
    const link: Link<K, V> = { key, member: make(), left: 0, before: undefined, after: undefined };
    if (this.#first !== undefined) this.#links ??= new Map([[this.#first.key, this.#first]]);
    this.#links?.set(key, link);
    this.#append(link);
    return link.member;
  }

  #find(key: K): Link<K, V> | undefined {
    if (this.#links !== undefined) return this.#links.get(key);
    return this.#first?.key === key ? this.#first : undefined;
  }

  /**
   * Asks the members in order; who gives goes to the back, who is empty leaves. `weight`: how many turns a member has in a
   * row, a whole number from 1 on.
   */
  turn<T>(
    ask: (member: V, key: K) => T | undefined,
    empty: (member: V) => boolean,
    weight: (key: K) => number = once,
  ): T | undefined {
    for (let link = this.#first; link !== undefined;) {
      const { after, member, key } = link;
      const given = ask(member, key);
      if (empty(member)) {
        this.#unlink(link);
        this.#links?.delete(key);
      } else if (given !== undefined) {
        link.left = (link.left === 0 ? weight(key) : link.left) - 1;
        if (link.left === 0) {
          this.#unlink(link);
          this.#append(link);
        }
      }
      if (given !== undefined) return given;
      link = after;
    }
    return undefined;
  }

  #append(link: Link<K, V>): void {
    link.before = this.#last;
    link.after = undefined;
    if (this.#last === undefined) this.#first = link;
    else this.#last.after = link;
    this.#last = link;
  }

  #unlink({ before, after }: Link<K, V>): void {
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
  }
}
