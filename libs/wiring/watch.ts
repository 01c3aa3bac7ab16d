import type { Actors } from '#lib/application/actors';
import type { Admission } from '#lib/application/admission';
import { SchedulerDesk } from '#lib/application/executor-desk';
import {
  ConnectionCareSaga,
  ConflictWatchSaga,
  DispatchSaga,
  LeaseWatchSaga,
  SagaRunner,
  TimingSaga,
  type WorkIndex,
} from '#lib/application/sagas';
import type { Heartbeat } from '#lib/contracts/messages';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import { InProcessMessaging } from '#lib/messaging/in-process';
import type { Environment, SyncEngine } from '#lib/ports';
import type { ReadModel } from '#lib/projections';
import type { Configuration } from './config.js';
import type { EventObservers } from './event-observers.js';
import { startExecutor, type LocalExecutor } from './executor.js';
import type { Telemetry } from './telemetry.js';

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
  readonly onHeartbeat: (beat: Heartbeat) => void;
  readonly onError: (what: string, error: unknown) => void;
  readonly onParked: (saga: string, event: RecordedEvent, error: unknown) => void;
  readonly onEnded: (runner: string, error: unknown) => void;
};

/** The half of the engine that acts by itself: it watches the clock and the log, dispatches, and works. */
export class Watch {
  readonly #messaging = new InProcessMessaging();
  readonly #timing: TimingSaga;
  readonly #dispatch: DispatchSaga;
  readonly #leases: LeaseWatchSaga;
  #runners: readonly SagaRunner[] = [];
  #executor: LocalExecutor | undefined;

  constructor(private readonly options: WatchOptions) {
    const { actors, admission, environment, configuration, readModel, onError, telemetry } = options;
    const { leaseMs } = configuration;
    const indexed = (position: number): Promise<boolean> => readModel.waitFor(position, 30_000);
    this.#timing = new TimingSaga({ actors, environment, index: this.#index, indexed, onError });
    this.#dispatch = new DispatchSaga({ actors, admission, environment, work: this.#messaging, onError });
    this.#leases = new LeaseWatchSaga({ actors, environment, leaseMs, onError });
    const onRefused = (reason: string): void => telemetry.refusedResults.inc({ reason });
    const { onHeartbeat } = options;
    const leases = this.#leases;
    this.#messaging.serve(
      new SchedulerDesk({ actors, admission, leases, environment, leaseMs, onHeartbeat, onRefused }),
    );
  }

  /** Wake-ups of the near future in memory. */
  get wakeUps(): number {
    return this.#timing.size;
  }

  async start(): Promise<void> {
    const { actors, readModel, observers } = this.options;
    // One synchronous step: the index must not move between the sagas that start from it.
    const sagas = [this.#timing, this.#dispatch, this.#leases, observers];
    const live = this.#runner('live', sagas, this.#index.position);
    this.#leases.start(this.#index);
    for (const provider of readModel.providers()) this.#dispatch.restore(provider);
    this.#dispatch.start(this.#index);
    this.#timing.start();
    const reactions = [new ConnectionCareSaga(actors), new ConflictWatchSaga(actors)];
    this.#runners = [live, this.#runner('reactions', reactions)];
    for (const runner of this.#runners) await runner.start();
    const { configuration, environment, syncEngine, onError } = this.options;
    const intake = this.#messaging;
    this.#executor = startExecutor({ configuration, environment, intake, engine: syncEngine, onError });
  }

  async stop(graceMs: number): Promise<void> {
    await this.#timing.stop();
    this.#dispatch.stop();
    await this.#executor?.stop(graceMs);
    this.#leases.stop();
    for (const runner of this.#runners) await runner.stop();
  }

  get #index(): WorkIndex {
    const { readModel } = this.options;
    return {
      get position() {
        return readModel.position();
      },
      wakeUpsBefore: (horizon, limit, after) => readModel.wakeUpsBefore(horizon, limit, after),
      openRuns: () => readModel.openRuns(),
    };
  }

  #runner(
    name: string,
    sagas: ConstructorParameters<typeof SagaRunner>[0]['sagas'],
    from?: number,
  ): SagaRunner {
    const { store, environment, onParked, onEnded } = this.options;
    return new SagaRunner({
      name,
      store,
      environment,
      sagas,
      ...(from === undefined ? {} : { from }),
      onParked,
      onEnded: (error) => onEnded(name, error),
    });
  }
}
