import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { ScheduleMessage } from '#lib/application/commands';
import { noteBody, readQuery, runId, runsQuery } from '#lib/contracts/api';
import { scheduleStream } from '#lib/contracts/streams';
import { scheduleOfRun } from '#lib/domain/schedule';
import { Engine } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { publicEvent } from './event-stream.js';
import { accepted, contextOf, notFound, parse, readAt } from './request.js';
import { scheduleAnswer } from './schedules.controller.js';
import { runView } from './views.js';

const PAGE = 1_000;

@Controller('v1/runs')
export class RunsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  /** The occurrence ledger: runs, and what was skipped or missed, newest first. */
  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, cursor, limit, minLateness, ...filter } = parse(runsQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const page = this.engine.readModel.runs(
      callerOf(request).tenant,
      { ...filter, minLatenessMs: minLateness },
      { cursor, limit },
    );
    return { items: page.items.map(runView), next: page.cursor ?? null };
  }

  /** One run with the chain of events that made it what it is. */
  @Get(':id')
  async get(@Param('id') id: string, @Query() query: unknown, @Req() request: FastifyRequest) {
    const { tenant } = callerOf(request);
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const run = this.engine.readModel.run(tenant, parse(runId, id, 'path'));
    if (run === undefined) throw notFound('run', id);
    return { ...runView(run), events: (await this.#chain(id)).map(publicEvent) };
  }

  async #chain(id: string) {
    const events = [];
    for (let from = 0; ; from += PAGE) {
      const page = await this.engine.store.readStream(scheduleStream(scheduleOfRun(id)), {
        from,
        limit: PAGE,
      });
      events.push(...page.filter((event) => (event.data as { readonly run?: unknown }).run === id));
      if (page.length < PAGE) return events;
    }
  }

  @Post(':id/cancel')
  @HttpCode(202)
  cancel(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    return this.#command('CancelRun', id, body, request);
  }

  @Post(':id/redrive')
  @HttpCode(202)
  redrive(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    return this.#command('RedriveRun', id, body, request);
  }

  async #command(type: 'CancelRun' | 'RedriveRun', id: string, body: unknown, request: FastifyRequest) {
    parse(noteBody, body ?? undefined);
    const run = parse(runId, id, 'path');
    const message = new ScheduleMessage(scheduleOfRun(run), { type, run }, contextOf(request, this.engine));
    return { ...scheduleAnswer(accepted(await this.commands.execute(message), this.engine)), run };
  }
}
