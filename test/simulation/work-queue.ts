import type { WorkItem } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import type { Link } from './link.js';
import type { Machine } from './machine.js';

/** As the server's streams are configured. */
const ACK_WAIT: Millis = 30_000;
const DOUBLES_WINDOW: Millis = 120_000;

export type Delivery = {
  readonly data: string;
  working(): void;
  ack(): void;
  nak(delay: Millis): void;
};
type Stored = { readonly data: string; deliveredUntil: Millis; taker: Taker | undefined };
type Taker = {
  readonly link: Link;
  readonly wants: (item: WorkItem) => boolean;
  readonly take: (delivery: Delivery) => void;
  /** A pull ends by itself: from a client that does not repeat it nothing is expected. */
  pullsUntil: Millis;
  room: number;
};

/** Items, each handed to one executor at a time until one settles it: at least once, in no promised order. */
export class WorkQueue {
  /** Whoever publishes hears of nobody who takes it. */
  gone = false;
  readonly #items = new Set<Stored>();
  readonly #takers = new Map<Link, Taker>();
  readonly #ids = new Map<string, Millis>();

  constructor(private readonly machine: Machine) {}

  publish(data: string, id?: string): void {
    const now = this.machine.monotonic;
    for (const [known, at] of this.#ids) if (at + DOUBLES_WINDOW <= now) this.#ids.delete(known);
    if (id !== undefined && this.#ids.has(id)) return;
    if (id !== undefined) this.#ids.set(id, now);
    this.#items.add({ data, deliveredUntil: 0, taker: undefined });
    this.#handOut();
  }

  pull(link: Link, asked: Pick<Taker, 'wants' | 'take' | 'room'> & { readonly expires: Millis }): void {
    const { expires, ...taker } = asked;
    this.#takers.set(link, { link, ...taker, pullsUntil: this.machine.monotonic + expires });
    this.#handOut();
  }

  /** The stream is deleted, with all that is in it. */
  lose(): void {
    this.gone = true;
    this.#items.clear();
    this.#ids.clear();
  }

  /** Whether it was gone. */
  remake(): boolean {
    const { gone } = this;
    this.gone = false;
    return gone;
  }

  leave(link: Link): void {
    this.#takers.delete(link);
  }

  #handOut(): void {
    const now = this.machine.monotonic;
    for (const item of this.#items) {
      if (item.deliveredUntil > now) continue;
      const parsed = JSON.parse(item.data) as WorkItem;
      const able = [...this.#takers.values()].filter(
        ({ room, pullsUntil, wants }) => room > 0 && pullsUntil > now && wants(parsed),
      );
      const roomiest = able.sort((a, b) => b.room - a.room)[0];
      if (roomiest !== undefined) this.#deliver(item, roomiest);
    }
  }

  #deliver(item: Stored, taker: Taker): void {
    taker.room -= 1;
    const { link } = taker;
    const hold = (ms: Millis): void => {
      item.deliveredUntil = this.machine.monotonic + ms;
      this.machine.after(ms, () => this.#handOut());
    };
    const delivery: Delivery = {
      data: item.data,
      working: () => link.up(() => hold(ACK_WAIT)),
      ack: () => link.up(() => this.#items.delete(item)),
      nak: (delay) => link.up(() => hold(delay)),
    };
    hold(ACK_WAIT);
    link.down(() => taker.take(delivery));
  }
}
