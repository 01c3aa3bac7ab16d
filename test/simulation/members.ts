import { streams } from '#lib/contracts/messages';
import { MemoryVault } from '#lib/credentials';
import type { Millis } from '#lib/domain/kernel';
import type { MemoryEventStore } from '#lib/event-store/memory';
import { openReadModel } from '#lib/projections';
import { MemorySink } from '#lib/sink';
import { Engine, readConfiguration, Telemetry, Troubles, type Log } from '#lib/wiring';
import { NatsDistribution } from '../../libs/messaging/nats/distribution.js';
import { KvLeases } from '../../libs/messaging/nats/leases.js';
import type { JetStreamLayout } from '../../libs/messaging/nats/streams.js';
import { FaultyStore, type Mutate } from './faulty-store.js';
import { VirtualIntake } from './intake.js';
import { fair } from './link.js';
import type { Hooks } from './hooks.js';
import type { Machine } from './machine.js';
import type { Connection, Network } from './network.js';
import type { Process } from './process.js';
import type { Provider } from './provider.js';
import type { Random } from './random.js';
import type { ReadModelFiles } from './read-models.js';
import { startExecutor, unwatched } from './unwatched.js';
import './virtual-kv.js';

export type World = {
  readonly machine: Machine;
  readonly network: Network;
  readonly server: MemoryEventStore;
  readonly provider: Provider;
  readonly random: Random;
  readonly leaseMs: Millis;
  readonly takeoverMs: Millis;
  readonly mutate?: Mutate | undefined;
  readonly files: ReadModelFiles;
  readonly hooks: Hooks | undefined;
  readonly log: Log;
};

/** Ahead or behind, as machines are that ask for the time now and then. */
export const MOST_SKEW = 700;
const SKEWS = [0, 0, 30, -30, MOST_SKEW, -MOST_SKEW];
const STORE_LATENCY = 3;

/** A place for a process: what runs in it has the place's name, one life after another. */
export abstract class Member {
  process: Process | undefined;
  connection: Connection | undefined;

  constructor(
    readonly name: string,
    protected readonly world: World,
  ) {}

  get up(): boolean {
    return this.process?.running === true;
  }

  /** Up, at work, and with nothing in the way. */
  get well(): boolean {
    return this.up && this.ready && this.connection?.link.weather === fair;
  }

  abstract readonly ready: boolean;

  boot(): void {
    const { machine, network, random } = this.world;
    const process = (this.process = machine.process(random.pick(SKEWS)));
    const connection = (this.connection = network.connect(this.name, process));
    this.start(process, connection);
  }

  kill(): void {
    this.process?.kill();
  }

  /** As asked to by SIGTERM. */
  async drain(): Promise<void> {
    await this.leave();
    this.kill();
  }

  protected abstract start(process: Process, connection: Connection): void;
  protected abstract leave(): Promise<void>;
}

/** How the adapter's layout of streams is made; of the virtual server's only the queue of work can be missing. */
const layoutOver = (connection: Connection): JetStreamLayout => {
  const { queue } = connection.network;
  const remake = (reply: (made: readonly string[]) => void): void =>
    reply(queue.remake() ? [streams.work] : []);
  return {
    lane: async () => {},
    forgetLanes: () => {},
    ensure: () => connection.ask(remake, 10_000),
  } as unknown as JetStreamLayout;
};

export class Scheduler extends Member {
  engine: Engine | undefined;
  store: FaultyStore | undefined;
  /** What kept an engine from starting. */
  failure: unknown;

  get ready(): boolean {
    return this.engine?.ready === true && this.store?.well === true;
  }

  protected start(process: Process, connection: Connection): void {
    const { machine, server, random, mutate, files } = this.world;
    const store = new FaultyStore({ server, process, machine, random, mutate, latencyMs: STORE_LATENCY });
    this.store = store;
    const engine = (this.engine = this.#open(process, connection, store));
    process.onDeath(() => {
      files.bequeath(this.name);
      // Lets go of the file that nobody will read again.
      void engine.readModel.close();
    });
    engine.start().catch((error: unknown) => (this.failure = error));
  }

  protected async leave(): Promise<void> {
    await this.engine?.stop(8_000);
  }

  #open(process: Process, connection: Connection, store: FaultyStore): Engine {
    const { leaseMs, takeoverMs, files, hooks, log } = this.world;
    const { environment } = process;
    const configuration = readConfiguration({
      SYNCOPATE_NODE: this.name,
      SYNCOPATE_ACTORS: '100',
      SYNCOPATE_NATS_URL: 'nats://127.0.0.1',
      SYNCOPATE_EVENTSTORE_URL: 'esdb://127.0.0.1',
      SYNCOPATE_LEASE_SECONDS: String(leaseMs / 1_000),
      SYNCOPATE_TAKEOVER_SECONDS: String(takeoverMs / 1_000),
    });
    const onError = (): void => {};
    const { nc } = connection;
    const able = (): boolean => this.engine?.able ?? true;
    const leases = new KvLeases({ nc, environment, node: this.name, ttlMs: takeoverMs, able, onError });
    const layout = layoutOver(connection);
    const work = new NatsDistribution({ nc, layout, leases, ...environment, leaseMs, onError });
    const messaging: Engine['messaging'] = {
      work,
      leases,
      intake: () => new VirtualIntake(connection),
      join: () => leases.start(),
      leave: () => leases.stop(),
      close: async () => {
        work.close();
        connection.close();
      },
    };
    const readModel = openReadModel({ path: files.path(this.name), store, environment });
    readModel.start();
    const storage = { store, readModel, vault: new MemoryVault(), records: new MemorySink() };
    const told = hooks === undefined ? {} : { webhookSender: hooks.sender(process) };
    const parts = { inMemory: true, environment, log, forecastEveryMs: 0, ...told };
    // What `Engine.open` does, but that it would choose messaging by the configuration.
    return unwatched(() => {
      const telemetry = new Telemetry();
      const troubles = new Troubles(log, environment, telemetry);
      const construction = [configuration, { ...parts, telemetry, troubles }, storage, messaging, []];
      return Reflect.construct(Engine, construction) as Engine;
    });
  }
}

export class Worker extends Member {
  #executor: ReturnType<typeof startExecutor> | undefined;

  get ready(): boolean {
    return true;
  }

  protected start(process: Process, connection: Connection): void {
    const { provider, leaseMs } = this.world;
    const { environment } = process;
    const engine = provider.engine(this.name, process);
    const intake = new VirtualIntake(connection);
    this.#executor = startExecutor({ id: this.name, intake, engine, environment, leaseMs });
  }

  protected async leave(): Promise<void> {
    await this.#executor?.stop(8_000);
  }
}
