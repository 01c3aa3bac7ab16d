import { scheduleAggregate, type Actors } from '#lib/application/actors';
import type { Admission } from '#lib/application/admission';
import {
  directStart,
  placeStart,
  SchedulerDesk,
  type CredentialSource,
} from '#lib/application/executor-desk';
import { Relay } from '#lib/application/relay';
import {
  BulkChangeSaga,
  ConnectionCareSaga,
  ConflictWatchSaga,
  DispatchSaga,
  LeaseWatchSaga,
  isOutage,
  parkEvent,
  ReplaySaga,
  SagaRunner,
  TimingSaga,
  type Saga,
  type SagaRunnerOptions,
  type WorkIndex,
} from '#lib/application/sagas';
import { REACTIONS_LEASE, RELAY_LEASE, WEBHOOKS_LEASE, type Heartbeat } from '#lib/contracts/messages';
import type { StoredEvent } from '#lib/contracts/events';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import type { Environment, SyncEngine, WebhookSender } from '#lib/ports';
import type { ReadModel } from '#lib/projections';
import type { Configuration } from './config.js';
import type { EventObservers } from './event-observers.js';
import { LeasedRunner } from './leased-runner.js';
import type { Messaging } from './messaging.js';
import { startExecutor, type LocalExecutor } from './executor.js';
import type { Telemetry } from './telemetry.js';
import { WebhookWatch } from './webhook-watch.js';

export type WatchOptions = {
  readonly configuration: Configuration;
  readonly environment: Environment;
  readonly store: EventStore;
  readonly actors: Actors;
  readonly admission: Admission;
  readonly readModel: ReadModel;
  readonly observers: EventObservers;
  readonly telemetry: Telemetry;
  /** Does the work of the executor in this process. */
  readonly syncEngine: SyncEngine;
  readonly messaging: Messaging;
  readonly credentials: CredentialSource;
  readonly webhookSender: WebhookSender;
  /** Further sagas that run on one node, from the stored checkpoint. */
  readonly reactions: readonly Saga[];
  readonly onHeartbeat: (beat: Heartbeat) => void;
  readonly onError: (what: string, error: unknown) => void;
  readonly onParked: (saga: string, event: RecordedEvent, error: unknown) => void;
  readonly onEnded: (runner: string, error: unknown) => void;
};

/** The half of the engine that acts by itself: it watches the clock and the log, dispatches, and works. */
export class Watch {
  readonly #timing: TimingSaga;
  readonly #dispatch: DispatchSaga;
  readonly #leases: LeaseWatchSaga;
  readonly #bulk: BulkChangeSaga;
  readonly #webhooks: WebhookWatch;
  #live: SagaRunner | undefined;
  #leased: readonly LeasedRunner[] = [];
  #executor: LocalExecutor | undefined;

  constructor(private readonly options: WatchOptions) {
    const { actors, admission, environment, configuration, readModel, onError, telemetry, messaging } =
      options;
    const { leases, work } = messaging;
    const { leaseMs } = configuration;
    const indexed = (position: number): Promise<boolean> => readModel.waitFor(position, 30_000);
    this.#timing = new TimingSaga({ actors, environment, leases, index: this.#index, indexed, onError });
    const begin = placeStart({ actors, work, leases, environment, leaseMs, onError });
    this.#dispatch = new DispatchSaga({
      actors,
      admission,
      environment,
      leases,
      work,
      placeStart: begin,
      onError,
    });
    this.#leases = new LeaseWatchSaga({ actors, environment, leases, leaseMs, onError });
    this.#bulk = new BulkChangeSaga({ ...options, leases });
    this.#webhooks = new WebhookWatch({ ...options, sender: options.webhookSender });
    const dispatch = this.#dispatch;
    const open = (): boolean => dispatch.nothingToOffer;
    actors.follow(scheduleAggregate, directStart({ admission, work, leases, environment, leaseMs, open }));
    const onRefused = (reason: string): void => telemetry.refusedResults.inc({ reason });
    const { onHeartbeat } = options;
    const leaseWatch = this.#leases;
    const { credentials } = options;
    work.serve(
      new SchedulerDesk({
        actors,
        admission,
        leaseWatch,
        leases,
        work,
        environment,
        credentials,
        leaseMs,
        onHeartbeat,
        onRefused,
      }),
    );
  }

  /** Wake-ups of the near future in memory. */
  get wakeUps(): number {
    return this.#timing.size;
  }

  async start(): Promise<void> {
    const { actors, readModel, observers, messaging } = this.options;
    const following = {
      name: 'actors',
      handle: (event: StoredEvent) => actors.observe(event as RecordedEvent),
    };
    const sagas = [
      ...(actors.shared ? [following] : []),
      this.#timing,
      this.#dispatch,
      this.#leases,
      this.#webhooks.saga,
      this.#bulk,
      observers,
    ];
    // The index must not move between the sagas that start from it, and where they follow the log from.
    this.#live = readModel.atOnce((position) => {
      this.#leases.start(this.#index);
      for (const provider of readModel.providers()) this.#dispatch.restore(provider);
      for (const { id, limits } of readModel.tenants()) this.options.admission.tenants.set(id, limits);
      this.#dispatch.start(this.#index);
      this.#timing.start();
      this.#bulk.start(readModel.openBulkChanges());
      return this.#runner('live', sagas, { from: position });
    });
    this.#live.start();
    this.#leased = this.#leasedRunners();
    for (const runner of this.#leased) runner.start();
    await messaging.join();
    this.#startExecutor();
  }

  /** What one node does for all. */
  #leasedRunners(): readonly LeasedRunner[] {
    const { actors, store, environment, messaging, telemetry, onError, onEnded } = this.options;
    const { leases, publisher } = messaging;
    // Sagas that live in memory begin anew with each start: what they could not take is logged, and parked nowhere.
    const onParked: SagaRunnerOptions['onParked'] = async (saga, event, error) => {
      this.options.onParked(saga, event, error);
      await parkEvent(actors, saga, event, error).catch((thrown: unknown) => {
        if (isOutage(thrown)) throw thrown;
        onError('parking', thrown);
      });
    };
    // Made anew each time: what they remember is of what they were shown, and meanwhile another node was.
    const react = (): SagaRunner => {
      const own = [new ConnectionCareSaga(actors), new ConflictWatchSaga(actors)];
      const reactions = [...own, ...this.options.reactions];
      const replay = new ReplaySaga(actors, store, reactions);
      return this.#runner('reactions', [...reactions, replay], { onParked });
    };
    const reacting = new LeasedRunner(leases, REACTIONS_LEASE, react, onError);
    const delivering = new LeasedRunner(leases, WEBHOOKS_LEASE, () => this.#webhooks.create(), onError);
    if (publisher === undefined) return [reacting, delivering];
    const relay = (): Relay =>
      new Relay({
        store,
        environment,
        publisher,
        onError,
        onRelayed: (events) => telemetry.relayed.inc(events),
        onEnded: (error) => onEnded('relay', error),
      });
    return [reacting, delivering, new LeasedRunner(leases, RELAY_LEASE, relay, onError)];
  }

  #startExecutor(): void {
    const { configuration, environment, syncEngine, messaging, onError } = this.options;
    if (!configuration.localExecutor) return;
    const id = `local-${configuration.node}`;
    const intake = messaging.intake(id);
    this.#executor = startExecutor({ id, configuration, environment, intake, engine: syncEngine, onError });
  }

  async stop(graceMs: number): Promise<void> {
    await this.#timing.stop();
    this.#dispatch.stop();
    await this.#bulk.stop();
    await this.#executor?.stop(graceMs);
    this.#leases.stop();
    // From here on another node may do what this one did.
    await this.options.messaging.leave();
    for (const runner of this.#leased) await runner.stop();
    await this.#live?.stop();
  }

  get #index(): WorkIndex {
    const { readModel } = this.options;
    return {
      wakeUpsBefore: (horizon, limit, after) => readModel.wakeUpsBefore(horizon, limit, after),
      openRuns: () => readModel.openRuns(),
    };
  }

  #runner(
    name: string,
    sagas: readonly Saga[],
    more: Partial<Pick<SagaRunnerOptions, 'from' | 'onParked'>>,
  ): SagaRunner {
    const { store, environment, onParked, onEnded } = this.options;
    return new SagaRunner({
      name,
      store,
      environment,
      sagas,
      onParked,
      onEnded: (error) => onEnded(name, error),
      ...more,
    });
  }
}
