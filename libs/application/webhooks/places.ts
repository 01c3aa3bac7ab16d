import type { Millis } from '#lib/domain/kernel';
import { Checkpoint } from '#lib/application/following';
import type { EventStore } from '#lib/event-store/port';
import type { Environment } from '#lib/ports';

/** Where everybody was who is named: at `position`, or `behind` it. Who is not named was not known. */
type Kept = {
  readonly position: number;
  readonly idle: readonly string[];
  readonly behind: Readonly<Record<string, number>>;
};

/** An endpoint as far as this matters. `safe` undefined: it has not begun. */
type Placed = { readonly safe: number | undefined; readonly idle: boolean };

const KEPT_EVERY: Millis = 1_000;

/**
 * Where endpoints are in the log, written at most once a second: an endpoint that is rarely told anything need not
 * read all of it again after a restart. One place for all of them; what it does not say, or says too early, is in the
 * endpoints' own streams.
 */
export class Places {
  readonly #checkpoint: Checkpoint<Kept>;
  #kept: Kept | undefined;
  #idle: ReadonlySet<string> = new Set();
  /** Events passed since. */
  #passed = 0;
  #keptAt = Number.NEGATIVE_INFINITY;

  constructor(
    store: EventStore,
    private readonly environment: Environment,
  ) {
    this.#checkpoint = new Checkpoint(store, 'webhooks');
  }

  async read(): Promise<void> {
    this.#kept = (await this.#checkpoint.read()) ?? { position: 0, idle: [], behind: {} };
    this.#idle = new Set(this.#kept.idle);
  }

  get known(): boolean {
    return this.#kept !== undefined;
  }

  /** Where an endpoint was; of one that is not named, its own stream says where it begins. */
  of(id: string): number {
    const { position = 0, behind = {} } = this.#kept ?? {};
    if (this.#idle.has(id)) return position;
    return Object.hasOwn(behind, id) ? (behind[id] ?? 0) : 0;
  }

  passed(events: number): void {
    this.#passed += events;
  }

  async keep(position: number, endpoints: ReadonlyMap<string, Placed>, now: boolean): Promise<void> {
    const at = this.environment.clock.monotonic();
    // Where nothing came there is nothing to keep: on a log that holds checkpoints too, each would ask for another.
    if (this.#passed === 0 || (!now && at - this.#keptAt < KEPT_EVERY)) return;
    const idle = [...endpoints].flatMap(([id, endpoint]) => (endpoint.idle ? [id] : []));
    const behind = [...endpoints].flatMap(([id, endpoint]) =>
      endpoint.idle ? [] : [[id, endpoint.safe ?? this.of(id)] as const],
    );
    const state: Kept = { position, idle, behind: Object.fromEntries(behind) };
    if (!(await this.#checkpoint.keep(state))) return;
    this.#kept = state;
    this.#idle = new Set(idle);
    this.#passed = 0;
    this.#keptAt = at;
  }
}
