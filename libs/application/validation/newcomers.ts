import type { StoredEvent } from '#lib/contracts/events';
import { keyOf } from './key-of.js';

type Position = number;
type Creation = { readonly position: Position; readonly keys: readonly string[] };

/**
 * Schedules that the log has already and the read model does not count yet: it may be seconds behind while much goes
 * on, and whoever creates many in that time would go beyond a quota unseen.
 */
export class Newcomers {
  readonly #creations: Creation[] = [];
  #first = 0;
  /** Positions by user, and by user and provider. */
  readonly #positions = new Map<string, Position[]>();

  /** Every event of the log, in order. `counted`: the position up to which the read model counts. */
  saw(event: StoredEvent, counted: Position): void {
    if (event.type !== 'ScheduleCreated') return;
    this.#forget(counted);
    const { position, metadata } = event;
    const { user, provider } = event.data.definition;
    const keys = [keyOf(metadata.tenant, user), keyOf(metadata.tenant, user, provider)];
    this.#creations.push({ position, keys });
    for (const key of keys) {
      const positions = this.#positions.get(key);
      if (positions === undefined) this.#positions.set(key, [position]);
      else positions.push(position);
    }
  }

  /** How many of a user, or of a user with a provider, came after a position. */
  after(position: Position, tenant: string, user: string, provider?: string): number {
    return this.#positions.get(keyOf(tenant, user, provider))?.filter((at) => at > position).length ?? 0;
  }

  #forget(counted: Position): void {
    for (let next = this.#creations[this.#first]; next !== undefined && next.position <= counted;) {
      for (const key of next.keys) {
        const positions = this.#positions.get(key);
        positions?.shift();
        if (positions?.length === 0) this.#positions.delete(key);
      }
      this.#first += 1;
      next = this.#creations[this.#first];
    }
    if (this.#first < 1_000 || this.#first * 2 < this.#creations.length) return;
    this.#creations.splice(0, this.#first);
    this.#first = 0;
  }
}
