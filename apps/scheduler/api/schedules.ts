import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { scheduleAggregate, type Accepted, type Unstamped } from '#lib/application/actors';
import { CreateScheduleMessage, ScheduleMessage } from '#lib/application/commands';
import type { DefinitionChange } from '#lib/application/validation';
import {
  asOfQuery,
  createScheduleBody,
  noteBody,
  occurrencesQuery,
  readQuery,
  scheduleId,
  schedulesQuery,
  toChanges,
  toDefinition,
  updateScheduleBody,
} from '#lib/contracts/api';
import { scheduleStream } from '#lib/contracts/streams';
import { iso, type Instant } from '#lib/domain/kernel';
import { between, effective } from '#lib/domain/recurrence';
import {
  isLiving,
  mergeChanges,
  type LivingSchedule,
  type ScheduleCommand,
  type ScheduleDefinition,
  type ScheduleState,
} from '#lib/domain/schedule';
import type { Finding } from '#lib/domain/validation';
import { scheduleAsOf, type ScheduleView } from '#lib/projections';
import { Engine } from '#lib/wiring';
import type { Call, Reply } from './call.js';
import { logPage } from './log-page.js';
import { accepted, notFound, parse, readAt, wrongQuery } from './input.js';
import { problem, ProblemException } from './problem.js';
import { scheduleView } from './views.js';

/** What a command on a schedule answers: enough to read one's own write (`?atLeast=position`) and to change it again. */
export const scheduleAnswer = (
  { state, revision, position, events, repeated }: Accepted<ScheduleState>,
  warnings: readonly Finding[] = [],
) => ({
  ...(state.status === 'absent' ? {} : { id: state.id }),
  status: state.status,
  ...(isLiving(state) ? { version: state.version } : {}),
  revision,
  position,
  events: events.map((event) => event.type),
  ...(repeated ? { repeated } : {}),
  ...(warnings.length === 0 ? {} : { warnings }),
});

/** The warnings. @throws {ProblemException} 422 with every finding; a duplicate is left to the claim. */
export function warningsOf(findings: readonly Finding[]): readonly Finding[] {
  const errors = findings.filter(({ severity, kind }) => severity === 'error' && kind !== 'duplicate');
  if (errors.length === 0) return findings.filter(({ severity }) => severity === 'warning');
  const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  const located = errors.map(({ field, message, code }) => ({ field, message, code }));
  throw new ProblemException(
    problem(422, 'invalid_schedule', detail.slice(0, 1_000), { errors: located, findings }),
  );
}

/** Schedules as callers know them, whichever door they come through. */
@Injectable()
export class ScheduleApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  async create({ context, body }: Call): Promise<Reply> {
    const id = this.engine.creation.scheduleId(context);
    const definition = toDefinition(parse(createScheduleBody, body), this.#now());
    // A repeated request must not be refused because of what its first time did.
    const { state } = await this.engine.actors.read(scheduleAggregate, scheduleStream(id));
    const create = async (): Promise<Accepted<ScheduleState>> =>
      accepted(await this.commands.execute(new CreateScheduleMessage(id, definition, context)), this.engine);
    const { answer, warnings } =
      state.status === 'absent'
        ? await this.engine.validation.creating([{ id, definition }], context.tenant, async ([findings]) => {
            const found = warningsOf(findings ?? []);
            const made = await create();
            return { created: { answer: made, warnings: found }, position: made.position };
          })
        : { answer: await create(), warnings: [] };
    return {
      body: scheduleAnswer(answer, warnings),
      version: isLiving(answer.state) ? answer.state.version : 1,
      location: `/v1/schedules/${id}`,
    };
  }

  /** Answers what a creation would meet, and creates nothing. */
  async validate({ context, body }: Call): Promise<Reply> {
    const definition = toDefinition(parse(createScheduleBody, body), this.#now());
    const findings = await this.engine.validation.findings(definition, context.tenant);
    const errors = findings.filter(({ severity }) => severity === 'error');
    // Nominal times only: the spread of a schedule follows from its id, which nobody has yet.
    const never = errors.some(({ field }) => field.startsWith('recurrence'));
    const occurrences = never ? [] : previewOf(definition, this.#now());
    return { body: { valid: errors.length === 0, findings, occurrences } };
  }

  async list({ context, query }: Call): Promise<Reply> {
    const { atLeast, cursor, limit, ...filter } = parse(schedulesQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const page = this.engine.readModel.schedules(context.tenant, filter, { cursor, limit });
    return { body: { items: page.items.map((row) => scheduleView(row)), next: page.cursor ?? null } };
  }

  async get({ context, id, query }: Call): Promise<Reply> {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = found(this.engine.readModel.schedule(context.tenant, parse(scheduleId, id, 'path')), id);
    return { body: scheduleView(row), version: row.version };
  }

  async update({ context, id, body, ifVersion }: Call): Promise<Reply> {
    const { definition, version } = await this.#living(id, context.tenant);
    const changes = toChanges(parse(updateScheduleBody, body), this.#now(), definition);
    const change = { schedule: id, recurs: changes.recurrence !== undefined };
    await this.#assertValid(mergeChanges(definition, changes), context.tenant, change);
    // Decided against the definition just read: if that changes meanwhile, the caller is told rather than overruled.
    const command = { type: 'UpdateSchedule', changes, ifVersion: ifVersion ?? version } as const;
    const answer = accepted(
      await this.commands.execute(new ScheduleMessage(id, command, context)),
      this.engine,
    );
    return {
      body: scheduleAnswer(answer),
      ...(isLiving(answer.state) ? { version: answer.state.version } : {}),
    };
  }

  remove(call: Call): Promise<Reply> {
    const { note } = parse(noteBody, call.body ?? undefined);
    return this.command(call, { type: 'DeleteSchedule', note, ifVersion: call.ifVersion });
  }

  /** The next occurrences, each with its nominal and its effective time; from an instant on: what the recurrence has. */
  async occurrences({ context, id, query }: Call): Promise<Reply> {
    const { count, from } = parse(occurrencesQuery, query, 'query');
    const state = await this.#living(id, context.tenant);
    const { definition, status } = state;
    const ahead = from === undefined ? stillToCome(state, this.#now()) : { after: from - 1, most: Infinity };
    const most = Math.min(count, ahead.most);
    const { instants, more: further } = between(
      definition.recurrence,
      ahead.after,
      Number.MAX_SAFE_INTEGER,
      most,
    );
    const more = further && most < ahead.most;
    const items = instants.map((nominal) => ({
      nominal: iso(nominal),
      effective: iso(effective(definition.recurrence, nominal, id)),
    }));
    return { body: { status, items, more } };
  }

  /** As it was. There is no ETag: what was cannot be changed. */
  async asOf({ context: { tenant }, id, query }: Call): Promise<Reply> {
    const { at } = parse(asOfQuery, query, 'query');
    if (at > this.#now())
      throw wrongQuery('at', `${iso(at)} is to come: give an instant of the past`, 'is_to_come');
    const schedule = parse(scheduleId, id, 'path');
    const row = await scheduleAsOf({ store: this.engine.store, tenant, schedule, at });
    return { body: scheduleView(found(row, id), at) };
  }

  /** The end of the schedule's own log, oldest first. */
  async events({ context, id, query }: Call): Promise<Reply> {
    await this.#owned(id, context.tenant);
    return { body: await logPage(this.engine.store, scheduleStream(id), query) };
  }

  /** Any command on an existing schedule. */
  async command(
    { context, id }: Call,
    command: Exclude<Unstamped<ScheduleCommand>, { type: 'CreateSchedule' }>,
  ): Promise<Reply> {
    const message = new ScheduleMessage(parse(scheduleId, id, 'path'), command, context);
    return { body: scheduleAnswer(accepted(await this.commands.execute(message), this.engine)) };
  }

  #now(): number {
    return Math.floor(this.engine.environment.clock.now());
  }

  async #owned(id: string, tenant: string): Promise<ScheduleState> {
    const stream = scheduleStream(parse(scheduleId, id, 'path'));
    const { state } = await this.engine.actors.read(scheduleAggregate, stream, tenant);
    if (state.status === 'absent') throw notFound('schedule', id);
    return state;
  }

  async #living(id: string, tenant: string): Promise<LivingSchedule> {
    const state = await this.#owned(id, tenant);
    if (!isLiving(state)) throw notFound('schedule', id);
    return state;
  }

  async #assertValid(definition: ScheduleDefinition, tenant: string, change: DefinitionChange) {
    return warningsOf(await this.engine.validation.findings(definition, tenant, change));
  }
}

/** @throws {ProblemException} 404 where it is deleted, too. */
function found(row: ScheduleView | undefined, id: string): ScheduleView {
  if (row === undefined || row.status === 'deleted') throw notFound('schedule', id);
  return row;
}

const PREVIEWED = 5;

/** When it would first be due. */
function previewOf({ recurrence, maxRuns = PREVIEWED }: ScheduleDefinition, now: Instant) {
  const most = Math.min(PREVIEWED, maxRuns);
  const { instants } = between(recurrence, now, Number.MAX_SAFE_INTEGER, most);
  return instants.map((nominal) => ({ nominal: iso(nominal) }));
}

/** What will be decided: nothing of a pause, nothing that is decided, and no more than may still run. */
function stillToCome(
  { definition, highWater, occurrencesRun, status, pause }: LivingSchedule,
  now: Instant,
): { readonly after: Instant; readonly most: number } {
  const resumes = pause?.until === undefined ? now : Math.max(now, pause.until - 1);
  return {
    after: status === 'paused' ? Math.max(highWater, resumes) : highWater,
    most: Math.max(0, (definition.maxRuns ?? Infinity) - occurrencesRun),
  };
}
