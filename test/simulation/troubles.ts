import { HOUR, iso, MINUTE, SECOND, type Millis } from '#lib/domain/kernel';
import type { Engine } from '#lib/wiring';
import type { CheckOptions } from '../support/faults/checker.js';
import type { Activity } from './activity.js';
import type { Clients } from './clients.js';
import type { Machine } from './machine.js';
import type { Provider } from './provider.js';
import type { Random } from './random.js';

/** `oversized`: successes whose sync state is too large to be kept. The last three need more nodes than one. */
export const embeddedKinds = [
  'crash',
  'store',
  'provider',
  'clock',
  'clients',
  'oversized',
  'pause',
] as const;
export const distributedKinds = [...embeddedKinds, 'network', 'partition', 'drain'] as const;
export const kindsOf = { embedded: embeddedKinds, distributed: distributedKinds } as const;
export type FaultKind = (typeof distributedKinds)[number];

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
export type Notes = Mutable<
  Required<Pick<CheckOptions, 'deaths' | 'outages' | 'silences' | 'takeovers' | 'drains'>>
>;
export type Scene = {
  readonly machine: Machine;
  readonly nodes: { readonly engine: Engine };
  readonly provider: Provider;
  readonly clients: Clients;
  readonly activity: Activity;
  readonly random: Random;
  readonly kinds: readonly FaultKind[];
};
export type Pass = (until: Millis) => Promise<void>;

/** What goes wrong, one thing at a time, and what the checker must know of it to judge fairly. */
export abstract class Troubles {
  readonly notes: Notes = { deaths: [], outages: [], silences: [], takeovers: [], drains: [] };
  readonly told: string[] = [];

  constructor(protected readonly scene: Scene) {}

  protected abstract happen(kind: FaultKind, pass: Pass): Promise<void>;
  /** Whatever was broken and is still, is mended. */
  protected abstract mend(): void;

  async next(pass: Pass): Promise<void> {
    const { kinds, random } = this.scene;
    if (kinds.length === 0) return;
    const kind = random.pick(kinds);
    if (random.chance(0.5)) await this.#untilNearlyDue(pass);
    this.tell(kind);
    if (kind === 'provider') await this.#provider(pass);
    else if (kind === 'oversized') await this.#oversized(pass);
    else if (kind === 'clients') await this.#clients(pass);
    else await this.happen(kind, pass);
  }

  /** The end of all trouble. */
  async calm(pass: Pass): Promise<void> {
    const { provider, machine } = this.scene;
    provider.mood = 'well';
    this.mend();
    await pass(machine.elapsed + MINUTE);
  }

  protected tell(what: string): void {
    this.told.push(`${iso(this.scene.machine.now())} ${what}`);
  }

  /** So that there is something to get in the way of. */
  protected ask(times: number): void {
    const { clients, nodes } = this.scene;
    for (let n = 0; n < times; n += 1) void clients.act(nodes.engine);
  }

  /**
   * Of all machines at once, as after a suspend of the host; each one's own skew stays. Back only while nothing runs, nor
   * did a moment ago: the journals' instants are the wall clock's, and would contradict each other. For the same reason
   * nothing else happens until the clock is where it was.
   */
  protected async clock(pass: Pass): Promise<void> {
    const { machine, random } = this.scene;
    const far = random.pick([SECOND, HOUR, 20 * HOUR]);
    const by = random.chance(0.5) && (await this.#quiet(pass)) ? -far : far;
    const from = machine.now();
    machine.step(by);
    if (by > 0) this.notes.outages.push({ from, to: machine.now() + 5 * SECOND });
    await pass(machine.elapsed + Math.max(0, -by) + MINUTE);
  }

  /** Whether nothing is open, and for longer than the shortest step nothing was said. */
  async #quiet(pass: Pass): Promise<boolean> {
    const { activity, machine } = this.scene;
    const { events } = activity;
    await pass(machine.elapsed + 2 * SECOND);
    return activity.idle && activity.events === events;
  }

  /** Whatever goes wrong now gets in the way of an occurrence, or comes between its nominal and its effective time. */
  async #untilNearlyDue(pass: Pass): Promise<void> {
    const { activity, machine, random } = this.scene;
    const ahead = activity.nextWakeUp - machine.now() - random.whole(0, 6_000);
    if (ahead > 0 && ahead < 12 * HOUR) await pass(machine.elapsed + ahead);
  }

  async #provider(pass: Pass): Promise<void> {
    const { machine, provider, random } = this.scene;
    provider.mood = random.pick(['slow', 'flapping', 'dead', 'poisonous'] as const);
    await pass(machine.elapsed + random.whole(10 * MINUTE, 2 * HOUR));
    provider.mood = 'well';
  }

  async #oversized(pass: Pass): Promise<void> {
    const { machine, provider } = this.scene;
    provider.mood = 'oversized';
    await pass(machine.elapsed + 2 * HOUR);
    provider.mood = 'well';
  }

  async #clients(pass: Pass): Promise<void> {
    const { machine, random } = this.scene;
    for (let n = random.whole(1, 8); n > 0; n -= 1) {
      this.ask(1);
      await pass(machine.elapsed + random.whole(0, 20_000));
    }
  }
}
