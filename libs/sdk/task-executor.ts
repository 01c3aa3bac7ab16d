import { scheduleAggregate, type CommandContext } from '#lib/application/actors';
import type { ExecutorResources } from '#lib/contracts/messages';
import { scheduleStream } from '#lib/contracts/streams';
import { scheduleOfRun } from '#lib/domain/schedule';
import type { LogRow, RunFilter } from '#lib/projections';
import type { Engine } from '#lib/wiring';
import { itemsOf } from './pages.js';
import { accepted } from './rejection.js';

export type ExecutorState = {
  /** Attempts that may run at once; lower than configured while an executor reports overload. */
  readonly capacity: number;
  readonly running: number;
  readonly waiting: number;
  /** Why providers with waiting runs are not served now. */
  readonly stopped: Readonly<Record<string, string>>;
  readonly executors: Readonly<Record<string, ExecutorResources>>;
};

/** The runs: what is open, what it takes, and the two things that can be done to one. */
export class TaskExecutor {
  constructor(
    private readonly engine: Engine,
    private readonly tenant: string,
  ) {}

  state(): ExecutorState {
    const { admission, environment, heartbeats } = this.engine;
    return {
      capacity: admission.capacity,
      running: admission.busy,
      waiting: [...admission.lanes()].reduce((sum, lane) => sum + lane.waiting, 0),
      stopped: Object.fromEntries(admission.stopped(environment.clock.now())),
      executors: Object.fromEntries(heartbeats.values().map((beat) => [beat.executor, beat.resources])),
    };
  }

  /** The newest first: 500 of them, for there is no end to them, unless more are asked for. */
  runs(filter: RunFilter = {}, most = 500): readonly LogRow[] {
    const { readModel } = this.engine;
    return itemsOf((paging) => readModel.runs(this.tenant, filter, paging), most);
  }

  run(id: string): LogRow | undefined {
    return this.engine.readModel.run(this.tenant, id);
  }

  /** Stops a run: at once when it waits, when its engine has answered when it runs. */
  cancel(run: string): Promise<void> {
    return this.#command(run, 'CancelRun');
  }

  /** Puts a run that was given up back in the queue. */
  redrive(run: string): Promise<void> {
    return this.#command(run, 'RedriveRun');
  }

  async #command(run: string, type: 'CancelRun' | 'RedriveRun'): Promise<void> {
    const context: CommandContext = {
      tenant: this.tenant,
      actor: 'sdk',
      correlation: this.engine.environment.ids.next(),
    };
    const answer = await this.engine.actors.execute(
      scheduleAggregate,
      scheduleStream(scheduleOfRun(run)),
      { type, run },
      context,
    );
    await this.engine.readModel.waitFor(accepted(answer).position, 5_000);
  }
}
