import type { Millis } from '#lib/domain/kernel';
import type { MemoryEventStore } from '#lib/event-store/memory';
import { Engine, readConfiguration, type Log } from '#lib/wiring';
import { FaultyStore, type Mutate } from './faulty-store.js';
import type { Hooks } from './hooks.js';
import type { Machine } from './machine.js';
import type { Process } from './process.js';
import type { Provider } from './provider.js';
import type { Random } from './random.js';
import type { ReadModelFiles } from './read-models.js';
import { startExecutor, unwatched } from './unwatched.js';

type Parts = {
  readonly machine: Machine;
  readonly server: MemoryEventStore;
  readonly provider: Pick<Provider, 'engine'>;
  readonly random: Random;
  readonly leaseMs: Millis;
  /** Longest time that an append takes when all is well. */
  readonly latencyMs: Millis;
  readonly mutate?: Mutate | undefined;
  readonly files: ReadModelFiles;
  readonly hooks: Hooks | undefined;
  readonly log: Log;
};

const PLACE = 'node';

/** The engine, one life after another: the log and the read model's file are all that one life leaves to the next. */
export class Nodes {
  /** Who has a read model. */
  readonly places = [PLACE];
  store: FaultyStore | undefined;
  /** What kept an engine from starting. */
  failure: unknown;
  #engine: Engine | undefined;
  #process: Process | undefined;
  #lives = 0;

  constructor(private readonly parts: Parts) {}

  /** Started, and its store is well: appends in flight are not slept through. */
  get running(): boolean {
    return this.#process?.alive === true && this.#engine?.ready === true && this.store?.well === true;
  }

  get engine(): Engine {
    if (this.#engine === undefined) throw new Error('the engine is down');
    return this.#engine;
  }

  /** Name of the executor in the present life. */
  get executor(): string {
    return `local-n${this.#lives}`;
  }

  boot(): void {
    const { machine, server, random, provider, leaseMs, latencyMs, mutate, files, hooks, log } = this.parts;
    this.#lives += 1;
    const process = (this.#process = machine.process());
    process.onDeath(() => files.bequeath(PLACE));
    const options = { server, process, machine, random, mutate, latencyMs };
    const store = (this.store = new FaultyStore(options));
    const settings = readConfiguration({
      SYNCOPATE_NODE: `n${this.#lives}`,
      SYNCOPATE_ACTORS: '100',
      SYNCOPATE_LEASE_SECONDS: String(leaseMs / 1_000),
    });
    // Its executors come by a way of the simulation's own.
    const configuration = { ...settings, localExecutor: false };
    const open = async (): Promise<void> => {
      const { environment } = process;
      const engine = await unwatched(() =>
        Engine.open(configuration, {
          inMemory: true,
          store,
          readModelPath: files.path(PLACE),
          forecastEveryMs: 0,
          environment,
          log,
          ...(hooks === undefined ? {} : { webhookSender: hooks.sender(process) }),
        }),
      );
      this.#engine = engine;
      await engine.start();
      const [id, intake] = [this.executor, engine.messaging.intake(this.executor)];
      startExecutor({ id, intake, engine: provider.engine(id, process), environment, leaseMs });
    };
    open().catch((error: unknown) => (this.failure = error));
  }

  /** Dies at one of the next steps over its border, in the midst of whatever it does then. */
  light(fuse: number): void {
    this.#process?.light(fuse);
  }

  /** Everything in memory is gone at once. */
  async crash(): Promise<void> {
    this.#process?.kill();
    const engine = this.#engine;
    this.#engine = undefined;
    // Only lets go of the file, which nobody will read again: the dead process can neither append nor be heard.
    void engine?.readModel.close();
    await this.parts.machine.settle();
  }
}
