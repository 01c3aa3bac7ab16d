import { HOUR, iso, MINUTE, SECOND, type Millis } from '#lib/domain/kernel';
import type { CheckOptions } from '../support/faults/checker.js';
import type { Activity } from './activity.js';
import type { Clients } from './clients.js';
import { noTrouble } from './faulty-store.js';
import type { Machine } from './machine.js';
import type { Nodes } from './nodes.js';
import type { Provider } from './provider.js';
import type { Random } from './random.js';

/** `oversized`: successes whose sync state is too large to be kept. */
export const faultKinds = ['crash', 'store', 'provider', 'clock', 'clients', 'oversized'] as const;
export type FaultKind = (typeof faultKinds)[number];

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
type Notes = Mutable<Required<Pick<CheckOptions, 'deaths' | 'outages' | 'silences'>>>;
type Scene = {
  readonly machine: Machine;
  readonly nodes: Nodes;
  readonly provider: Provider;
  readonly clients: Clients;
  readonly activity: Activity;
  readonly random: Random;
  readonly kinds: readonly FaultKind[];
};
type Pass = (until: Millis) => Promise<void>;

/** What goes wrong, one thing at a time, and what the checker must know of it to judge fairly. */
export class Faults {
  readonly notes: Notes = { deaths: [], outages: [], silences: [] };
  readonly told: string[] = [];

  constructor(private readonly scene: Scene) {}

  async next(pass: Pass): Promise<void> {
    const { kinds, random, machine } = this.scene;
    if (kinds.length === 0) return;
    const kind = random.pick(kinds);
    this.told.push(`${iso(machine.now())} ${kind}`);
    await this[kind](pass);
  }

  /** The end of all trouble. */
  async calm(pass: Pass): Promise<void> {
    const { nodes, provider, machine } = this.scene;
    provider.mood = 'well';
    if (nodes.store !== undefined) nodes.store.trouble = noTrouble;
    await pass(machine.monotonic + MINUTE);
  }

  /** In the middle of work, where there is some: a run is asked for shortly before. */
  async crash(pass: Pass): Promise<void> {
    const { machine, nodes, clients, random } = this.scene;
    for (let n = 0; n < 4; n += 1) void clients.act(nodes.engine);
    await pass(machine.monotonic + random.whole(0, 3_000));
    const [from, executor] = [machine.now(), nodes.executor];
    await nodes.crash();
    machine.sleepUntil(machine.monotonic + random.pick([100, 5 * SECOND, 10 * MINUTE, 26 * HOUR]));
    nodes.boot();
    await machine.settle();
    this.notes.outages.push({ from, to: machine.now() + 5 * SECOND });
    // Its leases run on from the moment at which there was somebody again to watch them.
    this.notes.deaths.push({ at: machine.now(), executor });
    await pass(machine.monotonic + MINUTE);
  }

  async store(pass: Pass): Promise<void> {
    const { machine, nodes, clients, random } = this.scene;
    const { store } = nodes;
    if (store === undefined) return;
    const [from, executor] = [machine.now(), nodes.executor];
    store.trouble = random.pick([
      { before: 0.5, after: 0, slow: 0 },
      { before: 0, after: 0.5, slow: 0 },
      { before: 0, after: 0, slow: 0.9 },
      { before: 0.3, after: 0.3, slow: 0.3 },
      { before: 1, after: 0, slow: 0 },
    ]);
    for (let n = 0; n < 6; n += 1) void clients.act(nodes.engine);
    await pass(machine.monotonic + random.whole(SECOND, 3 * MINUTE));
    store.trouble = noTrouble;
    const to = machine.now() + 15 * SECOND;
    this.notes.outages.push({ from: from - 15 * SECOND, to });
    this.notes.silences.push({ executor, from, to });
    await pass(machine.monotonic + MINUTE);
  }

  async provider(pass: Pass): Promise<void> {
    const { machine, provider, random } = this.scene;
    provider.mood = random.pick(['slow', 'flapping', 'dead', 'poisonous'] as const);
    await pass(machine.monotonic + random.whole(10 * MINUTE, 2 * HOUR));
    provider.mood = 'well';
  }

  async oversized(pass: Pass): Promise<void> {
    const { machine, provider } = this.scene;
    provider.mood = 'oversized';
    await pass(machine.monotonic + 2 * HOUR);
    provider.mood = 'well';
  }

  /**
   * Back only while nothing runs: the journals' instants are the wall clock's, and would contradict each other.
   * For the same reason nothing else happens until the clock is where it was.
   */
  async clock(pass: Pass): Promise<void> {
    const { machine, activity, random } = this.scene;
    const by = random.pick([SECOND, HOUR, 20 * HOUR]) * (activity.idle && random.chance(0.5) ? -1 : 1);
    const from = machine.now();
    machine.step(by);
    if (by > 0) this.notes.outages.push({ from, to: machine.now() + 5 * SECOND });
    await pass(machine.monotonic + Math.max(0, -by) + MINUTE);
  }

  async clients(pass: Pass): Promise<void> {
    const { machine, nodes, clients, random } = this.scene;
    for (let n = random.whole(1, 8); n > 0; n -= 1) {
      void clients.act(nodes.engine);
      await pass(machine.monotonic + random.whole(0, 20_000));
    }
  }
}
