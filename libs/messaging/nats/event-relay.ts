import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { integrationEvent } from '#lib/contracts/integration';
import { subjects } from '#lib/contracts/messages';
import type { RecordedEvent } from '#lib/event-store/port';
import type { JetStreamLayout } from './streams.js';

const TIMEOUT = 5_000;

/**
 * Publishes integration events, each with its event id as message id: a repeat within the stream's window is dropped by
 * the server, one after it by whoever consumes.
 */
export class EventRelay {
  readonly #js: JetStreamClient;

  constructor(
    nc: NatsConnection,
    private readonly layout: JetStreamLayout,
  ) {
    this.#js = jetstream(nc, { timeout: TIMEOUT });
  }

  /** Resolves when all are stored by JetStream. @throws when some may not be: publish all of them again. */
  async publish(events: readonly RecordedEvent[]): Promise<void> {
    try {
      await Promise.all(events.map((event) => this.#publish(event)));
    } catch (error) {
      await this.layout.ensure().catch(() => {});
      throw error;
    }
  }

  async #publish(recorded: RecordedEvent): Promise<void> {
    const relayed = integrationEvent(recorded);
    if (relayed === undefined) return;
    const { tenant, aggregate, event } = relayed;
    const subject = subjects.event(tenant, aggregate, event.type);
    await this.#js.publish(subject, JSON.stringify(event), { msgID: event.id, timeout: TIMEOUT });
  }
}
