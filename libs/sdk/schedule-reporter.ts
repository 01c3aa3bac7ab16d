import type { ConflictRow, Report, ScheduleStats } from '#lib/projections';
import type { Engine } from '#lib/wiring';
import type { ExecutorState } from './task-executor.js';

/** What happened, counted: statistics now, a report over a range, conflicts, and what it took. */
export class ScheduleReporter {
  constructor(
    private readonly engine: Engine,
    private readonly tenant: string,
    private readonly resources: () => ExecutorState,
  ) {}

  async stats(): Promise<ScheduleStats> {
    await this.#caughtUp();
    return this.engine.readModel.scheduleStats(this.tenant, this.engine.environment.clock.now());
  }

  /** @throws {RangeError} when `from` does not lie before `to`. */
  async report(from: Date, to: Date): Promise<Report & { readonly resources: ExecutorState }> {
    if (!(from.getTime() < to.getTime()))
      throw new RangeError('a report needs a range: from must lie before to');
    await this.#caughtUp();
    return {
      ...this.engine.readModel.report(this.tenant, from.getTime(), to.getTime()),
      resources: this.resources(),
    };
  }

  async conflicts(): Promise<readonly ConflictRow[]> {
    await this.#caughtUp();
    return this.engine.readModel.conflicts(this.tenant).items;
  }

  async #caughtUp(): Promise<void> {
    await this.engine.readModel.waitFor(await this.engine.store.head(), 5_000);
  }
}
