import type { Millis } from '#lib/domain/kernel';
import { Checkpoint } from '#lib/application/following';
import type { EventStore } from '#lib/event-store/port';
import type { Environment } from '#lib/ports';

/** Where everybody was who is named: at `position`, or `behind` it. Who is not named was not known. */
type Kept = {
  readonly position: number;
  /** By which version of itself each had looked at what came until then. */
  readonly idle: Readonly<Record<string, number>>;
  readonly behind: Readonly<Record<string, readonly [at: number, version?: number]>>;
};

/** Where an endpoint was, and by which version of it that was judged; undefined: that is not known. */
export type Place = { readonly after: number; readonly version: number | undefined };

/** An endpoint as far as this matters. `safe` undefined: it has not begun. */
type Placed = {
  readonly safe: number | undefined;
  readonly idle: boolean;
  readonly version: number | undefined;
};

const VERSION = 2;
const KEPT_EVERY: Millis = 1_000;

/**
 * Where endpoints are in the log, written at most once a second: an endpoint that is rarely told anything need not
 * read all of it again after a restart. One place for all of them; what it does not say, or says too early, is in the
 * endpoints' own streams.
 */
export class Places {
  readonly #checkpoint: Checkpoint<Kept>;
  #kept: Kept | undefined;
  /** Events passed since. */
  #passed = 0;
  #keptAt = Number.NEGATIVE_INFINITY;

  constructor(
    store: EventStore,
    private readonly environment: Environment,
  ) {
    this.#checkpoint = new Checkpoint(store, 'webhooks', VERSION);
  }

  async read(): Promise<void> {
    this.#kept = (await this.#checkpoint.read()) ?? { position: 0, idle: {}, behind: {} };
  }

  get known(): boolean {
    return this.#kept !== undefined;
  }

  /** Where an endpoint was; of one that is not named, its own stream says where it begins. */
  of(id: string): Place {
    const { position, idle, behind } = this.#kept ?? { position: 0, idle: {}, behind: {} };
    if (Object.hasOwn(idle, id)) return { after: position, version: idle[id] };
    const [after, version] = (Object.hasOwn(behind, id) ? behind[id] : undefined) ?? [0];
    return { after, version };
  }

  passed(events: number): void {
    this.#passed += events;
  }

  async keep(position: number, endpoints: ReadonlyMap<string, Placed>, now: boolean): Promise<void> {
    const at = this.environment.clock.monotonic();
    if (!now && at - this.#keptAt < KEPT_EVERY) return;
    // Where nothing came there is nothing to keep: on a log that holds checkpoints too, each would ask for another.
    const heard = (id: string, { version = 0 }: Placed): boolean => version > (this.of(id).version ?? 0);
    if (this.#passed === 0 && ![...endpoints].some((each) => heard(...each))) return;
    const state = this.#placesOf(position, endpoints);
    if (!(await this.#checkpoint.keep(state))) return;
    this.#kept = state;
    this.#passed = 0;
    this.#keptAt = at;
  }

  #placesOf(position: number, endpoints: ReadonlyMap<string, Placed>): Kept {
    const idle: Record<string, number> = {};
    const behind: Record<string, readonly [at: number, version?: number]> = {};
    for (const [id, endpoint] of endpoints) {
      const before = this.of(id);
      const version = endpoint.version ?? before.version;
      const at = endpoint.safe ?? before.after;
      if (endpoint.idle && version !== undefined) idle[id] = version;
      else behind[id] = version === undefined ? [at] : [at, version];
    }
    return { position, idle, behind };
  }
}
