import { Actors, webhookAggregate, type Unstamped } from '#lib/application/actors';
import { decodeEvent, type StoredEvent } from '#lib/contracts/events';
import { streamPrefixes, webhookStream } from '#lib/contracts/streams';
import type { Millis } from '#lib/domain/kernel';
import type { WebhookCommand, WebhookFilter, WebhookState } from '#lib/domain/webhook';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable, type EventStore } from '#lib/event-store/port';
import { storeBut } from '#lib/event-store/testing';
import type { Environment } from '#lib/ports';
import { draws, VirtualTime } from '#lib/ports/testing';
import { WebhookDeliveries, WebhookWatchSaga, type EndpointName } from '../index.js';
import { Receivers } from './receivers.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const context = { tenant: 'default', actor: 'api:test', correlation: uuid(0) };

/** Delivering on a virtual clock: endpoints are the test's, the log outlives whoever delivers. */
export class Rig {
  readonly time = new VirtualTime();
  /** The share of appends to endpoints' streams that fail, before they are stored or after. */
  trouble = 0;
  readonly store = new MemoryEventStore({
    faults: {
      beforeAppend: (stream) => this.#fault(stream),
      afterAppend: (stream) => this.#fault(stream),
    },
  });
  readonly receivers = new Receivers(this.time);
  /** Until then whoever delivers does not hear what is decided about endpoints. */
  informed: Promise<void> = Promise.resolve();
  /** The log answers no question about all of it. */
  unreadable = false;
  readonly random: () => number;
  readonly errors: string[] = [];
  #ids = 0;
  #events = 0;
  #running: { readonly deliveries: WebhookDeliveries; readonly ended: AbortController }[] = [];
  readonly #own: Actors;

  constructor(seed = 1) {
    this.random = draws(seed);
    this.#own = this.#actors();
  }

  #fault(stream: string): Error | undefined {
    return stream.startsWith(streamPrefixes.webhook) && this.random() < this.trouble
      ? storeUnavailable('the store did not answer')
      : undefined;
  }

  get environment(): Environment {
    const { clock, timers } = this.time;
    return {
      clock,
      timers,
      random: { fraction: this.random },
      ids: { next: () => uuid(1_000_000 + (this.#ids += 1)) },
    };
  }

  #actors(): Actors {
    return new Actors({
      store: this.store,
      environment: this.environment,
      capacity: 1_000,
      snapshotEvery: 50,
      shared: true,
    });
  }

  /** For as long as that takes, the store is well. @throws what refuses it */
  async command(id: string, command: Unstamped<WebhookCommand>): Promise<WebhookState> {
    const { trouble } = this;
    this.trouble = 0;
    const answer = await this.#through(
      this.#own.execute(webhookAggregate, webhookStream(id), command, context),
    );
    this.trouble = trouble;
    if (!answer.ok) throw new Error(answer.rejection.message);
    return answer.state;
  }

  async register(id: string, filter: WebhookFilter = {}): Promise<void> {
    const definition = { url: `https://${id}.example`, filter };
    await this.command(id, { type: 'RegisterWebhook', id, definition, after: await this.store.head() });
  }

  /** One event of a schedule. */
  async happens(schedule: string, type = 'RunCancelRequested'): Promise<void> {
    const stream = `schedule-${schedule}`;
    const { length } = await this.store.readStream(stream);
    const id = uuid((this.#events += 1));
    const metadata = { v: 1, at: this.time.clock.now(), ...context };
    await this.store.append(stream, length - 1, [
      { id, type, data: { run: 'r', reason: 'requested' }, metadata },
    ]);
  }

  /** One more who delivers. */
  begin(): void {
    const ended = new AbortController();
    const endpoints = async (): Promise<readonly EndpointName[]> => {
      const events = await this.store.readAll(0, 100_000, { prefixes: [streamPrefixes.webhook] });
      const ids = events.filter(({ type }) => type === 'WebhookRegistered').map(({ stream }) => stream);
      return ids.map((stream) => ({ id: stream.slice(streamPrefixes.webhook.length), tenant: 'default' }));
    };
    const deliveries = new WebhookDeliveries({
      store: this.#readable(),
      actors: this.#actors(),
      environment: this.environment,
      sender: {
        // A process that is dead sends nothing more, and hears no answer.
        send: async (message, signal) => {
          if (ended.signal.aborted) return new Promise(() => {});
          const result = await this.receivers.send(message, signal);
          return ended.signal.aborted ? new Promise(() => {}) : result;
        },
      },
      endpoints,
      onAttempt: () => {},
      onError: (what, error) => this.errors.push(`${what}: ${String(error)}`),
      onEnded: (error) => this.errors.push(String(error)),
    });
    this.#running.push({ deliveries, ended });
    const watch = new WebhookWatchSaga((endpoint, what) => deliveries.changed(endpoint, what));
    void this.#watch(watch, ended.signal);
    deliveries.start();
  }

  /** The log, as whoever delivers reads it. */
  #readable(): EventStore {
    const { store } = this;
    return storeBut(store, {
      readAll: async (...asked) => {
        if (this.unreadable) throw storeUnavailable('it cannot be read');
        return store.readAll(...asked);
      },
    });
  }

  async #watch(saga: WebhookWatchSaga, signal: AbortSignal): Promise<void> {
    const after = await this.store.head();
    for await (const { events } of this.store.subscribe({ after, signal }))
      for (const event of events) {
        await this.informed;
        if (saga.types.some((type) => type === event.type)) saga.handle(decodeEvent(event) as never);
      }
  }

  /** The longest running is dead, amid whatever it did. */
  kill(): void {
    const first = this.#running.shift();
    first?.ended.abort();
    void first?.deliveries.stop();
  }

  /** All end what they do. */
  async stop(): Promise<void> {
    const stops = this.#running
      .splice(0)
      .map(({ deliveries, ended }) => deliveries.stop().finally(() => ended.abort()));
    await this.#through(Promise.all(stops));
  }

  /** Time passes until it is over. */
  async #through<T>(work: Promise<T>): Promise<T> {
    let over = false;
    const ended = (): void => void (over = true);
    work.then(ended, ended);
    for (;;) {
      await this.time.settle();
      if (over) return work;
      this.time.advance(Math.max(1, this.time.next ?? 1));
    }
  }

  get running(): number {
    return this.#running.length;
  }

  /** Until nothing more happens at this instant. */
  async calm(): Promise<void> {
    for (let before = -1, now = await this.#seen(); before !== now;) {
      before = now;
      await this.time.settle();
      now = await this.#seen();
    }
  }

  async #seen(): Promise<number> {
    let got = await this.store.head();
    for (const each of this.receivers.got.values()) got += each.length;
    return got;
  }

  /** From timer to timer. */
  async pass(length: Millis): Promise<void> {
    const until = this.time.clock.now() + length;
    for (;;) {
      await this.calm();
      const left = until - this.time.clock.now();
      if (left <= 0) return;
      this.time.advance(Math.min(left, Math.max(1, this.time.next ?? left)));
    }
  }

  /** Everything on an endpoint's stream. */
  async log(id: string): Promise<readonly StoredEvent[]> {
    const events = await this.store.readStream(webhookStream(id));
    return events.map((event) => decodeEvent(event) as StoredEvent);
  }
}
