import { Controller, Delete, Get, HttpCode, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Engine } from '#lib/wiring';
import { ScheduleBatchApi } from '../api/schedule-batch.js';
import { ScheduleApi } from '../api/schedules.js';
import { callOf, send } from './request.js';

@Controller('v1')
export class SchedulesController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ScheduleApi) private readonly api: ScheduleApi,
    @Inject(ScheduleBatchApi) private readonly batches: ScheduleBatchApi,
  ) {}

  @Post('schedules')
  async create(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return send(reply, await this.api.create(callOf(request, this.engine)));
  }

  @Post('schedules/batch')
  @HttpCode(200)
  async createMany(@Req() request: FastifyRequest) {
    return (await this.batches.create(callOf(request, this.engine))).body;
  }

  @Post('schedules::validate')
  @HttpCode(200)
  async validate(@Req() request: FastifyRequest) {
    return (await this.api.validate(callOf(request, this.engine))).body;
  }

  @Get('schedules')
  async list(@Req() request: FastifyRequest) {
    return (await this.api.list(callOf(request, this.engine))).body;
  }

  @Get('schedules/:id')
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return send(reply, await this.api.get(callOf(request, this.engine)));
  }

  @Patch('schedules/:id')
  async update(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return send(reply, await this.api.update(callOf(request, this.engine)));
  }

  @Delete('schedules/:id')
  async remove(@Req() request: FastifyRequest) {
    return (await this.api.remove(callOf(request, this.engine))).body;
  }

  @Get('schedules/:id/occurrences')
  async occurrences(@Req() request: FastifyRequest) {
    return (await this.api.occurrences(callOf(request, this.engine))).body;
  }

  @Get('schedules/:id/as-of')
  async asOf(@Req() request: FastifyRequest) {
    return (await this.api.asOf(callOf(request, this.engine))).body;
  }

  @Get('schedules/:id/events')
  async events(@Req() request: FastifyRequest) {
    return (await this.api.events(callOf(request, this.engine))).body;
  }
}
