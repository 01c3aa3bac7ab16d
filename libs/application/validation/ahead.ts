import type { ScheduleDefinition } from '#lib/domain/schedule';
import { keyOf } from './key-of.js';

/** Schedules that a request creates before the one in question: the read model does not count them yet. */
export class Ahead {
  readonly #counts = new Map<string, number>();
  readonly #claims = new Set<string>();

  /** A second one for the same connection and operation is a duplicate: it will not exist. */
  add({ user, provider, connection, operation }: ScheduleDefinition): void {
    const claim = keyOf(connection, operation);
    if (this.#claims.has(claim)) return;
    this.#claims.add(claim);
    for (const key of [keyOf(user), keyOf(user, provider)])
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  of(user: string, provider?: string): number {
    return this.#counts.get(keyOf(user, provider)) ?? 0;
  }
}
