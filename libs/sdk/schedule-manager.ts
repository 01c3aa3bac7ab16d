import {
  requestOf,
  scheduleAggregate,
  shortRequestOf,
  type Accepted,
  type CommandContext,
  type Unstamped,
} from '#lib/application/actors';
import { whyNotResumed } from '#lib/application/resuming';
import {
  createScheduleBody,
  scheduleId,
  toChanges,
  toDefinition,
  updateScheduleBody,
  type CreateScheduleInput,
  type UpdateScheduleInput,
} from '#lib/contracts/api';
import { scheduleStream } from '#lib/contracts/streams';
import {
  isLiving,
  manualRun,
  mergeChanges,
  type ScheduleCommand,
  type ScheduleState,
} from '#lib/domain/schedule';
import { backfilledRuns, scheduleAsOf, type ScheduleFilter, type ScheduleView } from '#lib/projections';
import { scheduleFilter } from './filters.js';
import {
  changeOptions,
  date,
  endOptions,
  pauseScheduleOptions,
  requestOptions,
  triggerOptions,
  type ChangeOptions,
  type NoteOption,
  type PauseOptions,
  type RequestOptions,
  type TriggerOptions,
} from './options.js';
import { itemsOf } from './pages.js';
import { parse } from './parse.js';
import { accepted, RequestRejected } from './rejection.js';
import { createBatch, type CreationResult } from './schedule-batch.js';
import type { ScheduleValidator } from './schedule-validator.js';
import type { Session } from './session.js';

type Change = Exclude<Unstamped<ScheduleCommand>, { type: 'CreateSchedule' }>;

/**
 * Creates, reads, changes and ends schedules. Every method that writes resolves when the log has it, and reads after it
 * see it. @throws {RequestRejected} from each: what was asked is not valid, or is refused as things stand; where a
 * `version` is named, with `stale_version` if it is not the one in force.
 */
export class ScheduleManager {
  constructor(
    private readonly session: Session,
    private readonly validator: ScheduleValidator,
  ) {}

  /** @throws {RequestRejected} when the definition is invalid, or the connection already has such a schedule. */
  async create(input: CreateScheduleInput, options: RequestOptions = {}): Promise<string> {
    const { requestKey: key } = parse(requestOptions, options);
    const definition = toDefinition(parse(createScheduleBody, input), this.session.now);
    const { creation, actors } = this.session.engine;
    const context = this.session.context({ key, target: 'schedules.create', body: input });
    const id = creation.scheduleId(context);
    // What an earlier request with this key made is not judged again: it must not be refused for what it did.
    const made =
      key !== undefined && (await actors.read(scheduleAggregate, scheduleStream(id))).revision >= 0;
    const create = async (): Promise<number> =>
      accepted(await creation.create(id, definition, context)).position;
    const position = made ? await create() : await this.validator.creating({ id, definition }, create);
    await this.session.reached(position);
    return id;
  }

  /**
   * Creates many at once, faster than one by one, and answers each in its place: one that is refused stops only
   * itself. Those before it count against its quotas. Asked for again under its key, those that were created are answered
   * like the first time, and the others are tried again. @throws {CommandOutage} when the log took none of them.
   * {@link RequestRejected} when the key was used for another request.
   */
  async createMany(
    inputs: readonly CreateScheduleInput[],
    options: RequestOptions = {},
  ): Promise<readonly CreationResult[]> {
    const { requestKey: key } = parse(requestOptions, options);
    const { results, position } = await createBatch(this.session, inputs, key);
    await this.session.reached(position);
    return results;
  }

  get(id: string): ScheduleView | undefined {
    const { engine, tenant } = this.session;
    return engine.readModel.schedule(tenant, parse(scheduleId, id, 'id'));
  }

  /**
   * As it was: what {@link get} answered at that instant. Undefined where there was none yet. Reads the schedule's own events
   * up to then. @throws {RequestRejected} the instant is to come.
   */
  async asOf(id: string, at: Date): Promise<ScheduleView | undefined> {
    const { engine, tenant, now } = this.session;
    const schedule = parse(scheduleId, id, 'id');
    const past = date.refine((instant) => instant <= now, 'is to come: give an instant of the past');
    return scheduleAsOf({ store: engine.store, tenant, schedule, at: parse(past, at, 'at') });
  }

  /** All of them, or the first so many. */
  list(filter: ScheduleFilter = {}, most?: number): readonly ScheduleView[] {
    const { engine, tenant } = this.session;
    const wanted = parse(scheduleFilter, filter);
    return itemsOf((paging) => engine.readModel.schedules(tenant, wanted, paging), most);
  }

  /** Changes what is named and leaves the rest. Decided against the definition in force, or refused if that changed meanwhile. */
  async update(id: string, input: UpdateScheduleInput, options: ChangeOptions = {}): Promise<void> {
    const { version, ...asked } = parse(changeOptions, options);
    const body = parse(updateScheduleBody, input);
    const stream = scheduleStream(parse(scheduleId, id, 'id'));
    const { engine, tenant } = this.session;
    const { state } = await engine.actors.read(scheduleAggregate, stream, tenant);
    if (!isLiving(state))
      throw new RequestRejected({ reason: 'schedule_not_found', message: 'there is no such schedule' });
    const changes = toChanges(body, this.session.now, state.definition);
    const change = { schedule: id, recurs: changes.recurrence !== undefined };
    await this.validator.assertValidDefinition(mergeChanges(state.definition, changes), change);
    const command = { type: 'UpdateSchedule', changes, ifVersion: version ?? state.version } as const;
    await this.#execute(id, command, this.#context('update', id, { ...asked, body: input }));
  }

  async pause(id: string, options: PauseOptions & ChangeOptions = {}): Promise<void> {
    const { version: ifVersion, requestKey, ...body } = parse(pauseScheduleOptions, options);
    const command = { type: 'PauseSchedule', cause: 'request', ...body, ifVersion } as const;
    await this.#execute(id, command, this.#context('pause', id, { requestKey, body }));
  }

  /** Refused with `connection_suspended` while its connection is: restore that, and its schedules go on with it. */
  async resume(id: string, options: ChangeOptions = {}): Promise<void> {
    const { version: ifVersion, ...asked } = parse(changeOptions, options);
    const context = this.#context('resume', id, asked);
    const refused = await whyNotResumed(this.session.engine.actors, parse(scheduleId, id, 'id'), context);
    if (refused !== undefined) throw new RequestRejected(refused);
    await this.#execute(id, { type: 'ResumeSchedule', ifVersion }, context);
  }

  /** For good. `options` may be the note alone. */
  async delete(id: string, options: string | (NoteOption & ChangeOptions) = {}): Promise<void> {
    const { version: ifVersion, requestKey, note } = parse(endOptions, options);
    const context = this.#context('delete', id, { requestKey, body: { note } });
    await this.#execute(id, { type: 'DeleteSchedule', note, ifVersion }, context);
  }

  async skipNext(id: string, options: ChangeOptions = {}): Promise<void> {
    const { version: ifVersion, ...asked } = parse(changeOptions, options);
    const context = this.#context('skip-next', id, asked);
    await this.#execute(id, { type: 'SkipNextOccurrence', ifVersion }, context);
  }

  /** Runs it now, leaving its timing as it is. Answers the run's id. */
  async trigger(id: string, options: TriggerOptions = {}): Promise<string> {
    const { version, requestKey, overlap, operation } = parse(triggerOptions, options);
    const request = requestOf(this.session.engine.environment.ids, requestKey);
    const body = overlap === undefined && operation === undefined ? undefined : { overlap, operation };
    const command = { type: 'TriggerRun', request, overlap, operation, ...seen(version) } as const;
    await this.#execute(id, command, this.#context('trigger', id, { requestKey, body }));
    return manualRun(id, request);
  }

  /**
   * Runs what was due after `from` and up to `to`, one after another: 500 occurrences at most, all of the past. Answers the
   * runs' ids, oldest first; there may be none.
   */
  async backfill(id: string, from: Date, to: Date, options: ChangeOptions = {}): Promise<readonly string[]> {
    const { version, requestKey } = parse(changeOptions, options);
    const range = { from: parse(date, from, 'from'), to: parse(date, to, 'to') };
    const request = shortRequestOf(this.session.engine.environment.ids, requestKey);
    const command = { type: 'BackfillRange', request, ...range, ...seen(version) } as const;
    await this.#execute(id, command, this.#context('backfill', id, { requestKey, body: range }));
    const { engine, tenant } = this.session;
    return backfilledRuns(engine.readModel, tenant, { schedule: id, request, ...range });
  }

  #context(
    verb: string,
    id: string,
    { requestKey: key, body }: RequestOptions & { readonly body?: unknown },
  ): CommandContext {
    return this.session.context({ key, target: `schedules.${verb} ${id}`, body });
  }

  #execute(id: string, command: Change, context: CommandContext): Promise<Accepted<ScheduleState>> {
    const { actors } = this.session.engine;
    const stream = scheduleStream(parse(scheduleId, id, 'id'));
    return this.session.seen(actors.execute(scheduleAggregate, stream, command, context));
  }
}

const seen = (version: number | undefined): { readonly ifVersion?: number } =>
  version === undefined ? {} : { ifVersion: version };
