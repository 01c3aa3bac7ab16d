import { Actors } from '#lib/application/actors';
import type { Admission } from '#lib/application/admission';
import type { BulkChanges } from '#lib/application/bulk';
import { ScheduleCreation } from '#lib/application/creation';
import type { ForecastWatch } from '#lib/application/forecast';
import { SubscriptionView, SubscriptionWatchSaga } from '#lib/application/subscriptions';
import type { ScheduleValidation } from '#lib/application/validation';
import type { Connector } from '#lib/connectors';
import type { EventStore } from '#lib/event-store/port';
import type { CredentialVault, Environment } from '#lib/ports';
import type { Fault, ReadModel } from '#lib/projections';
import type { SyncedRecords } from '#lib/ports';
import { assertAuditable, openAudit, type AuditSealing } from './audit.js';
import { assertClock } from './clock-check.js';
import type { Configuration } from './config.js';
import type { EngineParts, Told } from './engine-parts.js';
import { EventObservers } from './event-observers.js';
import { gauges } from './gauges.js';
import { Forgetting } from './forgetting.js';
import { Heartbeats } from './heartbeats.js';
import type { Log } from './log.js';
import { assertNatsFiles } from './nats-files.js';
import { noticed } from './noticed-records.js';
import { closeStorage, makeDataFolder, openReads, openStorage, readsAhead, type Storage } from './storage.js';
import { Uploads } from '#lib/workers/imports';
import { loadConnectors, tellUnserved } from './load-connectors.js';
import { importsOf, openSyncEngine, type ConnectorAccess } from './sync-engine.js';
import { systemEnvironment } from './system-environment.js';
import { Telemetry } from './telemetry.js';
import { openMessaging, type Messaging } from './messaging.js';
import { whyNotReady } from './readiness.js';
import { StoreWatch } from './store-watch.js';
import { openAdmission, openBulkChanges, openForecast, openValidation } from './open-deciding.js';
import { assertVault } from './vault-check.js';
import { openWatch } from './open-watch.js';
import { Troubles } from './troubles.js';
import type { Watch } from './watch.js';
import { openWebhooks, type Webhooks } from './webhooks.js';
import { Written } from './written.js';

/**
 * The service without its edges: HTTP, SDK and tests stand on this. Opened, it answers reads and commands; started,
 * it also watches the clock, dispatches and works.
 */
export class Engine {
  readonly environment: Environment;
  readonly telemetry: Telemetry;
  /** Whether what is decided is stored. */
  readonly written: Written;
  readonly store: EventStore;
  readonly vault: CredentialVault;
  readonly records: SyncedRecords;
  readonly readModel: ReadModel;
  readonly actors: Actors;
  readonly admission: Admission;
  readonly creation: ScheduleCreation;
  readonly validation: ScheduleValidation;
  readonly bulkChanges: BulkChanges;
  readonly forecast: ForecastWatch;
  readonly connectors: ConnectorAccess;
  readonly subscriptions: SubscriptionView;
  readonly uploads: Uploads;
  readonly #subscriptionWatch: SubscriptionWatchSaga;
  readonly observers: EventObservers;
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
    private readonly parts: EngineParts & Told,
    storage: Storage & { readonly readModel: ReadModel },
    readonly messaging: Messaging,
    connectors: readonly Connector[],
  ) {
    const environment = (this.environment = parts.environment ?? systemEnvironment);
    const { telemetry, troubles } = parts;
    const { told: onError } = troubles;
    this.telemetry = telemetry;
    this.observers = new EventObservers(telemetry);
    this.written = new Written(environment.clock);
    const { store, vault, records, readModel } = storage;
    this.store = store;
    this.readModel = readModel;
    this.vault = vault;
    this.heartbeats = new Heartbeats(environment.clock);
    this.webhooks = openWebhooks(configuration, { vault, environment, own: parts.webhookSender });
    this.uploads = new Uploads(importsOf(configuration), configuration.uploadLimitBytes);
    this.subscriptions = new SubscriptionView(records, store, () => environment.clock.now());
    this.actors = new Actors({
      store: this.written.through(store),
      environment,
      capacity: configuration.actors,
      snapshotEvery: configuration.snapshotEvery,
      shared: configuration.eventStoreUrl !== undefined,
      onSnapshotError: (stream, error) => onError(`snapshot of ${stream}`, error),
    });
    const { actors } = this;
    this.#subscriptionWatch = new SubscriptionWatchSaga({
      view: this.subscriptions,
      actors,
      environment,
      leases: messaging.leases,
      onError,
    });
    this.records = noticed(records, ({ tenant, user }) => this.#subscriptionWatch.touched(tenant, user));
    this.admission = openAdmission(this);
    this.creation = new ScheduleCreation(actors, environment);
    const own = { actors, vault, environment, records: this.records, inMemory: parts.inMemory === true };
    this.connectors = openSyncEngine({ ...own, configuration, connectors });
    this.forecast = openForecast(this, parts);
    this.validation = openValidation(this);
    this.bulkChanges = openBulkChanges(this);
    this.observers.listen((event) => this.validation.saw(event));
    this.observers.listen((event) => this.forgetting.saw(event));
    this.#watch = openWatch(this, parts, {
      subscriptionWatch: this.#subscriptionWatch,
      onError,
      onEnded: () => (this.#ended = true),
    });
    this.#audit = openAudit(this, onError);
    this.#storeWatch = new StoreWatch({ store, environment, patienceMs: configuration.takeoverMs });
    gauges(this, this.#watch, this.#audit);
  }

  static async open(configuration: Configuration, parts: EngineParts): Promise<Engine> {
    if (parts.inMemory !== true) makeDataFolder(configuration);
    const { log, environment = systemEnvironment } = parts;
    // Before anything is opened: what is wrong with files of the operator's is told, and nothing has to be closed again.
    assertAuditable(configuration);
    await assertNatsFiles(configuration);
    const connectors = await loadConnectors(configuration);
    if (configuration.localExecutor) tellUnserved(configuration, connectors, parts);
    let engine: Engine | undefined;
    const telemetry = new Telemetry();
    const troubles = new Troubles(log, environment, telemetry);
    const { told: onError } = troubles;
    const able = (): boolean => engine?.able ?? true;
    const ownLog = configuration.eventStoreUrl === undefined && parts.store === undefined;
    const messaging = await openMessaging({ configuration, environment, ownLog, able, log, onError });
    const ahead = readsAhead(configuration, parts);
    let opened: Storage | undefined;
    try {
      const onTrouble = (what: string, error: unknown): void => onError(`event-store ${what}`, error);
      const inMemory = parts.inMemory === true;
      const onNotice = (message: string): void => log('warn', message);
      opened = await openStorage(configuration, inMemory, {
        sharedVault: messaging.vault,
        onTrouble,
        onNotice,
      });
      const { store = opened.store, readModelPath = opened.readModelPath } = parts;
      const storage = { ...opened, store, readModelPath };
      const onFault = ({ fatal, error }: Fault): void => {
        if (!fatal) return onError('read-model', error);
        if (engine !== undefined) engine.#readsEnded(error);
      };
      const readModel = await openReads(storage, environment, onFault, ahead);
      engine = new Engine(
        configuration,
        { ...parts, telemetry, troubles },
        { ...storage, readModel },
        messaging,
        connectors,
      );
      await assertClock(engine);
      return engine;
    } catch (error) {
      troubles.stop();
      // Its thread ends with it: one that is cut off before would be told of.
      await engine?.stop(0);
      await ahead?.terminate();
      if (engine !== undefined) throw error;
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
    if (this.messaging.vault !== undefined) await assertVault(this);
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
    this.parts.troubles.stop();
    await closeStorage(this);
  }

  /** Whether our connectors do the work, as far as this node knows: executors elsewhere, or the product's own engine, may do it instead. */
  get connectorsServe(): boolean {
    return this.configuration.localExecutor && this.parts.syncEngine === undefined;
  }

  get log(): Log {
    return this.parts.log;
  }

  /** What went wrong in the background and is tried again. */
  get trouble(): Troubles['told'] {
    return this.parts.troubles.told;
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

  /** What keeps it from its work, in words for whoever asks; undefined: nothing does. */
  get whyNotReady(): string | undefined {
    const { readModel, written, messaging, configuration } = this;
    const { takeoverMs } = configuration;
    const parts = {
      readModel,
      written,
      takeoverMs,
      storeWatch: this.#storeWatch,
      link: messaging.nats?.link,
    };
    return whyNotReady({ ...parts, phase: this.#phase, ended: this.#ended });
  }

  /** For good, which ends a start: that is told by whoever starts it. */
  #readsEnded(error: unknown): void {
    if (this.#phase !== 'started') return;
    this.log('error', 'reads follow the log no more; restart after the log is repaired', { error });
  }
}
