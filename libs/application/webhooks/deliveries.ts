import type { Actors } from '#lib/application/actors';
import { patiently } from '#lib/application/following';
import { GivingWay } from '#lib/application/relay';
import type { Attempted } from '#lib/domain/webhook';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import { pause, type Environment, type WebhookSender } from '#lib/ports';
import { Endpoint } from './endpoint.js';
import { deliverableStreams } from './lanes.js';
import { Places } from './places.js';
import { Subjects } from './subjects.js';

export type WebhookDeliveriesOptions = {
  readonly store: EventStore;
  readonly actors: Actors;
  readonly environment: Environment;
  readonly sender: WebhookSender;
  /** Endpoints of all tenants, as of the end of the log. */
  readonly endpoints: () => Promise<readonly EndpointName[]>;
  readonly onAttempt: (attempt: Attempted) => void;
  readonly onError: (what: string, error: unknown) => void;
  readonly onEnded: (error: unknown) => void;
};

export type EndpointName = { readonly id: string; readonly tenant: string };
/** What was decided about an endpoint, by its place in the log. */
export type Changed = { readonly at: number; readonly deleted: boolean };

const BATCH = 256;
/** As many in one batch, and more to come: the log grows fast. */
const MUCH = BATCH / 2;
const PAUSE = 500;

/**
 * Tells every endpoint what it asked for: one subscription on the log feeds those that keep up, and those that do not read
 * it for themselves. Without endpoints the log is not followed. Where it had come to is kept beside the log; what became
 * of each delivery is in it.
 */
export class WebhookDeliveries {
  readonly #abort = new AbortController();
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #subjects: Subjects;
  readonly #places: Places;
  /** Of the feed; undefined until it has begun. */
  #position: number | undefined;
  #starting: Promise<void> = Promise.resolve();
  #following: Promise<void> | undefined;

  constructor(private readonly options: WebhookDeliveriesOptions) {
    this.#subjects = new Subjects(options.actors, options.store);
    this.#places = new Places(options.store, options.environment);
  }

  start(): void {
    this.#starting = this.#start();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#starting;
    await Promise.all([...this.#endpoints.values()].map((endpoint) => endpoint.stop()));
    await this.#following;
    if (this.#following !== undefined) await this.#keepPlaces(true);
  }

  /** Something was decided about an endpoint, or it is new. */
  changed({ id, tenant }: EndpointName, { at, deleted }: Changed): void {
    if (this.#abort.signal.aborted) return;
    const known = this.#endpoints.get(id);
    if (deleted) {
      this.#endpoints.delete(id);
      void known?.stop();
    } else if (known !== undefined) known.changed(at);
    else if (this.#places.known) this.#open({ id, tenant });
  }

  async #start(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        await this.#places.read();
        for (const name of await this.options.endpoints()) this.#open(name);
        return;
      } catch (error) {
        this.options.onError('webhooks', error);
        await this.#pause();
      }
    }
  }

  #open(name: EndpointName): void {
    if (this.#endpoints.has(name.id) || this.#abort.signal.aborted) return;
    const { store, actors, environment, sender, onAttempt, onError } = this.options;
    const endpoint = new Endpoint(name.id, name.tenant, {
      store,
      actors,
      environment,
      sender,
      subjects: this.#subjects,
      fed: () => this.#position,
      onAttempt,
      onError,
    });
    this.#endpoints.set(name.id, endpoint);
    endpoint.start(this.#places.of(name.id));
    this.#following ??= this.#follow();
  }

  #follow(): Promise<void> {
    const { store, environment, onEnded } = this.options;
    const givingWay = new GivingWay(store, environment);
    const onError = (error: unknown): void => this.options.onError('webhooks', error);
    const patience = { signal: this.#abort.signal, timers: environment.timers, onError, onEnded };
    return patiently(async (signal) => {
      const after = this.#position ?? (await store.head());
      this.#feed([], after);
      const subscription = { after, filter: deliverableStreams, batchSize: BATCH, signal };
      for await (const { events, position, caughtUp } of store.subscribe(subscription)) {
        if (!caughtUp && events.length >= MUCH) await givingWay.before(position, signal);
        if (signal.aborted) return;
        this.#feed(events, position);
        await this.#keepPlaces(false);
      }
    }, patience);
  }

  #feed(events: readonly RecordedEvent[], position: number): void {
    this.#position = position;
    for (const endpoint of this.#endpoints.values()) endpoint.offer(events, position);
    this.#places.passed(events.length);
  }

  #keepPlaces(now: boolean): Promise<void> {
    return this.#places.keep(this.#position ?? 0, this.#endpoints, now);
  }

  #pause(): Promise<void> {
    return pause((over) => this.options.environment.timers.after(PAUSE, over), this.#abort.signal);
  }
}
