import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { connectionAggregate, scheduleAggregate, type Unstamped } from '#lib/application/actors';
import { ScheduleMessage } from '#lib/application/commands';
import { backfillBody, noteBody, pauseBody, scheduleId, triggerBody } from '#lib/contracts/api';
import { connectionStream, scheduleStream } from '#lib/contracts/streams';
import { manualRun, type ScheduleCommand } from '#lib/domain/schedule';
import { Engine } from '#lib/wiring';
import { problem, ProblemException } from './problem.js';
import { accepted, contextOf, ifMatch, parse } from './request.js';
import { scheduleAnswer } from './schedules.controller.js';

/** What can be done to a schedule besides changing it: each a command of its own. */
@Controller('v1/schedules/:id')
export class ScheduleActionsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Post('pause')
  @HttpCode(200)
  pause(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { note, until } = parse(pauseBody, body ?? undefined);
    return this.#command(id, request, {
      type: 'PauseSchedule',
      cause: 'request',
      note,
      until,
      ifVersion: ifMatch(request),
    });
  }

  /** Refused while the connection is suspended: it would only fail again. */
  @Post('resume')
  @HttpCode(200)
  async resume(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    parse(noteBody, body ?? undefined);
    const { tenant } = contextOf(request, this.engine);
    const { state } = await this.engine.actors.read(
      scheduleAggregate,
      scheduleStream(parse(scheduleId, id, 'path')),
      tenant,
    );
    if (state.status === 'paused') {
      const { state: connection } = await this.engine.actors.read(
        connectionAggregate,
        connectionStream(tenant, state.definition.connection),
        tenant,
      );
      if (connection.suspension !== undefined) {
        const { cause, message } = connection.suspension;
        throw new ProblemException(
          problem(
            409,
            'connection_suspended',
            `connection ${state.definition.connection} is suspended (${cause}): ${message}; restore it first`,
          ),
        );
      }
    }
    return this.#command(id, request, { type: 'ResumeSchedule', ifVersion: ifMatch(request) });
  }

  @Post('skip-next')
  @HttpCode(200)
  skipNext(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    parse(noteBody, body ?? undefined);
    return this.#command(id, request, { type: 'SkipNextOccurrence', ifVersion: ifMatch(request) });
  }

  @Post('trigger')
  @HttpCode(202)
  async trigger(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { overlap, operation } = parse(triggerBody, body ?? undefined);
    const key = contextOf(request, this.engine).idempotency?.key;
    // The run is named after the request, so that the same request names the same run.
    const name =
      key === undefined
        ? this.engine.environment.ids.next()
        : Buffer.from(key).toString('base64url').slice(0, 64);
    const answer = await this.#command(id, request, {
      type: 'TriggerRun',
      request: name,
      overlap,
      operation,
    });
    return { ...answer, run: manualRun(id, name) };
  }

  @Post('backfill')
  @HttpCode(202)
  backfill(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { from, to } = parse(backfillBody, body);
    return this.#command(id, request, {
      type: 'BackfillRange',
      request: this.engine.environment.ids.next().slice(0, 8),
      from,
      to,
    });
  }

  async #command(
    id: string,
    request: FastifyRequest,
    command: Exclude<Unstamped<ScheduleCommand>, { type: 'CreateSchedule' }>,
  ) {
    const context = contextOf(request, this.engine);
    return scheduleAnswer(
      accepted(
        await this.commands.execute(new ScheduleMessage(parse(scheduleId, id, 'path'), command, context)),
        this.engine,
      ),
    );
  }
}
