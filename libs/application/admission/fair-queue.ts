import { Ring } from './ring.js';

/** Something that waits: shared out over tenants, then users, then connections. */
export type Claimant = { readonly tenant: string; readonly user: string; readonly connection: string };

/** Whether a tenant may have more now, and how many turns it has in a row. */
export type TenantTurns = { open(tenant: string): boolean; weight(tenant: string): number };
const equal: TenantTurns = { open: () => true, weight: () => 1 };

type Leaf<T> = { readonly entries: T[]; head: number };
type Connections<T> = Ring<string, Leaf<T>>;
type Users<T> = Ring<string, Connections<T>>;

const newLeaf = <T>(): Leaf<T> => ({ entries: [], head: 0 });
const isEmpty = (ring: { readonly isEmpty: boolean }): boolean => ring.isEmpty;

/**
 * Round robin over tenants, within a tenant over its users, within a user over their connections: whoever was served
 * goes to the back of each of the three rings, a tenant of more weight after so many turns. First in, first out within
 * a connection. Entries that are no longer wanted are dropped when they are met (`live`), so leaving the queue costs
 * nothing.
 */
export class FairQueue<T extends Claimant> {
  readonly #tenants = new Ring<string, Users<T>>();

  constructor(
    private readonly live: (entry: T) => boolean,
    private readonly shares: TenantTurns = equal,
  ) {}

  push(entry: T): void {
    const users = this.#tenants.getOrAdd(entry.tenant, (): Users<T> => new Ring());
    const connections = users.getOrAdd(entry.user, (): Connections<T> => new Ring());
    connections.getOrAdd(entry.connection, newLeaf<T>).entries.push(entry);
  }

  /**
   * Takes the next entry whose user and connection are free. What is skipped is only those who have something
   * running already, so the search is bounded by the number of running attempts.
   */
  take(free: (entry: T) => boolean): T | undefined {
    const fromUser = (connections: Connections<T>): T | undefined => this.#fromUser(connections, free);
    return this.#tenants.turn(
      // One that has all it may have is passed over whole, however many of it wait.
      (users, tenant) => (this.shares.open(tenant) ? users.turn(fromUser, isEmpty) : undefined),
      isEmpty,
      (tenant) => this.shares.weight(tenant),
    );
  }

  #fromUser(connections: Connections<T>, free: (entry: T) => boolean): T | undefined {
    return connections.turn(
      (leaf) => {
        const entry = this.#peek(leaf);
        if (entry === undefined || !free(entry)) return undefined;
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

/** Gives back the room of entries already taken, now and then. */
function compact<T>(leaf: Leaf<T>): void {
  if (leaf.head < 64 || leaf.head * 2 < leaf.entries.length) return;
  leaf.entries.splice(0, leaf.head);
  leaf.head = 0;
}
