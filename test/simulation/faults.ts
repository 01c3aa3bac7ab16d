import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { noTrouble, type StoreTrouble } from './faulty-store.js';
import type { Nodes } from './nodes.js';
import type { Random } from './random.js';
import { Troubles, type FaultKind, type Pass, type Scene } from './troubles.js';

export const storeTrouble = (random: Random): StoreTrouble =>
  random.pick([
    { before: 0.5, after: 0, slow: 0 },
    { before: 0, after: 0.5, slow: 0 },
    { before: 0, after: 0, slow: 0.9 },
    { before: 0.3, after: 0.3, slow: 0.3 },
    { before: 1, after: 0, slow: 0 },
    { ...noTrouble, full: true },
  ]);

/** What goes wrong with a service that is one process. */
export class Faults extends Troubles {
  constructor(protected override readonly scene: Scene & { readonly nodes: Nodes }) {
    super(scene);
  }

  protected override async happen(kind: FaultKind, pass: Pass): Promise<void> {
    if (kind === 'crash') return this.#crash(pass);
    if (kind === 'pause') return this.#pause(pass);
    if (kind === 'store') return this.#store(pass);
    if (kind === 'clock') return this.clock(pass);
  }

  protected override mend(): void {
    const { store } = this.scene.nodes;
    if (store !== undefined) store.trouble = noTrouble;
  }

  /** Some runs are asked for, half of the time of a slow provider: so that there is work to get in the way of. */
  async #busy(): Promise<void> {
    const { clients, machine, nodes, provider, random } = this.scene;
    if (random.chance(0.5)) provider.mood = 'slow';
    for (let n = 0; n < 3; n += 1) void clients.trigger(nodes.engine);
    await machine.settle();
  }

  /** At one of the next steps over the border of the process, appends on their way included. */
  async #crash(pass: Pass): Promise<void> {
    const { machine, nodes, provider, random } = this.scene;
    const [from, executor] = [machine.now(), nodes.executor];
    await this.#busy();
    this.ask(4);
    nodes.light(random.whole(1, 80));
    await pass(machine.elapsed + random.whole(0, 3_000));
    provider.mood = 'well';
    await nodes.crash();
    machine.sleepUntil(machine.elapsed + random.pick([100, 5 * SECOND, 10 * MINUTE, 26 * HOUR]));
    nodes.boot();
    await machine.settle();
    this.notes.outages.push({ from, to: machine.now() + 5 * SECOND });
    // Its leases run on from the moment at which there was somebody again to watch them.
    this.notes.deaths.push({ at: machine.now(), executor });
    await pass(machine.elapsed + MINUTE);
  }

  /** The whole machine, as when it is suspended: longer than leases last, often, and with work open. */
  async #pause(pass: Pass): Promise<void> {
    const { machine, nodes, provider, random } = this.scene;
    await this.#busy();
    await pass(machine.elapsed + random.whole(0, 3_000));
    const [from, { executor }] = [machine.now(), nodes];
    machine.sleepUntil(machine.elapsed + random.pick([2, 8, 40, 180, 7_200]) * SECOND);
    await machine.settle();
    const to = machine.now() + 5 * SECOND;
    this.notes.outages.push({ from, to });
    this.notes.silences.push({ executor, from, to: to + 10 * SECOND });
    await pass(machine.elapsed + MINUTE);
    provider.mood = 'well';
  }

  async #store(pass: Pass): Promise<void> {
    const { machine, nodes, random } = this.scene;
    const { store } = nodes;
    if (store === undefined) return;
    const [from, executor] = [machine.now(), nodes.executor];
    store.trouble = storeTrouble(random);
    this.ask(6);
    await pass(machine.elapsed + random.whole(SECOND, 3 * MINUTE));
    store.trouble = noTrouble;
    const to = machine.now() + 15 * SECOND;
    this.notes.outages.push({ from: from - 15 * SECOND, to });
    this.notes.silences.push({ executor, from, to });
    await pass(machine.elapsed + MINUTE);
  }
}
