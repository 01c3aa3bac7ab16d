import type { Millis } from '#lib/domain/kernel';
import type { MemoryLog } from '#lib/event-store/memory';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { FaultyStore, noTrouble, type Mutate } from './faulty-store.js';
import type { Machine, Process } from './machine.js';
import type { Provider } from './provider.js';
import type { Random } from './random.js';

type Parts = {
  readonly machine: Machine;
  readonly log: MemoryLog;
  readonly provider: Provider;
  readonly random: Random;
  readonly leaseMs: Millis;
  readonly mutate?: Mutate | undefined;
};

/** The engine, one life after another: the log is all that one life leaves to the next. */
export class Nodes {
  store: FaultyStore | undefined;
  /** What kept an engine from starting. */
  failure: unknown;
  #engine: Engine | undefined;
  #process: Process | undefined;
  #lives = 0;

  constructor(private readonly parts: Parts) {}

  /** Started, and its store is well: appends in flight are not slept through. */
  get running(): boolean {
    return this.#engine?.ready === true && this.store?.trouble === noTrouble;
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
    const { machine, log, random, provider, leaseMs, mutate } = this.parts;
    this.#lives += 1;
    const process = (this.#process = machine.process());
    const store = (this.store = new FaultyStore(log, machine, random, mutate));
    const configuration = readConfiguration({
      SYNCOPATE_NODE: `n${this.#lives}`,
      SYNCOPATE_ACTORS: '100',
      SYNCOPATE_LEASE_SECONDS: String(leaseMs / 1_000),
    });
    const open = async (): Promise<void> => {
      const { environment } = process;
      const syncEngine = provider.engine(this.executor, process);
      const engine = await Engine.open(configuration, {
        inMemory: true,
        store,
        environment,
        syncEngine,
        log: silent,
      });
      this.#engine = engine;
      await engine.start();
    };
    open().catch((error: unknown) => (this.failure = error));
  }

  /** Everything in memory is gone at once. */
  async crash(): Promise<void> {
    this.#process?.kill();
    this.store?.kill();
    const engine = this.#engine;
    this.#engine = undefined;
    // Only frees the read model's memory: the dead process can neither append nor be heard.
    void engine?.readModel.close();
    await this.parts.machine.settle();
  }
}
