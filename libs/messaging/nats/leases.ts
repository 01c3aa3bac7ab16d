import type { KV, KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { shardLeases, singletonLeases } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import type { Environment, Leases } from '#lib/ports';
import { announcedBy, isAnothers, LogsApart, NodeTaken, otherNodes, presenceOf } from './announcements.js';
import { follow, livesOtherwise, openLeaseBucket } from './lease-bucket.js';
import { LeaseTable } from './lease-table.js';
import { isConflict } from './shared-map.js';

export type KvLeasesOptions = {
  readonly nc: NatsConnection;
  readonly environment: Environment;
  /** This node's name: unique among nodes. */
  readonly node: string;
  readonly ttlMs?: Millis;
  /** Whether this node can do what it holds leases for. Default: always. While it cannot, others have its share. */
  readonly able?: () => boolean;
  /** What this node takes a part in. Default: everything. One that takes no shards is not counted among those who share them. */
  readonly part?: { readonly shards: readonly string[]; readonly singletons: readonly string[] };
  /** This node's log is a file of its own: then there may be no other node. Default: all nodes have one log. */
  readonly ownLog?: boolean;
  readonly onError: (what: string, error: unknown) => void;
  /** Told of what is not as it should be, and keeps nothing from going on. Default: nobody. */
  readonly onNotice?: (message: string) => void;
};

/** How the announcement of a node begins that has a log of its own. */
const OWN_LOG = 'own log';
const DEFAULT_TTL = 6_000;
/** Below the server's own count by this much, so that it never gives away what we still believe to hold. */
const MARGIN = 1_000;

/**
 * Leases as keys of a NATS KV bucket whose entries expire. A lease is won by creating its key, kept by updating it at
 * the revision that we wrote last, and given up by deleting it; the server decides who is first.
 *
 * Every node announces itself under `node.<name>` and takes its even share of the shards: a node with more gives some
 * up, one with fewer takes what is free. Holding is judged by the monotonic clock from before the last write was
 * sent, so a node that stood still, or cannot reach NATS, stops acting before its leases expire at the server.
 */
export class KvLeases implements Leases {
  readonly #listeners = new Set<() => void>();
  readonly #table: LeaseTable;
  readonly #ttl: Millis;
  #kv: KV | undefined;
  /** How long entries live at the server: as long as this node believes in its own, or longer. */
  #lives: Millis;
  #watching: { stop(): void } | undefined;
  #cancel: (() => void) | undefined;
  #stopped = false;
  /** It is not able to do anything, and has given up what it had. */
  #aside = false;
  #round: Promise<void> = Promise.resolve();
  #held = '';
  /** Something was not held for a while, and may be again: listeners are told, whatever they were told last. */
  #lapsed = false;
  /** What this process says of itself under its name; another that bears the name says something else. */
  readonly #announcement: string;
  /** Revision of its last announcement. */
  #announced = Number.POSITIVE_INFINITY;

  constructor(private readonly options: KvLeasesOptions) {
    this.#ttl = this.#lives = options.ttlMs ?? DEFAULT_TTL;
    const margin = Math.min(MARGIN, this.#ttl / 4);
    const process = options.environment.ids.next();
    this.#announcement = options.ownLog === true ? `${OWN_LOG} ${process}` : process;
    this.#table = new LeaseTable(options.node, this.#ttl, margin, options.environment.clock);
  }

  /**
   * Asked before anything is done under the name. One that was killed is announced until its entry expires, and does not renew it.
   * @throws {NodeTaken}
   */
  async assertOwnName(): Promise<void> {
    if (this.#part.shards.length === 0) return;
    const alive = await this.#isRenewed().catch((error: unknown) => {
      this.options.onError('leases', error);
      return false;
    });
    if (alive) throw new NodeTaken(this.options.node);
  }

  async #isRenewed(): Promise<boolean> {
    const { clock, timers } = this.options.environment;
    const kv = (this.#kv ??= await this.#open());
    const first = await kv.get(this.#presence);
    const until = clock.monotonic() + this.#ttl / 2;
    for (let entry = first; entry?.operation === 'PUT'; entry = await kv.get(this.#presence)) {
      if (entry.revision !== first?.revision) return true;
      if (clock.monotonic() >= until) return false;
      await new Promise<void>((resolve) => timers.after(this.#ttl / 6, resolve));
    }
    return false;
  }

  /** Resolves after the first round: what is free is then held. @throws {LogsApart} */
  async start(): Promise<void> {
    // Who cannot be asked now is not waited for: leases have patience of their own.
    await this.#assertOneLog().catch((error: unknown) => {
      if (error instanceof LogsApart) throw error;
      this.options.onError('leases', error);
    });
    await this.#tick();
  }

  /** One that was killed is announced until its entry expires: so long is waited. */
  async #assertOneLog(): Promise<void> {
    const { environment, ownLog = false } = this.options;
    const { clock, timers } = environment;
    const kv = (this.#kv ??= await this.#open());
    const until = clock.monotonic() + this.#lives * 1.5;
    for (;;) {
      const others = await this.#others(kv);
      const apart = others.filter(({ says }) => ownLog || says.startsWith(OWN_LOG));
      if (apart.length === 0) return;
      if (clock.monotonic() >= until || this.#stopped) throw new LogsApart(apart.map(({ node }) => node));
      await new Promise<void>((resolve) => timers.after(this.#ttl / 6, resolve));
    }
  }

  /** Gives everything up, for others to take at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#round;
    this.#watching?.stop();
    if (this.options.nc.isClosed() || this.#kv === undefined) return;
    await this.#giveUp(this.#kv);
  }

  async #giveUp(kv: KV): Promise<void> {
    const mine = [...this.#table.mine()];
    this.#table.dropAll();
    this.#tell();
    // Only what is still ours: after standing still we may remember what the server has given to somebody else since.
    const deletions = mine.map(([lease, { revision }]) => kv.delete(lease, { previousSeq: revision }));
    await Promise.allSettled([...deletions, kv.delete(this.#presence)]);
  }

  holds(lease: string): boolean {
    return this.#table.holds(lease);
  }

  epoch(lease: string): number {
    return this.#table.epoch(lease);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How long the server is waited for: less than a lease lives. */
  get #timeout(): Millis {
    return Math.min(3_000, this.#ttl / 2);
  }

  get #presence(): string {
    return presenceOf(this.options.node);
  }

  get #part() {
    return this.options.part ?? { shards: shardLeases, singletons: singletonLeases };
  }

  async #tick(): Promise<void> {
    if (this.#stopped) return;
    this.#round = this.#renewAndBalance().catch((error: unknown) => {
      // The bucket may be gone, with everything in it: opened again at the next round.
      this.#watching?.stop();
      this.#kv = undefined;
      if (!this.#stopped) this.options.onError('leases', error);
    });
    await this.#round;
    this.#tell();
    if (!this.#stopped)
      this.#cancel = this.options.environment.timers.after(this.#ttl / 6, () => void this.#tick());
  }

  async #renewAndBalance(): Promise<void> {
    const kv = (this.#kv ??= await this.#open());
    const wasAside = this.#aside;
    this.#aside = this.options.able?.() === false;
    if (this.#aside) return wasAside ? undefined : this.#giveUp(kv);
    const { shards, singletons } = this.#part;
    if (shards.length > 0) {
      const isNew = this.#announced === Number.POSITIVE_INFINITY;
      this.#announced = await kv.put(this.#presence, this.#announcement);
      // Somebody who could not see it before may have shortened what it relies on.
      if (isNew) await this.#bucket();
      this.#table.seeNode(this.options.node);
    }
    await Promise.all([...this.#table.due()].map((lease) => this.#renew(kv, lease)));
    for (const lease of this.#table.surplus(shards)) await this.#release(kv, lease);
    const wanted = [...this.#table.wanted(shards), ...this.#table.free(singletons)];
    await Promise.all(wanted.map((lease) => this.#acquire(kv, lease)));
  }

  #others(kv: KV): ReturnType<typeof otherNodes> {
    const { nc, node } = this.options;
    return otherNodes({ nc, kv, timeout: this.#timeout }, node);
  }

  async #bucket(): Promise<KV> {
    const { nc, node, onNotice } = this.options;
    // One that says nothing of itself is not counted by others, and shortens nothing for them.
    const alone = async (found: KV): Promise<boolean> =>
      this.#part.shards.length > 0 &&
      (await this.#others(found)).length === 0 &&
      !(await isAnothers(found, node, singletonLeases));
    const { kv, lives } = await openLeaseBucket(nc, { ttl: this.#ttl, timeout: this.#timeout, alone });
    if (lives !== this.#ttl && lives !== this.#lives) onNotice?.(livesOtherwise(lives, this.#ttl));
    this.#lives = lives;
    return kv;
  }

  async #open(): Promise<KV> {
    const kv = await this.#bucket();
    const watch = await kv.watch();
    this.#watching = watch;
    // Who does not hear of the others any more opens the bucket anew, at its next round.
    void follow(watch, (entry) => this.#see(entry), this.options.onError).then(() => {
      if (this.#watching === watch) this.#kv = undefined;
    });
    return kv;
  }

  #see(entry: KvWatchEntry): void {
    const gone = entry.operation !== 'PUT';
    const announced = announcedBy(entry.key);
    if (announced !== undefined) {
      const other = !gone && announced === this.options.node && entry.string() !== this.#announcement;
      if (other && entry.revision > this.#announced) this.options.onError('leases', new NodeTaken(announced));
      return gone ? this.#table.loseNode(announced) : this.#table.seeNode(announced);
    }
    if (gone) return this.#table.seeFree(entry.key);
    const { node, epoch } = entry.json<{ node: string; epoch: number }>();
    this.#table.see(entry.key, { node, epoch });
  }

  async #renew(kv: KV, lease: string): Promise<void> {
    const mine = this.#table.held(lease);
    if (mine === undefined) return;
    const sent = this.options.environment.clock.monotonic();
    try {
      const revision = await kv.update(lease, this.#value(mine.epoch), mine.revision);
      // Whoever asked meanwhile was told no, and let go of what it had to do: it is told to look again.
      this.#lapsed ||= !this.#table.holds(lease);
      this.#table.hold(lease, { epoch: mine.epoch, revision, since: sent });
    } catch (error) {
      if (!isConflict(error)) throw error;
      this.#table.drop(lease);
    }
  }

  async #acquire(kv: KV, lease: string): Promise<void> {
    const sent = this.options.environment.clock.monotonic();
    const epoch = Math.max(this.#table.epoch(lease) + 1, Math.floor(this.options.environment.clock.now()));
    try {
      const revision = await kv.create(lease, this.#value(epoch));
      this.#table.hold(lease, { epoch, revision, since: sent });
    } catch (error) {
      if (!isConflict(error)) throw error;
      // Someone has it: looked at again when they had time to renew it.
      this.#table.seeTaken(lease);
    }
  }

  async #release(kv: KV, lease: string): Promise<void> {
    const revision = this.#table.held(lease)?.revision;
    this.#table.drop(lease);
    this.#tell();
    if (revision === undefined) return;
    await kv.delete(lease, { previousSeq: revision }).catch((error: unknown) => {
      // It ran out before, and may be somebody else's by now.
      if (!isConflict(error)) throw error;
    });
  }

  #value(epoch: number): string {
    return JSON.stringify({ node: this.options.node, epoch });
  }

  /** Tells listeners when what is held differs from what they were told last. */
  #tell(): void {
    const held = this.#table.fingerprint();
    if (held === this.#held && !this.#lapsed) return;
    this.#held = held;
    this.#lapsed = false;
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.options.onError('lease listener', error);
      }
    }
  }
}
