import type { NatsConnection } from '@nats-io/transport-node';
import { subjects, type Heartbeat, type WorkItem } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import type { Granted, Seat } from '#lib/messaging/port';
import type { Clock, Timers } from '#lib/ports';
import { Places } from './places.js';
import { portions } from './portions.js';

export type GiverOptions = {
  readonly nc: NatsConnection;
  readonly clock: Clock;
  readonly timers: Timers;
  /** How long an executor that is not heard is believed to be there, in ms. */
  readonly silence: Millis;
  readonly onError: (what: string, error: unknown) => void;
};

type Taker = Pick<Seat, 'executor' | 'claim'>;

/** An executor answers as soon as it has read the message. */
const TIMEOUT = 2_000;

/**
 * Gives executors attempts that they hold already. What is given in one turn of the event loop goes out together.
 * Who does not answer gets nothing more before it has answered to an empty message, sent with its next heartbeats. Those
 * tell what it knows of: the rest is given again, or its lease runs out with whoever should have had it.
 */
export class Giver {
  readonly places: Places;
  readonly #outbox = new Map<string, { readonly to: Taker; readonly items: string[] }>();

  constructor(private readonly options: GiverOptions) {
    this.places = new Places(options.clock, options.silence);
  }

  heard(beat: Heartbeat): void {
    const place = this.places.heard(beat);
    if (place !== undefined && !place.open) void this.#request(place, []);
  }

  give(to: Taker, item: WorkItem, granted: Granted): void {
    const key = `${to.executor} ${to.claim}`;
    let waiting = this.#outbox.get(key);
    if (waiting === undefined) this.#outbox.set(key, (waiting = { to, items: [] }));
    waiting.items.push(JSON.stringify({ item, granted }));
    if (this.#outbox.size === 1 && waiting.items.length === 1) this.options.timers.soon(() => this.#send());
  }

  #send(): void {
    for (const { to, items } of this.#outbox.values())
      for (const some of portions(items, Buffer.byteLength)) void this.#request(to, some);
    this.#outbox.clear();
  }

  async #request(to: Taker, items: readonly string[]): Promise<void> {
    const { nc, onError } = this.options;
    if (nc.isClosed()) return;
    try {
      const message = `{"claim":${JSON.stringify(to.claim)},"items":[${items.join()}]}`;
      await nc.request(subjects.give(to.executor), message, { timeout: TIMEOUT });
      this.places.answers(to, true);
    } catch (error) {
      this.places.answers(to, false);
      if (items.length > 0) onError(`give ${to.executor}`, error);
    }
  }
}
