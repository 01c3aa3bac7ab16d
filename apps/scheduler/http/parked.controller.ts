import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { ParkingMessage } from '#lib/application/commands';
import { noteBody, parkedQuery } from '#lib/contracts/api';
import { iso } from '#lib/domain/kernel';
import { Engine } from '#lib/wiring';
import { accepted, parse, readAt } from '../api/input.js';
import { parkedView } from '../api/views.js';
import { callerOf } from './authentication.js';
import { contextOf } from './request.js';

/**
 * Events that somebody could not take. `items`: sagas, which can be shown one again. `projections`: read models, to which
 * `npm run rebuild` shows everything again.
 */
@Controller('v1/parked')
export class ParkedController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, cursor, limit, handler } = parse(parkedQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const { tenant } = callerOf(request);
    const { readModel } = this.engine;
    const page = readModel.parkedEvents(tenant, handler, { cursor, limit });
    const projections = readModel
      .parked(tenant)
      .map(({ tenant: _, at, ...event }) => ({ ...event, at: iso(at) }));
    return { items: page.items.map(parkedView), next: page.cursor ?? null, projections };
  }

  @Post(':id/replay')
  @HttpCode(202)
  async replay(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { note } = parse(noteBody, body ?? undefined);
    const command = { type: 'RequestReplay', id, note } as const;
    const { state, position } = accepted(
      await this.commands.execute(new ParkingMessage(id, command, contextOf(request, this.engine))),
      this.engine,
    );
    return { id, status: state.status, position };
  }
}
