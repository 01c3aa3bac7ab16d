import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { Unstamped } from '#lib/application/actors';
import { ConflictMessage } from '#lib/application/commands';
import { conflictsQuery, emptyBody, noteBody, readQuery } from '#lib/contracts/api';
import type { ConflictCommand } from '#lib/domain/conflict';
import { Engine } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { accepted, notFound, parse, readAt } from '../api/input.js';
import { contextOf } from './request.js';
import { conflictView } from '../api/views.js';

@Controller('v1/conflicts')
export class ConflictsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, cursor, limit, ...filter } = parse(conflictsQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const page = this.engine.readModel.conflicts(callerOf(request).tenant, filter, { cursor, limit });
    return { items: page.items.map(conflictView), next: page.cursor ?? null };
  }

  @Get(':id')
  async get(@Param('id') id: string, @Query() query: unknown, @Req() request: FastifyRequest) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = this.engine.readModel.conflict(callerOf(request).tenant, id);
    if (row === undefined) throw notFound('conflict', id);
    return conflictView(row);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  acknowledge(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { note } = parse(noteBody, body ?? undefined);
    return this.#execute(id, request, { type: 'AcknowledgeConflict', id, note });
  }

  @Post(':id/resolve')
  @HttpCode(200)
  resolve(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    parse(emptyBody, body ?? undefined);
    return this.#execute(id, request, { type: 'ResolveConflict', id, resolution: 'request' });
  }

  async #execute(id: string, request: FastifyRequest, command: Unstamped<ConflictCommand>) {
    const { state, revision, position, events } = accepted(
      await this.commands.execute(new ConflictMessage(id, command, contextOf(request, this.engine))),
      this.engine,
    );
    return { id, status: state.status, revision, position, events: events.map((event) => event.type) };
  }
}
