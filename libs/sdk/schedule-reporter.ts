import { conflictAggregate, type Unstamped } from '#lib/application/actors';
import type { ProviderForecast } from '#lib/application/forecast';
import { provider as providerName } from '#lib/contracts/api';
import { conflictStream } from '#lib/contracts/streams';
import type { ConflictCommand } from '#lib/domain/conflict';
import type { ConflictFilter, ConflictRow, Report, ScheduleStats } from '#lib/projections';
import { assertRange, conflictFilter, conflictId, forecastHours } from './filters.js';
import { date, noteOptions, requestOptions, type NoteOption, type RequestOptions } from './options.js';
import { itemsOf } from './pages.js';
import { parse } from './parse.js';
import type { Asked, Session } from './session.js';
import type { ExecutorState } from './task-executor.js';

/** What happened, counted: statistics now, a report over a range, conflicts, and what it took. */
export class ScheduleReporter {
  constructor(
    private readonly session: Session,
    private readonly resources: () => ExecutorState,
  ) {}

  async stats(): Promise<ScheduleStats> {
    await this.session.caughtUp();
    const { engine, tenant } = this.session;
    return engine.readModel.scheduleStats(tenant, engine.environment.clock.now());
  }

  /** @throws {RequestRejected} `empty_range` when `from` does not lie before `to`. */
  async report(from: Date, to: Date): Promise<Report & { readonly resources: ExecutorState }> {
    const [start, end] = [parse(date, from, 'from'), parse(date, to, 'to')];
    assertRange(start, end);
    await this.session.caughtUp();
    const { engine, tenant } = this.session;
    return { ...engine.readModel.report(tenant, start, end), resources: this.resources() };
  }

  /** All of them, or the first so many. */
  async conflicts(filter: ConflictFilter = {}, most?: number): Promise<readonly ConflictRow[]> {
    const wanted = parse(conflictFilter, filter);
    await this.session.caughtUp();
    const { engine, tenant } = this.session;
    return itemsOf((paging) => engine.readModel.conflicts(tenant, wanted, paging), most);
  }

  /** Somebody has seen it: it stays until what is wrong is mended. @throws {RequestRejected} it is none, or is resolved */
  async acknowledgeConflict(id: string, options: NoteOption & RequestOptions = {}): Promise<void> {
    const { requestKey: key, note } = parse(noteOptions, options);
    const asked = { key, target: `conflicts.acknowledge ${id}`, body: { note } };
    await this.#execute({ type: 'AcknowledgeConflict', id: parse(conflictId, id, 'id'), note }, asked);
  }

  /** It is over. Met again, it is raised again. @throws {RequestRejected} it is none */
  async resolveConflict(id: string, options: RequestOptions = {}): Promise<void> {
    const { requestKey: key } = parse(requestOptions, options);
    const asked = { key, target: `conflicts.resolve ${id}` };
    await this.#execute(
      { type: 'ResolveConflict', id: parse(conflictId, id, 'id'), resolution: 'request' },
      asked,
    );
  }

  /**
   * What will be due at a provider, by quarters of an hour, and how late its limits will let it start; with when there is
   * room. @throws {RequestRejected} the hours are not a whole number from 1 to 168.
   */
  async forecast(provider: string, hours = 24): Promise<ProviderForecast> {
    const id = parse(providerName, provider, 'provider');
    const ahead = parse(forecastHours, hours, 'hours');
    await this.session.caughtUp();
    return this.session.engine.forecast.of(id, ahead);
  }

  #execute(command: Unstamped<ConflictCommand>, asked: Asked): Promise<unknown> {
    const { actors } = this.session.engine;
    const context = this.session.context(asked);
    return this.session.seen(actors.execute(conflictAggregate, conflictStream(command.id), command, context));
  }
}
