import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { streams, subjects, type Heartbeat, type WorkItem } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import type { ExecutorDesk, Granted, Seat, WorkDistribution } from '#lib/messaging/port';
import type { Clock, Leases, Timers } from '#lib/ports';
import { Giver } from './giver.js';
import { DeskServer } from './desk-server.js';
import { carrying, type JetStreamLayout } from './streams.js';

export type NatsDistributionOptions = {
  readonly nc: NatsConnection;
  readonly layout: JetStreamLayout;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly leaseMs: Millis;
  readonly onError: (what: string, error: unknown) => void;
};

const PUBLISH_TIMEOUT = 5_000;

/** The scheduler's end of the work queue. Publishes without waiting: what is lost is offered again, because the log says so. */
export class NatsDistribution implements WorkDistribution {
  readonly #js: JetStreamClient;
  #listener: (run?: string) => void = () => {};
  readonly #giver: Giver;
  #desk: DeskServer | undefined;

  constructor(private readonly options: NatsDistributionOptions) {
    this.#js = jetstream(options.nc, { timeout: PUBLISH_TIMEOUT });
    // Two heartbeats and a half.
    this.#giver = new Giver({ ...options, silence: options.leaseMs / 2 });
    void this.#reconnections();
  }

  /**
   * What was said while the connection was gone, or shortly before, may not have arrived: offers here, and at the
   * executors' end that an item is given back. All that nobody has claimed is offered again; a double is refused.
   */
  async #reconnections(): Promise<void> {
    for await (const { type } of this.options.nc.status()) if (type === 'reconnect') this.#listener();
  }

  offer(item: WorkItem): void {
    this.#publish(item).catch((error: unknown) => this.#lost(item, error));
  }

  onLost(listener: (run?: string) => void): void {
    this.#listener = listener;
  }

  /**
   * A first offer is sent and not waited for: an acknowledgement for each run would cost more than the runs that it
   * saves, and what did not arrive is offered again. That second offer asks for one, and finds out what is missing. Each
   * has a message id of its own, so that JetStream drops the double of one that was published twice, and no other:
   * whatever it thinks it has of an earlier offer, nobody took it.
   */
  async #publish(item: WorkItem): Promise<void> {
    const { nc, layout } = this.options;
    const { provider, priority, run, attempt, epoch, repeat } = item;
    const [subject, payload] = [subjects.work(provider, priority), JSON.stringify(item)];
    const msgID = `${run}/${attempt}/${epoch}/${repeat}`;
    const made = layout.lane(provider, priority, repeat > 0);
    if (repeat === 0) {
      nc.publish(subject, payload, { headers: carrying(msgID) });
      return made;
    }
    const sent = this.#js.publish(subject, payload, { msgID, timeout: PUBLISH_TIMEOUT, retries: 1 });
    await Promise.all([made, sent]);
  }

  /** Most likely the stream is gone, or NATS is: the first is mended here, and all that was in it is offered again. */
  #lost(item: WorkItem, error: unknown): void {
    const { layout, onError, nc } = this.options;
    onError(`offer ${item.run}`, error);
    if (nc.isClosed()) return;
    this.#listener(item.run);
    layout.forgetLanes();
    layout.ensure().then(
      (made) => made.includes(streams.work) && this.#listener(),
      (again: unknown) => onError('streams', again),
    );
  }

  seat(provider: string): Seat | undefined {
    const { places } = this.#giver;
    const place = places.hold(provider);
    if (place === undefined) return undefined;
    const { executor, claim } = place;
    const leave = (): void => places.leave(place);
    return {
      executor,
      claim,
      take: (item, granted) => {
        if (granted === undefined) {
          leave();
          return this.offer(item);
        }
        places.give(item.run, place);
        this.#giver.give({ executor, claim }, item, granted);
      },
      leave,
    };
  }

  settled(run: string): void {
    this.#giver.places.settled(run);
  }

  give(to: Pick<Seat, 'executor' | 'claim'>, item: WorkItem, granted: Granted): void {
    this.#giver.give(to, item, granted);
  }

  /** An item in the queue cannot be taken out by its run; a double of it is refused at the claim. */
  withdraw(): void {}

  cancel(run: string): void {
    if (!this.options.nc.isClosed())
      this.options.nc.publish(subjects.stop(subjects.everyExecutor), JSON.stringify({ run }));
  }

  serve(desk: ExecutorDesk): void {
    const { nc, leases, timers, onError } = this.options;
    const onBeat = (beat: Heartbeat): void => this.#giver.heard(beat);
    this.#desk = new DeskServer({ nc, leases, desk, onBeat, timers, onError });
  }

  close(): void {
    this.#desk?.close();
  }
}
