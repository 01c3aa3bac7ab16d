import type { Engine } from '#lib/wiring';
import type { Network } from './network.js';
import { Scheduler, Worker, type Member, type World } from './members.js';

const RESTART = 2_000;

/** Two schedulers and two executors around one server and one log. */
export class Cluster {
  readonly schedulers: readonly Scheduler[];
  readonly workers: readonly Worker[];
  #turn = 0;

  constructor(private readonly world: World) {
    this.schedulers = ['s1', 's2'].map((name) => new Scheduler(name, world));
    this.workers = ['e1', 'e2'].map((name) => new Worker(name, world));
  }

  get members(): readonly Member[] {
    return [...this.schedulers, ...this.workers];
  }

  get network(): Network {
    return this.world.network;
  }

  get running(): boolean {
    return this.members.every((member) => member.well);
  }

  /** A scheduler that could not start ends, and whoever watches over it starts it again: here nobody fails for good. */
  get failure(): undefined {
    for (const scheduler of this.schedulers) {
      if (scheduler.failure === undefined) continue;
      scheduler.failure = undefined;
      scheduler.kill();
      this.world.machine.after(RESTART, () => {
        if (scheduler.process?.alive !== true) scheduler.boot();
      });
    }
    return undefined;
  }

  /** Of one scheduler or the other, as a load balancer in front of them would choose. */
  get engine(): Engine {
    const able = this.schedulers.filter(({ up, engine }) => up && engine?.ready === true);
    const engine = able[(this.#turn += 1) % Math.max(1, able.length)]?.engine ?? this.schedulers[0]?.engine;
    if (engine === undefined) throw new Error('no scheduler was ever started');
    return engine;
  }

  boot(): void {
    for (const member of this.members) member.boot();
  }

  /** Who has a read model. */
  get places(): readonly string[] {
    return this.schedulers.map(({ name }) => name);
  }

  /** The end of the world, for the sake of memory. */
  async crash(): Promise<void> {
    for (const member of this.members) member.kill();
    await this.world.machine.settle();
  }
}
