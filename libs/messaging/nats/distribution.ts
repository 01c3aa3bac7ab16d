import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { subjects, type WorkItem } from '#lib/contracts/messages';
import type { ExecutorDesk, WorkDistribution } from '#lib/messaging/port';
import type { Leases } from '#lib/ports';
import { DeskServer } from './desk-server.js';
import type { JetStreamLayout } from './streams.js';

export type NatsDistributionOptions = {
  readonly nc: NatsConnection;
  readonly layout: JetStreamLayout;
  readonly leases: Leases;
  readonly onError: (what: string, error: unknown) => void;
};

/**
 * Offers of one attempt within so many repeats carry one message id, so that JetStream drops the doubles of what it
 * still has. After that the id changes: whatever it thinks it has, nobody took it. At an offer each ten seconds that is
 * within a minute.
 */
const REPEATS_PER_ID = 5;
const PUBLISH_TIMEOUT = 5_000;

/** The scheduler's end of the work queue. Publishes without waiting: what is lost is offered again, because the log says so. */
export class NatsDistribution implements WorkDistribution {
  readonly #js: JetStreamClient;
  #desk: DeskServer | undefined;

  constructor(private readonly options: NatsDistributionOptions) {
    this.#js = jetstream(options.nc, { timeout: PUBLISH_TIMEOUT });
  }

  offer(item: WorkItem): void {
    this.#publish(item).catch((error: unknown) => this.#lost(item, error));
  }

  async #publish(item: WorkItem): Promise<void> {
    const { provider, priority, run, attempt, epoch, repeat } = item;
    const made = this.options.layout.lane(provider, priority);
    const sent = this.#js.publish(subjects.work(provider, priority), JSON.stringify(item), {
      msgID: `${run}/${attempt}/${epoch}/${Math.floor(repeat / REPEATS_PER_ID)}`,
      timeout: PUBLISH_TIMEOUT,
      retries: 1,
    });
    await Promise.all([made, sent]);
  }

  /** Most likely the stream is gone, or NATS is: the first is mended here, and the sweep offers again. */
  #lost(item: WorkItem, error: unknown): void {
    const { layout, onError, nc } = this.options;
    onError(`offer ${item.run}`, error);
    if (nc.isClosed()) return;
    layout.forgetLanes();
    layout.ensure().catch((again: unknown) => onError('streams', again));
  }

  /** An item in the queue cannot be taken out by its run; a double of it is refused at the claim. */
  withdraw(): void {}

  cancel(run: string): void {
    if (!this.options.nc.isClosed())
      this.options.nc.publish(subjects.stop(subjects.everyExecutor), JSON.stringify({ run }));
  }

  serve(desk: ExecutorDesk): void {
    const { nc, leases, onError } = this.options;
    this.#desk = new DeskServer({ nc, leases, desk, onError });
  }

  close(): void {
    this.#desk?.close();
  }
}
