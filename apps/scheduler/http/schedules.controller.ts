import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { scheduleAggregate, type Accepted } from '#lib/application/actors';
import { CreateScheduleMessage, ScheduleMessage } from '#lib/application/commands';
import {
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
import { iso } from '#lib/domain/kernel';
import { between, effective } from '#lib/domain/recurrence';
import {
  isLiving,
  mergeChanges,
  type LivingSchedule,
  type ScheduleDefinition,
  type ScheduleState,
} from '#lib/domain/schedule';
import { Engine } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { publicEvent } from './event-stream.js';
import { problem, ProblemException } from './problem.js';
import { accepted, contextOf, ifMatch, notFound, parse, readAt, withETag } from './request.js';
import { scheduleView } from './views.js';

/** What a command on a schedule answers: enough to read one's own write (`?atLeast=position`) and to change it again. */
export const scheduleAnswer = ({ state, revision, position, events, repeated }: Accepted<ScheduleState>) => ({
  ...(state.status === 'absent' ? {} : { id: state.id }),
  status: state.status,
  ...(isLiving(state) ? { version: state.version } : {}),
  revision,
  position,
  events: events.map((event) => event.type),
  ...(repeated ? { repeated } : {}),
});

@Controller('v1')
export class SchedulesController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Post('schedules')
  async create(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.engine);
    const id = this.engine.creation.scheduleId(context);
    const definition = toDefinition(parse(createScheduleBody, body), this.#now());
    // A repeated request must not be refused because of what its first time did.
    const { state } = await this.engine.actors.read(scheduleAggregate, scheduleStream(id));
    const warnings = state.status === 'absent' ? await this.#assertValid(definition, context.tenant) : [];
    const answer = accepted(
      await this.commands.execute(new CreateScheduleMessage(id, definition, context)),
      this.engine,
    );
    reply.header('location', `/v1/schedules/${id}`);
    withETag(reply, isLiving(answer.state) ? answer.state.version : 1);
    return { ...scheduleAnswer(answer), ...(warnings.length === 0 ? {} : { warnings }) };
  }

  @Post('schedules::validate')
  @HttpCode(200)
  async validate(@Body() body: unknown, @Req() request: FastifyRequest) {
    const definition = toDefinition(parse(createScheduleBody, body), this.#now());
    const findings = await this.engine.validation.findings(definition, callerOf(request).tenant);
    return { valid: !findings.some((finding) => finding.severity === 'error'), findings };
  }

  @Get('schedules')
  async list(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, cursor, limit, ...filter } = parse(schedulesQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const page = this.engine.readModel.schedules(callerOf(request).tenant, filter, { cursor, limit });
    return { items: page.items.map(scheduleView), next: page.cursor ?? null };
  }

  @Get('schedules/:id')
  async get(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = this.engine.readModel.schedule(callerOf(request).tenant, parse(scheduleId, id, 'path'));
    if (row === undefined || row.status === 'deleted') throw notFound('schedule', id);
    withETag(reply, row.version);
    return scheduleView(row);
  }

  @Patch('schedules/:id')
  async update(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(request, this.engine);
    const { definition, version } = await this.#living(id, context.tenant);
    const expected = ifMatch(request);
    const changes = toChanges(parse(updateScheduleBody, body), this.#now(), definition);
    await this.#assertValid(mergeChanges(definition, changes), context.tenant, id);
    // Decided against the definition just read: if that changes meanwhile, the caller is told rather than overruled.
    const command = { type: 'UpdateSchedule', changes, ifVersion: expected ?? version } as const;
    const answer = accepted(
      await this.commands.execute(new ScheduleMessage(id, command, context)),
      this.engine,
    );
    if (isLiving(answer.state)) withETag(reply, answer.state.version);
    return scheduleAnswer(answer);
  }

  @Delete('schedules/:id')
  async remove(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const context = contextOf(request, this.engine);
    const { note } = parse(noteBody, body ?? undefined);
    const command = { type: 'DeleteSchedule', note, ifVersion: ifMatch(request) } as const;
    return scheduleAnswer(
      accepted(
        await this.commands.execute(new ScheduleMessage(parse(scheduleId, id, 'path'), command, context)),
        this.engine,
      ),
    );
  }

  /** The next occurrences, each with its nominal and its effective time. */
  @Get('schedules/:id/occurrences')
  async occurrences(@Param('id') id: string, @Query() query: unknown, @Req() request: FastifyRequest) {
    const { count, from } = parse(occurrencesQuery, query, 'query');
    const { definition, highWater, status } = await this.#living(id, callerOf(request).tenant);
    const after = from === undefined ? highWater : from - 1;
    const { instants, more } = between(definition.recurrence, after, Number.MAX_SAFE_INTEGER, count);
    return {
      status,
      items: instants.map((nominal) => ({
        nominal: iso(nominal),
        effective: iso(effective(definition.recurrence, nominal, id)),
      })),
      more,
    };
  }

  /** The schedule's own log, oldest first. */
  @Get('schedules/:id/events')
  async events(@Param('id') id: string, @Req() request: FastifyRequest) {
    await this.#owned(id, callerOf(request).tenant);
    const events = await this.engine.store.readStream(scheduleStream(id), { backwards: true, limit: 500 });
    return { items: events.toReversed().map(publicEvent) };
  }

  #now(): number {
    return Math.floor(this.engine.environment.clock.now());
  }

  async #owned(id: string, tenant: string): Promise<ScheduleState> {
    const { state } = await this.engine.actors.read(
      scheduleAggregate,
      scheduleStream(parse(scheduleId, id, 'path')),
      tenant,
    );
    if (state.status === 'absent') throw notFound('schedule', id);
    return state;
  }

  async #living(id: string, tenant: string): Promise<LivingSchedule> {
    const state = await this.#owned(id, tenant);
    if (!isLiving(state)) throw notFound('schedule', id);
    return state;
  }

  /** Answers the warnings. @throws {ProblemException} 422 with every finding; a duplicate is left to the claim. */
  async #assertValid(definition: ScheduleDefinition, tenant: string, schedule?: string) {
    const findings = await this.engine.validation.findings(definition, tenant, schedule);
    const errors = findings.filter(({ severity, kind }) => severity === 'error' && kind !== 'duplicate');
    if (errors.length === 0) return findings.filter(({ severity }) => severity === 'warning');
    const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
    const located = errors.map(({ field, message, code }) => ({ field, message, code }));
    throw new ProblemException(
      problem(422, 'invalid_schedule', detail.slice(0, 1_000), { errors: located, findings }),
    );
  }
}
