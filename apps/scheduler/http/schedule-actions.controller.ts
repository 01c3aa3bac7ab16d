import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine } from '#lib/wiring';
import { ScheduleActionsApi } from '../api/schedule-actions.js';
import { callOf } from './request.js';

@Controller('v1/schedules/:id')
export class ScheduleActionsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ScheduleActionsApi) private readonly api: ScheduleActionsApi,
  ) {}

  @Post('pause')
  @HttpCode(200)
  async pause(@Req() request: FastifyRequest) {
    return (await this.api.pause(callOf(request, this.engine))).body;
  }

  @Post('resume')
  @HttpCode(200)
  async resume(@Req() request: FastifyRequest) {
    return (await this.api.resume(callOf(request, this.engine))).body;
  }

  @Post('skip-next')
  @HttpCode(200)
  async skipNext(@Req() request: FastifyRequest) {
    return (await this.api.skipNext(callOf(request, this.engine))).body;
  }

  @Post('trigger')
  @HttpCode(202)
  async trigger(@Req() request: FastifyRequest) {
    return (await this.api.trigger(callOf(request, this.engine))).body;
  }

  @Post('backfill')
  @HttpCode(202)
  async backfill(@Req() request: FastifyRequest) {
    return (await this.api.backfill(callOf(request, this.engine))).body;
  }
}
