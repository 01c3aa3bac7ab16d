import type { ScheduleDefinition } from '#lib/domain/schedule';
import { keyOf } from './key-of.js';

type Hold = { readonly claim: string; readonly keys: readonly string[] };
type Ended = { readonly ids: readonly string[]; readonly through: number };

/**
 * Schedules that were found good and are on their way to the log, by their ids. They count against the quotas of those
 * judged after them: two requests at once would pass a limit together.
 */
export class Holds {
  readonly #byId = new Map<string, Hold>();
  readonly #claims = new Set<string>();
  readonly #counts = new Map<string, number>();
  /** What was tried, and up to where the log is to be seen before it is known what came of it. */
  #ended: Ended[] = [];
  #passed = 0;

  /** A second one for the same connection and operation is a duplicate: it will not exist. */
  add(id: string, tenant: string, { user, provider, connection, operation }: ScheduleDefinition): void {
    const claim = keyOf(tenant, connection, operation);
    if (this.#claims.has(claim) || this.#byId.has(id)) return;
    const keys = [keyOf(tenant, user), keyOf(tenant, user, provider)];
    this.#byId.set(id, { claim, keys });
    this.#claims.add(claim);
    for (const key of keys) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** It is in the log now, or will not be. */
  release(id: string): void {
    const hold = this.#byId.get(id);
    if (hold === undefined) return;
    this.#byId.delete(id);
    this.#claims.delete(hold.claim);
    for (const key of hold.keys) {
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    }
  }

  /** Whether they were created is in the log, at or before `through`; 0: they were not. */
  end(ids: readonly string[], through: number): void {
    if (through > this.#passed) this.#ended.push({ ids, through });
    else for (const id of ids) this.release(id);
  }

  /** The log was seen up to there. */
  passed(position: number): void {
    this.#passed = position;
    if (this.#ended.length === 0) return;
    const over = this.#ended.filter(({ through }) => through <= position);
    if (over.length > 0) this.#ended = this.#ended.filter(({ through }) => through > position);
    for (const id of over.flatMap(({ ids }) => ids)) this.release(id);
  }

  of(tenant: string, user: string, provider?: string): number {
    return this.#counts.get(keyOf(tenant, user, provider)) ?? 0;
  }
}
