import {
  requestNamed,
  scheduleAggregate,
  type CommandContext,
  type Unstamped,
} from '#lib/application/actors';
import {
  parseChanges,
  parseSchedule,
  type CreateScheduleInput,
  type UpdateScheduleInput,
} from '#lib/contracts/api';
import { scheduleStream } from '#lib/contracts/streams';
import { isLiving, manualRun, mergeChanges, type ScheduleCommand } from '#lib/domain/schedule';
import type { ScheduleFilter, ScheduleView } from '#lib/projections';
import type { Engine } from '#lib/wiring';
import { itemsOf } from './pages.js';
import { accepted, RequestRejected } from './rejection.js';
import { requestContext, type RequestOptions } from './request.js';
import { createBatch, type CreationResult } from './schedule-batch.js';
import type { ScheduleValidator } from './schedule-validator.js';

/** Creates, reads, changes and ends schedules. Every method that writes resolves when the log has it. */
export class ScheduleManager {
  constructor(
    private readonly engine: Engine,
    private readonly validator: ScheduleValidator,
    private readonly tenant: string,
  ) {}

  /** @throws {RequestRejected} when the definition is invalid, or the connection already has such a schedule. */
  async create(input: CreateScheduleInput, { requestKey: key }: RequestOptions = {}): Promise<string> {
    const { creation, environment, actors } = this.engine;
    const context = this.#context({ key, target: 'schedules.create', body: input });
    const id = creation.scheduleId(context);
    const definition = parseSchedule(input, Math.floor(environment.clock.now()));
    // What an earlier request with this key made is not judged again: it must not be refused for what it did.
    const made =
      key !== undefined && (await actors.read(scheduleAggregate, scheduleStream(id))).revision >= 0;
    const create = async (): Promise<number> =>
      accepted(await creation.create(id, definition, context)).position;
    const position = made ? await create() : await this.validator.creating({ id, definition }, create);
    await this.#seen(position);
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
    { requestKey: key }: RequestOptions = {},
  ): Promise<readonly CreationResult[]> {
    const context = this.#context({ key, target: 'schedules.create-batch', body: inputs });
    const { results, position } = await createBatch(this.engine, inputs, context);
    await this.#seen(position);
    return results;
  }

  get(id: string): ScheduleView | undefined {
    return this.engine.readModel.schedule(this.tenant, id);
  }

  /** All of them, or the first so many. */
  list(filter: ScheduleFilter = {}, most?: number): readonly ScheduleView[] {
    const { readModel } = this.engine;
    return itemsOf((paging) => readModel.schedules(this.tenant, filter, paging), most);
  }

  /** Changes what is named and leaves the rest. Decided against the definition in force, or refused if that changed meanwhile. */
  async update(id: string, input: UpdateScheduleInput): Promise<void> {
    const { state } = await this.engine.actors.read(scheduleAggregate, scheduleStream(id));
    if (!isLiving(state))
      throw new RequestRejected({ reason: 'schedule_not_found', message: 'there is no such schedule' });
    const changes = parseChanges(input, Math.floor(this.engine.environment.clock.now()), state.definition);
    const change = { schedule: id, recurs: changes.recurrence !== undefined };
    await this.validator.assertValidDefinition(mergeChanges(state.definition, changes), change);
    await this.#command(id, { type: 'UpdateSchedule', changes, ifVersion: state.version });
  }

  pause(id: string, options: { readonly note?: string; readonly until?: Date } = {}): Promise<void> {
    return this.#command(id, {
      type: 'PauseSchedule',
      cause: 'request',
      note: options.note,
      until: options.until?.getTime(),
    });
  }

  resume(id: string): Promise<void> {
    return this.#command(id, { type: 'ResumeSchedule' });
  }

  delete(id: string, note?: string): Promise<void> {
    return this.#command(id, { type: 'DeleteSchedule', note });
  }

  skipNext(id: string): Promise<void> {
    return this.#command(id, { type: 'SkipNextOccurrence' });
  }

  /** Runs it now, leaving its timing as it is. Answers the run's id. */
  async trigger(id: string, { requestKey: key }: RequestOptions = {}): Promise<string> {
    // The run is named after the request, so that the same request names the same run.
    const request = key === undefined ? this.engine.environment.ids.next() : requestNamed(key);
    const context = this.#context({ key, target: `schedules.trigger ${id}`, body: undefined });
    await this.#command(id, { type: 'TriggerRun', request }, context);
    return manualRun(id, request);
  }

  async #command(id: string, command: Unstamped<ScheduleCommand>, context = this.#context()): Promise<void> {
    const { actors } = this.engine;
    const answer = await actors.execute(scheduleAggregate, scheduleStream(id), command, context);
    await this.#seen(accepted(answer).position);
  }

  /** Reads after this see what was just written. */
  async #seen(position: number): Promise<void> {
    await this.engine.readModel.waitFor(position, 5_000);
  }

  #context(asked?: Parameters<typeof requestContext>[2]): CommandContext {
    return requestContext(this.engine, this.tenant, asked);
  }
}
