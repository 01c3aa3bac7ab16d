import { scheduleAggregate } from '#lib/application/actors';
import { runId } from '#lib/contracts/api';
import type { ExecutorResources } from '#lib/contracts/messages';
import { scheduleStream } from '#lib/contracts/streams';
import { scheduleOfRun } from '#lib/domain/schedule';
import type { LogRow, RunFilter } from '#lib/projections';
import { assertRange, runFilter } from './filters.js';
import { requestOptions, type RequestOptions } from './options.js';
import { itemsOf } from './pages.js';
import { parse } from './parse.js';
import type { Session } from './session.js';

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
  constructor(private readonly session: Session) {}

  state(): ExecutorState {
    const { engine, tenant } = this.session;
    const { admission, environment, heartbeats } = engine;
    return {
      capacity: admission.capacity,
      running: admission.busy,
      waiting: [...admission.lanes()].reduce((sum, lane) => sum + lane.waiting, 0),
      stopped: Object.fromEntries(admission.stopped(environment.clock.now(), tenant)),
      executors: Object.fromEntries(heartbeats.values().map((beat) => [beat.executor, beat.resources])),
    };
  }

  /** The newest first: 500 of them, for there is no end to them, unless more are asked for. */
  runs(filter: RunFilter = {}, most = 500): readonly LogRow[] {
    const wanted = parse(runFilter, filter);
    const { from = -Infinity, to = Infinity } = wanted;
    assertRange(from, to);
    const { engine, tenant } = this.session;
    return itemsOf((paging) => engine.readModel.runs(tenant, wanted, paging), most);
  }

  run(id: string): LogRow | undefined {
    const { engine, tenant } = this.session;
    return engine.readModel.run(tenant, parse(runId, id, 'id'));
  }

  /** Stops a run: at once when it waits, when its engine has answered when it runs. */
  cancel(run: string, options: RequestOptions = {}): Promise<void> {
    return this.#command(run, 'CancelRun', options);
  }

  /** Puts a run that was given up back in the queue. */
  redrive(run: string, options: RequestOptions = {}): Promise<void> {
    return this.#command(run, 'RedriveRun', options);
  }

  async #command(id: string, type: 'CancelRun' | 'RedriveRun', options: RequestOptions): Promise<void> {
    const { requestKey: key } = parse(requestOptions, options);
    const run = parse(runId, id, 'run');
    const { actors } = this.session.engine;
    const context = this.session.context({ key, target: `runs.${type} ${run}` });
    const stream = scheduleStream(scheduleOfRun(run));
    await this.session.seen(actors.execute(scheduleAggregate, stream, { type, run }, context));
  }
}
