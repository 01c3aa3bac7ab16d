/** Something that waits: shared out over tenants, then users, then connections. */
export type Claimant = { readonly tenant: string; readonly user: string; readonly connection: string };

type Leaf<T> = { readonly entries: T[]; head: number };

/**
 * Round robin over tenants, within a tenant over its users, within a user over their connections: whoever was served
 * goes to the back of each of the three rings. First in, first out within a connection. Entries that are no longer
 * wanted are dropped when they are met (`live`), so leaving the queue costs nothing.
 */
export class FairQueue<T extends Claimant> {
  readonly #tenants = new Map<string, Map<string, Map<string, Leaf<T>>>>();

  constructor(private readonly live: (entry: T) => boolean) {}

  push(entry: T): void {
    const users = getOrAdd(this.#tenants, entry.tenant, () => new Map<string, Map<string, Leaf<T>>>());
    const connections = getOrAdd(users, entry.user, () => new Map<string, Leaf<T>>());
    getOrAdd(connections, entry.connection, (): Leaf<T> => ({ entries: [], head: 0 })).entries.push(entry);
  }

  /**
   * Takes the next entry whose user and connection are free. What is skipped is only those who have something
   * running already, so the search is bounded by the number of running attempts.
   */
  take(free: { user(entry: T): boolean; connection(entry: T): boolean }): T | undefined {
    return turn(this.#tenants, (users) => turn(users, (connections) => this.#fromUser(connections, free)));
  }

  #fromUser(
    connections: Map<string, Leaf<T>>,
    free: { user(entry: T): boolean; connection(entry: T): boolean },
  ): T | undefined {
    return turn(
      connections,
      (leaf) => {
        const entry = this.#peek(leaf);
        if (entry === undefined || !free.user(entry) || !free.connection(entry)) return undefined;
        leaf.head += 1;
        compact(leaf);
        return entry;
      },
      (leaf) => this.#peek(leaf) === undefined,
    );
  }

  #peek(leaf: Leaf<T>): T | undefined {
    for (;;) {
      const entry = leaf.entries[leaf.head];
      if (entry === undefined || this.live(entry)) return entry;
      leaf.head += 1;
    }
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Gives back the room of entries already taken, now and then. */
function compact<T>(leaf: Leaf<T>): void {
  if (leaf.head < 64 || leaf.head * 2 < leaf.entries.length) return;
  leaf.entries.splice(0, leaf.head);
  leaf.head = 0;
}

const emptyMap = (child: unknown): boolean => child instanceof Map && child.size === 0;

/** Asks the members in ring order; who gives goes to the back, who is empty leaves. */
function turn<K, V, T>(
  ring: Map<K, V>,
  ask: (member: V) => T | undefined,
  empty: (member: V) => boolean = emptyMap,
): T | undefined {
  for (const [key, member] of ring) {
    const given = ask(member);
    if (empty(member)) {
      ring.delete(key);
    } else if (given !== undefined) {
      ring.delete(key);
      ring.set(key, member);
    }
    if (given !== undefined) return given;
  }
  return undefined;
}
