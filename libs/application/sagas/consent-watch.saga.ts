import { connectionAggregate, scheduleAggregate, type Actors } from '#lib/application/actors';
import type { StoredEvent } from '#lib/contracts/events';
import { connectionStream } from '#lib/contracts/streams';
import { HOUR, type Instant } from '#lib/domain/kernel';
import type { Clock } from '#lib/ports';
import QuickLRU from 'quick-lru';
import type { Saga, Shown } from './saga.js';

export type ConsentWatchOptions = {
  readonly actors: Actors;
  readonly clock: Clock;
  /** Whether any consent for a provider ends by itself. */
  readonly ends: (provider: string) => boolean;
  /** When a connection's consent ends, once that is near enough to tell its user; undefined before, and where nothing ends. */
  readonly endingSoon: (tenant: string, connection: string) => Promise<Instant | undefined>;
};

/** Looks at a connection's consent at most this often. */
const EVERY = 6 * HOUR;

/**
 * Says that a consent is about to end while syncs still work, so that its user can be asked in time. It looks whenever a
 * sync has succeeded: a connection that nobody syncs has nobody to warn. Once for each consent, by the connection's own
 * decision.
 */
export class ConsentWatchSaga implements Saga {
  readonly name = 'consent-watch';
  readonly types = ['RunSucceeded'] as const;
  readonly #looked = new QuickLRU<string, Instant>({ maxSize: 50_000 });

  constructor(private readonly options: ConsentWatchOptions) {}

  handle(event: Shown<ConsentWatchSaga>): Promise<void> | undefined {
    const { actors, ends } = this.options;
    const known = actors.peek(scheduleAggregate, event.stream);
    if (known !== undefined && known.status !== 'absent' && !ends(known.definition.provider))
      return undefined;
    return this.#look(event);
  }

  async #look(event: StoredEvent): Promise<void> {
    const { actors, clock, endingSoon } = this.options;
    const { tenant, correlation } = event.metadata;
    const { state } = await actors.read(scheduleAggregate, event.stream);
    if (state.status === 'absent') return;
    const stream = connectionStream(tenant, state.definition.connection);
    const now = clock.now();
    const last = this.#looked.get(stream);
    if (last !== undefined && now >= last && now - last < EVERY) return;
    const endsAt = await endingSoon(tenant, state.definition.connection);
    this.#looked.set(stream, now);
    if (endsAt === undefined) return;
    const context = { tenant, actor: `saga:${this.name}`, correlation, causation: event.id };
    await actors.execute(connectionAggregate, stream, { type: 'NoticeConsentEnding', endsAt }, context);
  }
}
