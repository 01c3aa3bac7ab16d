import type { ProviderForecast } from '#lib/application/forecast';
import { canonicalProvider } from '#lib/domain/provider';
import type { ConflictFilter, ConflictRow, Report, ScheduleStats } from '#lib/projections';
import type { Engine } from '#lib/wiring';
import { itemsOf } from './pages.js';
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

  /** All of them, or the first so many. */
  async conflicts(filter: ConflictFilter = {}, most?: number): Promise<readonly ConflictRow[]> {
    await this.#caughtUp();
    const { readModel } = this.engine;
    return itemsOf((paging) => readModel.conflicts(this.tenant, filter, paging), most);
  }

  /**
   * What will be due at a provider, by quarters of an hour, and how late its limits will let it start; with when there is
   * room. @throws {RangeError} the hours are not a whole number from 1 to 168.
   */
  async forecast(provider: string, hours = 24): Promise<ProviderForecast> {
    if (!Number.isInteger(hours) || hours < 1 || hours > 168)
      throw new RangeError(`a forecast looks 1 to 168 whole hours ahead, not ${hours}`);
    await this.#caughtUp();
    return this.engine.forecast.of(canonicalProvider(provider), hours);
  }

  async #caughtUp(): Promise<void> {
    await this.engine.readModel.waitFor(await this.engine.store.head(), 5_000);
  }
}
