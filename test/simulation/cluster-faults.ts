import { MINUTE, SECOND, type Instant, type Millis } from '#lib/domain/kernel';
import type { Cluster } from './cluster.js';
import { storeTrouble } from './faults.js';
import { noTrouble } from './faulty-store.js';
import { fair, type Weather } from './link.js';
import { Scheduler, type Member } from './members.js';
import { Troubles, type FaultKind, type Pass, type Scene } from './troubles.js';

/** Until what was out of reach has been found again, and heartbeats have been heard. */
const BACK = 15 * SECOND;
const foul: readonly Weather[] = [
  { lost: 0.3, doubled: 0, delayed: 0 },
  { lost: 0, doubled: 0.5, delayed: 0.1 },
  { lost: 0, doubled: 0.1, delayed: 0.5 },
  { lost: 0.1, doubled: 0.2, delayed: 0.2 },
];

/** What goes wrong between processes, and with each of them. */
export class ClusterFaults extends Troubles {
  constructor(protected override readonly scene: Scene & { readonly nodes: Cluster }) {
    super(scene);
  }

  /** Often while work takes long, so that there is some to be lost, found again and reported late. */
  protected override async happen(kind: FaultKind, pass: Pass): Promise<void> {
    const { provider, random, clients, nodes, machine } = this.scene;
    if (random.chance(0.5)) provider.mood = 'slow';
    for (let n = 0; n < 3; n += 1) void clients.trigger(nodes.engine);
    await pass(machine.elapsed + random.whole(0, 5_000));
    await this.#happen(kind, pass);
    provider.mood = 'well';
  }

  async #happen(kind: FaultKind, pass: Pass): Promise<void> {
    switch (kind) {
      case 'crash':
        return this.#crash(pass);
      case 'store':
        return this.#store(pass);
      case 'clock':
        return this.clock(pass);
      case 'network':
        return this.#network(pass);
      case 'partition':
        return this.#partition(pass);
      case 'pause':
        return this.#pause(pass);
      default:
        return this.#drain(pass);
    }
  }

  protected override mend(): void {
    for (const member of this.scene.nodes.members) {
      if (member.connection !== undefined) member.connection.link.weather = fair;
      member.process?.continue();
      if (member.process?.alive !== true) member.boot();
    }
    for (const { store } of this.scene.nodes.schedulers) if (store !== undefined) store.trouble = noTrouble;
  }

  /** At one of the next steps over the border of the process, in the midst of whatever it does then. */
  async #crash(pass: Pass): Promise<void> {
    const { machine, nodes, random } = this.scene;
    const both = random.chance(0.15);
    const victims = both ? nodes.schedulers : [random.pick(nodes.members)];
    this.ask(4);
    for (const { process } of victims) process?.light(random.whole(1, 80));
    await pass(machine.elapsed + random.whole(0, 3_000));
    const from = machine.now();
    for (const member of victims) {
      this.tell(`${member.name} dies`);
      member.kill();
      this.#missed(member, from - 3 * SECOND, from);
      if (!(member instanceof Scheduler)) this.notes.deaths.push({ at: from, executor: member.name });
    }
    await pass(machine.elapsed + random.pick([100, 3 * SECOND, 20 * SECOND, 2 * MINUTE]));
    for (const member of victims) member.boot();
    const to = machine.now() + BACK;
    if (both) this.#outage(from - 3 * SECOND, to);
    for (const member of victims) this.#missed(member, from, to);
    await pass(machine.elapsed + MINUTE);
  }

  async #store(pass: Pass): Promise<void> {
    const { machine, nodes, random } = this.scene;
    const from = machine.now();
    const troubled = random.chance(0.5) ? nodes.schedulers : [random.pick(nodes.schedulers)];
    const trouble = storeTrouble(random);
    for (const { store } of troubled) if (store !== undefined) store.trouble = trouble;
    this.ask(6);
    await pass(machine.elapsed + random.whole(SECOND, 3 * MINUTE));
    for (const { store } of troubled) if (store !== undefined) store.trouble = noTrouble;
    // Also of one alone: a scheduler that reads its log and cannot append to it keeps its share.
    this.#outage(from - BACK, machine.now() + BACK);
    await pass(machine.elapsed + MINUTE);
  }

  async #network(pass: Pass): Promise<void> {
    const { nodes, random } = this.scene;
    if (random.chance(0.3)) return this.#lostQueue(pass);
    const weather = random.pick(foul);
    await this.#under(pass, nodes.members, weather, random.whole(5 * SECOND, 2 * MINUTE));
  }

  /** Until a scheduler finds that it is gone, and makes it anew: what was in it is offered to nobody. */
  async #lostQueue(pass: Pass): Promise<void> {
    const { machine, nodes, clients, random } = this.scene;
    this.tell('the queue of work is lost');
    nodes.network.queue.lose();
    for (let n = random.whole(1, 5); n > 0; n -= 1) void clients.trigger(nodes.engine);
    await pass(machine.elapsed + MINUTE);
  }

  async #partition(pass: Pass): Promise<void> {
    const { machine, nodes, random } = this.scene;
    if (random.chance(0.35)) {
      // Longer than a take-over lasts, mostly: its peers hear it all the while.
      const duration = random.pick([2, 20, 60, 180]) * SECOND;
      const scheduler = random.pick(nodes.schedulers);
      const [from, cut] = [machine.now(), random.pick(['there', 'back'] as const)];
      this.tell(`${scheduler.name} is cut off from the store`);
      if (scheduler.store !== undefined) scheduler.store.trouble = { ...noTrouble, cut };
      this.ask(4);
      await pass(machine.elapsed + duration);
      if (scheduler.store !== undefined) scheduler.store.trouble = noTrouble;
      this.#missed(scheduler, from, machine.now() + BACK);
      return pass(machine.elapsed + MINUTE);
    }
    const duration = random.pick([2, 10, 20, 30, 45, 180]) * SECOND;
    const cut = random.pick(['both', 'up', 'down'] as const);
    const all = random.chance(0.2);
    const away = all ? nodes.members : [random.pick(nodes.members)];
    await this.#under(pass, away, { ...fair, cut }, duration);
  }

  async #under(pass: Pass, members: readonly Member[], weather: Weather, duration: Millis): Promise<void> {
    const { machine } = this.scene;
    const from = machine.now();
    this.tell(`${members.map(({ name }) => name).join(', ')} under ${JSON.stringify(weather)}`);
    for (const { connection } of members) if (connection !== undefined) connection.link.weather = weather;
    this.ask(4);
    await pass(machine.elapsed + duration);
    for (const { connection } of members) if (connection !== undefined) connection.link.weather = fair;
    const to = machine.now() + BACK;
    if (members.length > 1) this.#outage(from, to);
    for (const member of members) this.#missed(member, from, to);
    await pass(machine.elapsed + MINUTE);
  }

  /** Longer than its leases last, often: what it holds when it goes on is somebody else's. */
  async #pause(pass: Pass): Promise<void> {
    const { machine, nodes, random } = this.scene;
    const member = random.pick(nodes.members);
    this.ask(4);
    await pass(machine.elapsed + random.whole(0, 3_000));
    const from = machine.now();
    this.tell(`${member.name} stands still`);
    member.process?.stop();
    await pass(machine.elapsed + random.pick([2 * SECOND, 8 * SECOND, 40 * SECOND, 3 * MINUTE]));
    member.process?.continue();
    this.#missed(member, from, machine.now() + BACK);
    await pass(machine.elapsed + MINUTE);
  }

  async #drain(pass: Pass): Promise<void> {
    const { machine, nodes, random } = this.scene;
    const member = random.pick(nodes.members);
    this.ask(4);
    await pass(machine.elapsed + random.whole(0, 3_000));
    const at = machine.now();
    this.tell(`${member.name} is drained`);
    const leaving = { done: false };
    void member.drain().then(() => (leaving.done = true));
    const latest = machine.elapsed + 20 * SECOND;
    while (!leaving.done && machine.elapsed < latest) await pass(machine.elapsed + 100);
    if (!leaving.done) throw new Error(`${member.name} does not leave when asked to`);
    await pass(machine.elapsed + random.whole(100, 20_000));
    member.boot();
    if (member instanceof Scheduler) this.#missed(member, at, machine.now() + BACK);
    else this.notes.drains.push({ at, executor: member.name, until: machine.now() - SECOND });
    await pass(machine.elapsed + MINUTE);
  }

  #missed(member: Member, from: Instant, to: Instant): void {
    if (member instanceof Scheduler) this.notes.takeovers.push({ at: from, node: member.name });
    else this.notes.silences.push({ executor: member.name, from, to });
  }

  /** Everybody was without something that nobody can do without. */
  #outage(from: Instant, to: Instant): void {
    this.notes.outages.push({ from, to });
    for (const { name } of this.scene.nodes.workers) this.notes.silences.push({ executor: name, from, to });
  }
}
