import type { WorkItem } from '#lib/contracts/messages';
import { subjects } from '#lib/contracts/messages';
import type { Leave, WorkIntake } from '#lib/messaging/port';
import { DeskClient } from '../../libs/messaging/nats/desk-client.js';
import { accept, LATE_GIFTS } from '../../libs/messaging/nats/given.js';
import { obey } from '../../libs/messaging/nats/stop.js';
import type { Connection } from './network.js';
import type { Delivery } from './work-queue.js';

type Consumer = Parameters<WorkIntake['consume']>[0];

const PULL = 5_000;
const WORKING = 10_000;
const NAK = 1_000;

/** The executor's end of the virtual queue: pulls what it has room for, settles what was handled. */
export class VirtualIntake implements WorkIntake {
  readonly desk: DeskClient;
  #consumer: Consumer | undefined;
  #inFlight = 0;
  #cancelPull: (() => void) | undefined;

  constructor(private readonly connection: Connection) {
    this.desk = new DeskClient({
      nc: connection.nc,
      executor: connection.name,
      timers: connection.process.environment.timers,
    });
  }

  consume(consumer: Consumer): Leave {
    const { connection } = this;
    this.#consumer = consumer;
    for (const whom of [subjects.everyExecutor, connection.name])
      connection.subscribe(subjects.stop(whom), {
        callback: (_, { data }) => obey(data, consumer),
      });
    connection.subscribe(subjects.give(connection.name), {
      callback: (_, message) => {
        for (const ended of accept(message, consumer)) void this.#count(ended);
      },
    });
    this.#pull();
    return async () => {
      this.#consumer = undefined;
      this.#cancelPull?.();
      connection.link.up(() => connection.network.queue.leave(connection.link));
      await new Promise<void>((resolve) => connection.process.environment.timers.after(LATE_GIFTS, resolve));
    };
  }

  async #count(ended: Promise<void>): Promise<void> {
    this.#inFlight += 1;
    await ended.catch(() => {});
    this.#inFlight -= 1;
    this.#pull();
  }

  #pull(): void {
    const { connection } = this;
    const { link, network, process } = connection;
    const consumer = this.#consumer;
    this.#cancelPull?.();
    if (consumer === undefined) return;
    const wants = ({ provider }: WorkItem): boolean => consumer.providers?.includes(provider) !== false;
    const room = consumer.capacity - this.#inFlight;
    const take = (delivery: Delivery): void => void this.#take(delivery, consumer);
    if (room > 0) link.up(() => network.queue.pull(link, { wants, room, take, expires: PULL }));
    this.#cancelPull = process.environment.timers.after(PULL - 100, () => this.#pull());
  }

  async #take(delivery: Delivery, consumer: Consumer): Promise<void> {
    // Left meanwhile: nobody would ever settle it here.
    if (this.#consumer === undefined) return delivery.nak(NAK);
    const { timers } = this.connection.process.environment;
    this.#inFlight += 1;
    let cancel = (): void => {};
    const beat = (): void => {
      cancel = timers.after(WORKING, () => {
        delivery.working();
        beat();
      });
    };
    beat();
    try {
      await consumer.handle(JSON.parse(delivery.data) as WorkItem);
      delivery.ack();
    } catch {
      delivery.nak(NAK);
    } finally {
      cancel();
      this.#inFlight -= 1;
      this.#pull();
    }
  }
}
