import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Engine } from '#lib/wiring';
import { BulkChangeApi } from '../api/bulk-changes.js';
import { callOf, send } from './request.js';

@Controller('v1')
export class BulkChangesController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(BulkChangeApi) private readonly api: BulkChangeApi,
  ) {}

  @Post('bulk-changes::preview')
  @HttpCode(200)
  async preview(@Req() request: FastifyRequest) {
    return (await this.api.preview(callOf(request, this.engine))).body;
  }

  @Post('bulk-changes')
  @HttpCode(202)
  async request(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return send(reply, await this.api.request(callOf(request, this.engine)));
  }

  @Get('bulk-changes')
  async list(@Req() request: FastifyRequest) {
    return (await this.api.list(callOf(request, this.engine))).body;
  }

  @Get('bulk-changes/:id')
  async get(@Req() request: FastifyRequest) {
    return (await this.api.get(callOf(request, this.engine))).body;
  }

  @Get('bulk-changes/:id/schedules')
  async schedules(@Req() request: FastifyRequest) {
    return (await this.api.schedules(callOf(request, this.engine))).body;
  }

  @Post('bulk-changes/:id/undo')
  @HttpCode(202)
  async undo(@Req() request: FastifyRequest) {
    return (await this.api.undo(callOf(request, this.engine))).body;
  }
}
