import { mkdirSync } from 'node:fs';
import { Actors } from '#lib/application/actors';
import { Admission } from '#lib/application/admission';
import { ScheduleCreation } from '#lib/application/creation';
import { ForecastWatch } from '#lib/application/forecast';
import { SubscriptionView, SubscriptionWatchSaga } from '#lib/application/subscriptions';
import { ScheduleValidation } from '#lib/application/validation';
import type { Connector } from '#lib/connectors';
import { HOUR, type Millis } from '#lib/domain/kernel';
import type { EventStore } from '#lib/event-store/port';
import type { CredentialVault, Environment, SyncEngine, WebhookSender } from '#lib/ports';
import type { ReadModel } from '#lib/projections';
import type { SyncedRecords } from '#lib/ports';
import { auditKeyOf, openAudit, type AuditSealing } from './audit.js';
import { assertClock } from './clock-check.js';
import type { Configuration } from './config.js';
import { EventObservers } from './event-observers.js';
import { gauges } from './gauges.js';
import { Forgetting } from './forgetting.js';
import { Heartbeats } from './heartbeats.js';
import type { Log } from './log.js';
import { noticed } from './noticed-records.js';
import { closeStorage, openReads, openStorage, readsAhead, type Storage } from './storage.js';
import { Uploads } from '#lib/workers/imports';
import { loadConnectors } from './load-connectors.js';
import { importsOf, openSyncEngine, type ConnectorAccess } from './sync-engine.js';
import { systemEnvironment } from './system-environment.js';
import { Telemetry } from './telemetry.js';
import { openMessaging, type Messaging } from './messaging.js';
import { StoreWatch } from './store-watch.js';
import { openWatch } from './open-watch.js';
import type { Watch } from './watch.js';
import { openWebhooks, type Webhooks } from './webhooks.js';

/** What an embedding caller may put in place of our own parts. */
export type EngineParts = {
  readonly environment?: Environment;
  /** Does the work in place of the connectors. */
  readonly syncEngine?: SyncEngine;
  /** Takes what webhooks are told, in place of an HTTP client. */
  readonly webhookSender?: WebhookSender;
  /** Log and read models in memory: nothing outlives the process. */
  readonly inMemory?: boolean;
  /** In place of the log that the configuration names. */
  readonly store?: EventStore;
  /** In place of the file in the data folder, or of memory. */
  readonly readModelPath?: string;
  /** Between two looks at what will be due. Default an hour; 0: none is taken. */
  readonly forecastEveryMs?: Millis;
  readonly log: Log;
};

/**
 * The service without its edges: HTTP, SDK and tests stand on this. Opened, it answers reads and commands; started,
 * it also watches the clock, dispatches and works.
 */
export class Engine {
  readonly environment: Environment;
  readonly telemetry = new Telemetry();
  readonly store: EventStore;
  readonly vault: CredentialVault;
  readonly records: SyncedRecords;
  readonly readModel: ReadModel;
  readonly actors: Actors;
  readonly admission: Admission;
  readonly creation: ScheduleCreation;
  readonly validation: ScheduleValidation;
  readonly forecast: ForecastWatch;
  readonly connectors: ConnectorAccess;
  readonly subscriptions: SubscriptionView;
  readonly uploads: Uploads;
  readonly #subscriptionWatch: SubscriptionWatchSaga;
  readonly observers = new EventObservers(this.telemetry);
  readonly forgetting = new Forgetting(() => this.records);
  readonly heartbeats: Heartbeats;
  readonly webhooks: Webhooks;
  readonly #watch: Watch;
  readonly #audit: AuditSealing;
  readonly #storeWatch: StoreWatch;
  #records: { start(): void; stop(): Promise<void> } | undefined;
  /** Somebody who follows the log met an event that is damaged, and follows it no more. */
  #ended = false;
  #phase: 'open' | 'starting' | 'started' | 'stopped' = 'open';

  private constructor(
    readonly configuration: Configuration,
    private readonly parts: EngineParts,
    storage: Storage & { readonly readModel: ReadModel },
    readonly messaging: Messaging,
    connectors: readonly Connector[],
  ) {
    const environment = (this.environment = parts.environment ?? systemEnvironment);
    const { store, vault, records, readModel } = storage;
    this.store = store;
    this.readModel = readModel;
    this.vault = vault;
    this.heartbeats = new Heartbeats(environment.clock);
    this.webhooks = openWebhooks(configuration, { vault, environment, own: parts.webhookSender });
    this.uploads = new Uploads(importsOf(configuration), configuration.uploadLimitBytes);
    this.subscriptions = new SubscriptionView(records, store, () => environment.clock.now());
    this.actors = new Actors({
      store,
      environment,
      capacity: configuration.actors,
      snapshotEvery: configuration.snapshotEvery,
      shared: configuration.eventStoreUrl !== undefined,
      onSnapshotError: (stream, error) => this.#error(`snapshot of ${stream}`, error),
    });
    const { actors } = this;
    this.#subscriptionWatch = new SubscriptionWatchSaga({
      view: this.subscriptions,
      actors,
      environment,
      leases: messaging.leases,
      onError: (what, error) => this.#error(what, error),
    });
    this.records = noticed(records, ({ tenant, user }) => this.#subscriptionWatch.touched(tenant, user));
    this.admission = this.#openAdmission();
    this.creation = new ScheduleCreation(actors, environment);
    const inMemory = parts.inMemory === true;
    this.connectors = openSyncEngine({
      configuration,
      connectors,
      actors,
      vault,
      records: this.records,
      environment,
      inMemory,
    });
    this.forecast = this.#openForecast();
    this.validation = this.#openValidation();
    this.observers.listen((event) => this.validation.saw(event));
    this.observers.listen((event) => this.forgetting.saw(event));
    this.#watch = openWatch(this, parts, {
      subscriptionWatch: this.#subscriptionWatch,
      onError: (what, error) => this.#error(what, error),
      onEnded: () => (this.#ended = true),
    });
    this.#audit = openAudit(this, (what, error) => this.#error(what, error));
    const { takeoverMs: patienceMs } = configuration;
    this.#storeWatch = new StoreWatch({ store, environment, patienceMs });
    gauges(this, this.#watch, this.#audit);
  }

  static async open(configuration: Configuration, parts: EngineParts): Promise<Engine> {
    if (parts.inMemory !== true) mkdirSync(configuration.dataFolder, { recursive: true, mode: 0o700 });
    const { log, environment = systemEnvironment } = parts;
    // Before anything is opened: a key that is none is told, and nothing has to be closed again.
    auditKeyOf(configuration);
    const connectors = await loadConnectors(configuration);
    let engine: Engine | undefined;
    const onError = (what: string, error: unknown): void =>
      log('warn', `${what}: will be tried again`, { error });
    const able = (): boolean => engine?.able ?? true;
    const ownLog = configuration.eventStoreUrl === undefined && parts.store === undefined;
    const messaging = await openMessaging({ configuration, environment, ownLog, able, onError });
    const ahead = readsAhead(configuration, parts);
    let opened: Storage | undefined;
    try {
      // Before there is an engine, nobody counts.
      const told = (what: string, error: unknown): void =>
        engine === undefined ? onError(what, error) : engine.#error(what, error);
      const onTrouble = (what: string, error: unknown): void => told(`event-store ${what}`, error);
      const inMemory = parts.inMemory === true;
      opened = await openStorage(configuration, inMemory, { sharedVault: messaging.vault, onTrouble });
      const { store = opened.store, readModelPath = opened.readModelPath } = parts;
      const storage = { ...opened, store, readModelPath };
      const onFault = ({ error }: { readonly error: unknown }): void => told('read-model', error);
      const readModel = await openReads(storage, environment, onFault, ahead);
      engine = new Engine(configuration, parts, { ...storage, readModel }, messaging, connectors);
      await assertClock(engine);
      return engine;
    } catch (error) {
      await ahead?.terminate();
      if (engine !== undefined) {
        await engine.stop(0);
        throw error;
      }
      if (opened !== undefined) await closeStorage(opened);
      await messaging.close();
      throw error;
    }
  }

  /** Resolves when reads are up to date and the clock is being watched. */
  async start(): Promise<void> {
    if (this.#phase !== 'open') return;
    this.#phase = 'starting';
    const head = await this.store.head();
    while (!(await this.readModel.waitFor(head, 60_000))) {
      if (this.readModel.failure() !== undefined) throw this.readModel.failure();
      this.#assertNotStopped();
    }
    // Once more, of all that is known now.
    await assertClock(this);
    this.#assertNotStopped();
    const { webhookDelivery } = this.configuration;
    this.#records = webhookDelivery === 'only' ? undefined : this.messaging.records?.(this.records);
    this.#records?.start();
    // Where nothing is shared there is nothing to give up.
    if (this.configuration.nats !== undefined) this.#storeWatch.start();
    await this.#watch.start();
    this.#assertNotStopped();
    this.#audit.start();
    this.forecast.start();
    this.#phase = 'started';
  }

  /** Lets running attempts end for a while, then stops them; what was acknowledged is stored. Idempotent. */
  async stop(graceMs = 8_000): Promise<void> {
    if (this.#phase === 'stopped') return;
    const begun = this.#phase !== 'open';
    this.#phase = 'stopped';
    if (begun) await this.#watch.stop(graceMs);
    this.#storeWatch.stop();
    await this.#audit.stop();
    await this.forecast.stop();
    await this.#records?.stop();
    await this.#subscriptionWatch.stop();
    await this.actors.close();
    await this.readModel.close();
    await this.connectors.close();
    await this.webhooks.close();
    await this.messaging.close();
    await closeStorage(this);
  }

  /** Whether our connectors do the work, as far as this node knows: executors elsewhere, or the product's own engine, may do it instead. */
  get connectorsServe(): boolean {
    return this.configuration.localExecutor && this.parts.syncEngine === undefined;
  }

  get log(): Log {
    return this.parts.log;
  }

  #assertNotStopped(): void {
    if (this.#phase === 'stopped') throw new Error('it was stopped while it started');
  }

  /** Whether it can do its share of what several nodes do. */
  get able(): boolean {
    return this.#storeWatch.answers;
  }

  get ready(): boolean {
    return this.#phase === 'started' && !this.#ended && this.readModel.failure() === undefined;
  }

  #openValidation(): ScheduleValidation {
    const { actors, readModel: facts, environment, forecast, connectors, connectorsServe } = this;
    const { quotas, allowShortIntervals } = this.configuration;
    return new ScheduleValidation({
      actors,
      facts,
      environment,
      quotas,
      allowShortIntervals,
      freshness: (provider) => connectors.freshness(provider),
      lateAt: (provider, at) => forecast.lateAt(provider, at),
      connectorsServe,
    });
  }

  #openForecast(): ForecastWatch {
    const { actors, readModel: facts, environment, configuration, parts } = this;
    const { concurrency } = configuration;
    const everyMs = parts.forecastEveryMs ?? HOUR;
    const onError = (what: string, error: unknown): void => this.#error(what, error);
    return new ForecastWatch({ actors, facts, environment, concurrency, everyMs, onError });
  }

  #openAdmission(): Admission {
    const { configuration, environment, readModel } = this;
    const { concurrency: global, connectionConcurrency: connection, ageingMs } = configuration;
    return new Admission({ global, connection, ageingMs }, (provider, { starts, perMs }) =>
      readModel.startsSince(provider, environment.clock.now() - perMs, starts),
    );
  }

  #error(what: string, error: unknown): void {
    this.telemetry.errors.inc({ where: what.split(' ')[0] ?? what });
    this.parts.log('warn', `${what}: will be tried again`, { error });
  }
}
