import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNats, type NatsServer } from '../../scripts/nats-server.mjs';
import { EventStoreDouble } from '../support/eventstore/index.js';
import { FaultProxy } from '../support/faults/proxy.js';
import { Node } from './node.js';
import { seeded } from './seeded.mjs';
import type { Happened } from './story.js';
import { World } from './world.js';

export type ClusterOptions = {
  readonly schedulers: number;
  readonly executors: number;
  readonly leaseSeconds: number;
  readonly takeoverSeconds: number;
  readonly concurrency?: number;
  /** Of what links and engines draw. */
  readonly seed: number;
};

/** A node with a proxy of its own before each server that it speaks to. */
export type Member = { readonly node: Node; readonly nats: FaultProxy; readonly store?: FaultProxy };

const engine = fileURLToPath(new URL('./engine.mjs', import.meta.url));

/** The distributed system in processes on one machine, every link of it breakable. */
export class Cluster {
  readonly schedulers: Member[] = [];
  readonly executors: Member[] = [];
  /** What was done to its members, and what they wrote to their logs. */
  readonly happened: Happened[] = [];

  private constructor(
    readonly folder: string,
    readonly world: World,
    readonly store: EventStoreDouble,
    public nats: NatsServer,
    private readonly options: ClusterOptions,
  ) {}

  static async start(options: ClusterOptions): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-faults-'));
    const store = new EventStoreDouble();
    await store.start();
    const nats = await startNats({ folder: join(folder, 'nats') });
    const cluster = new Cluster(folder, await World.open(), store, nats, options);
    for (let n = 1; n <= options.schedulers; n += 1)
      cluster.schedulers.push(await cluster.#member('scheduler', `s${n}`));
    for (let n = 1; n <= options.executors; n += 1)
      cluster.executors.push(await cluster.#member('executor', `e${n}`));
    try {
      await Promise.all(cluster.members.map(({ node }) => node.start()));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  readonly say = (text: string): void => void this.happened.push({ at: Date.now(), text });

  get storePort(): number {
    return this.store.port;
  }

  get members(): readonly Member[] {
    return [...this.schedulers, ...this.executors];
  }

  get proxies(): readonly FaultProxy[] {
    return this.members.flatMap(({ nats, store }) => (store === undefined ? [nats] : [nats, store]));
  }

  async #member(role: 'scheduler' | 'executor', name: string): Promise<Member> {
    const { leaseSeconds, takeoverSeconds, concurrency = 50, seed } = this.options;
    const draws = (part: number): number => 1_000 * seed + 10 * this.members.length + part;
    const proxy = (targetPort: number, part: number): Promise<FaultProxy> =>
      FaultProxy.start({ targetHost: '127.0.0.1', targetPort, random: seeded(draws(part)) });
    const nats = await proxy(this.nats.port, 1);
    const common = {
      SYNCOPATE_NATS_URL: nats.url('nats'),
      SYNCOPATE_SYNC_ENGINE: engine,
      SYNCOPATE_LEASE_SECONDS: String(leaseSeconds),
      SYNCOPATE_CONCURRENCY: String(concurrency),
      FAULTS_WORLD_PORT: String(this.world.port),
      FAULTS_DRAWS: String(draws(3)),
    };
    if (role === 'executor') return { nats, node: new Node(role, name, common, this.say) };
    const store = await proxy(this.storePort, 2);
    const own = {
      ...common,
      SYNCOPATE_EVENTSTORE_URL: `${store.url('esdb')}?tls=false`,
      SYNCOPATE_DATA: join(this.folder, name),
      SYNCOPATE_PORT: '0',
      SYNCOPATE_VAULT_KEYS: Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64'),
      SYNCOPATE_TAKEOVER_SECONDS: String(takeoverSeconds),
      SYNCOPATE_ALLOW_SHORT_INTERVALS: 'true',
      SYNCOPATE_SCHEDULES_PER_USER: '10000',
      SYNCOPATE_SCHEDULES_PER_USER_AND_PROVIDER: '10000',
    };
    return { nats, store, node: new Node(role, name, own, this.say) };
  }

  /** A new nats-server on the same port and folder. */
  async restartNats(): Promise<void> {
    await this.nats.stop('SIGKILL');
    await this.startNats();
  }

  /** After it was stopped. */
  async startNats(): Promise<void> {
    this.nats = await startNats({ folder: join(this.folder, 'nats'), port: this.nats.port });
  }

  /** What JetStream held is what it held some time ago: somebody restored a backup. */
  async rollBackNats(ageMs: number): Promise<void> {
    const folder = join(this.folder, 'nats');
    await this.nats.stop('SIGTERM');
    cpSync(folder, `${folder}-copy`, { recursive: true });
    await this.startNats();
    await new Promise((resolve) => setTimeout(resolve, ageMs));
    await this.nats.stop('SIGKILL');
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-copy`, folder);
    await this.startNats();
  }

  async restartStore(): Promise<void> {
    await this.store.stop();
    await this.store.start(this.storePort);
  }

  /** Everybody is asked to stop, while there is somebody to report to. What was not asked for, in the whole of their lives. */
  async retire(): Promise<readonly string[]> {
    for (const { node } of [...this.executors, ...this.schedulers]) await node.retire();
    return this.members.flatMap(({ node }) => node.complaints);
  }

  async stop(): Promise<void> {
    for (const { node } of this.members) await node.end('SIGKILL');
    for (const proxy of this.proxies) await proxy.close();
    await this.nats.stop();
    await this.store.stop();
    await this.world.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
