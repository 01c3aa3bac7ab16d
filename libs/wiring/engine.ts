import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Actors } from '#lib/application/actors';
import { Admission } from '#lib/application/admission';
import { ScheduleCreation } from '#lib/application/commands';
import { SchedulerDesk } from '#lib/application/executor-desk';
import { ConnectionCareSaga, ConflictWatchSaga, DispatchSaga, LeaseWatchSaga, SagaRunner, TimingSaga, type WorkIndex } from '#lib/application/sagas';
import { ScheduleValidation } from '#lib/application/validation';
import type { Heartbeat } from '#lib/contracts/messages';
import type { EventStore } from '#lib/event-store/port';
import { InProcessMessaging } from '#lib/messaging/in-process';
import type { CredentialVault, Environment, SyncEngine } from '#lib/ports';
import { openReadModel, type ReadModel } from '#lib/projections';
import type { SyncedRecords } from '#lib/sink';
import type { Configuration } from './config.js';
import { startExecutor, type LocalExecutor } from './executor.js';
import { EventObservers } from './event-observers.js';
import type { Log } from './log.js';
import { openStorage, type Storage } from './storage.js';
import { openSyncEngine, type ConnectorAccess } from './sync-engine.js';
import { systemEnvironment } from './system-environment.js';
import { Telemetry } from './telemetry.js';

/** What an embedding caller may put in place of our own parts. */
export type EngineParts = {
  readonly environment?: Environment;
  /** Does the work in place of the connectors. */
  readonly syncEngine?: SyncEngine;
  /** Log and read models in memory: nothing outlives the process. */
  readonly inMemory?: boolean;
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
  readonly connectors: ConnectorAccess;
  readonly observers: EventObservers;
  readonly heartbeats = new Map<string, Heartbeat>();
  readonly #messaging = new InProcessMessaging();
  readonly #timing: TimingSaga;
  readonly #dispatch: DispatchSaga;
  readonly #leases: LeaseWatchSaga;
  #runners: SagaRunner[] = [];
  #executor: LocalExecutor | undefined;
  #phase: 'open' | 'started' | 'stopped' = 'open';

  private constructor(
    readonly configuration: Configuration,
    private readonly parts: EngineParts,
    storage: Storage,
  ) {
    const environment = (this.environment = parts.environment ?? systemEnvironment);
    this.store = storage.store;
    this.vault = storage.vault;
    this.records = storage.records;
    this.readModel = openReadModel({ path: storage.readModelPath, store: this.store, environment, onFault: (fault) => this.#error('read-model', fault) });
    this.actors = new Actors({
      store: this.store,
      environment,
      capacity: configuration.actors,
      snapshotEvery: configuration.snapshotEvery,
      onSnapshotError: (stream, error) => this.#error(`snapshot of ${stream}`, error),
    });
    this.admission = new Admission({ global: configuration.concurrency, connection: configuration.connectionConcurrency, ageingMs: configuration.ageingMs });
    this.creation = new ScheduleCreation(this.actors, environment);
    this.connectors = openSyncEngine({ configuration, actors: this.actors, vault: this.vault, records: this.records, environment, inMemory: parts.inMemory === true });
    this.validation = new ScheduleValidation({ actors: this.actors, facts: this.readModel, quotas: configuration.quotas, allowShortIntervals: configuration.allowShortIntervals, freshness: (provider) => this.connectors.freshness(provider), environment });
    this.observers = new EventObservers(this.telemetry);
    const onError = (what: string, error: unknown): void => this.#error(what, error);
    this.#timing = new TimingSaga({ actors: this.actors, environment, index: this.#index, indexed: (position) => this.readModel.waitFor(position, 30_000), onError });
    this.#dispatch = new DispatchSaga({ actors: this.actors, admission: this.admission, environment, work: this.#messaging, onError });
    this.#leases = new LeaseWatchSaga({ actors: this.actors, environment, leaseMs: configuration.leaseMs, onError });
    this.#messaging.serve(
      new SchedulerDesk({
        actors: this.actors,
        admission: this.admission,
        leases: this.#leases,
        environment,
        leaseMs: configuration.leaseMs,
        onHeartbeat: (beat) => this.heartbeats.set(beat.executor, beat),
        onRefused: (reason) => this.telemetry.refusedResults.inc({ reason }),
      }),
    );
    this.#gauges();
  }

  static async open(configuration: Configuration, parts: EngineParts): Promise<Engine> {
    if (parts.inMemory !== true) mkdirSync(configuration.dataFolder, { recursive: true, mode: 0o700 });
    const engine = new Engine(configuration, parts, await openStorage(configuration, parts.inMemory === true));
    engine.readModel.start();
    return engine;
  }

  /** Resolves when reads are up to date and the clock is being watched. */
  async start(): Promise<void> {
    if (this.#phase !== 'open') return;
    this.#phase = 'started';
    const head = await this.store.head();
    while (!(await this.readModel.waitFor(head, 60_000))) {
      if (this.readModel.failure() !== undefined) throw this.readModel.failure();
    }
    // One synchronous step: the index must not move between the sagas that start from it.
    const live = this.#runner('live', [this.#timing, this.#dispatch, this.#leases, this.observers], this.#index.position);
    this.#leases.start(this.#index);
    for (const provider of this.readModel.providers()) this.#dispatch.restore(provider);
    this.#dispatch.start(this.#index);
    this.#timing.start();
    const reactions = this.#runner('reactions', [new ConnectionCareSaga(this.actors), new ConflictWatchSaga(this.actors)]);
    this.#runners = [live, reactions];
    for (const runner of this.#runners) await runner.start();
    this.#executor = startExecutor({
      configuration: this.configuration,
      environment: this.environment,
      intake: this.#messaging,
      engine: this.parts.syncEngine ?? this.connectors.engine,
      onError: (what, error) => this.#error(what, error),
    });
  }

  /** Lets running attempts end for a while, then stops them; what was acknowledged is stored. Idempotent. */
  async stop(graceMs = 8_000): Promise<void> {
    if (this.#phase === 'stopped') return;
    this.#phase = 'stopped';
    await this.#timing.stop();
    this.#dispatch.stop();
    await this.#executor?.stop(graceMs);
    this.#leases.stop();
    for (const runner of this.#runners) await runner.stop();
    await this.actors.close();
    await this.readModel.close();
    await this.connectors.close();
    await this.records.close();
    await (this.vault as Partial<{ close(): Promise<void> }>).close?.();
    await this.store.close();
  }

  get ready(): boolean {
    return this.#phase === 'started' && this.readModel.failure() === undefined;
  }

  get #index(): WorkIndex {
    const { readModel } = this;
    return {
      get position() {
        return readModel.position();
      },
      wakeUpsBefore: (horizon, limit, after) => readModel.wakeUpsBefore(horizon, limit, after),
      openRuns: () => readModel.openRuns(),
    };
  }

  #runner(name: string, sagas: ConstructorParameters<typeof SagaRunner>[0]['sagas'], from?: number): SagaRunner {
    return new SagaRunner({
      name,
      store: this.store,
      environment: this.environment,
      sagas,
      ...(from === undefined ? {} : { from }),
      onParked: (saga, event, error) => {
        this.telemetry.parked.inc({ handler: saga });
        this.parts.log('error', 'an event was parked', { saga, stream: event.stream, revision: event.revision, position: event.position, error });
      },
      onEnded: (error) => this.parts.log('error', `the ${name} subscription ended; restart after the log is repaired`, { error }),
    });
  }

  #error(what: string, error: unknown): void {
    this.telemetry.errors.inc({ where: what.split(' ')[0] ?? what });
    this.parts.log('warn', `${what}: will be tried again`, { error });
  }

  #gauges(): void {
    const { telemetry, admission } = this;
    telemetry.gauge('syncopate_actors', 'Schedules and other aggregates in memory', () => this.actors.size);
    telemetry.gauge('syncopate_wakeups_in_memory', 'Wake-ups of the near future', () => this.#timing.size);
    telemetry.gauge('syncopate_running', 'Attempts offered or running', () => admission.busy);
    telemetry.gauge('syncopate_capacity', 'Attempts that may run at once', () => admission.capacity);
    telemetry.gauge('syncopate_read_model_position', 'Log position that reads reflect', () => this.readModel.position());
    telemetry.gaugeBy('syncopate_waiting', 'Runs that wait, by provider', 'provider', () => [...admission.lanes()].map((lane) => [lane.provider, lane.waiting] as const));
  }
}

export const dataFile = (configuration: Configuration, name: string): string => join(configuration.dataFolder, name);
