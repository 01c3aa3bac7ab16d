import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine } from '#lib/wiring';
import { RunApi } from '../api/runs.js';
import { callOf } from './request.js';

@Controller('v1/runs')
export class RunsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(RunApi) private readonly api: RunApi,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest) {
    return (await this.api.list(callOf(request, this.engine))).body;
  }

  @Get(':id')
  async get(@Req() request: FastifyRequest) {
    return (await this.api.get(callOf(request, this.engine))).body;
  }

  @Post(':id/cancel')
  @HttpCode(202)
  async cancel(@Req() request: FastifyRequest) {
    return (await this.api.cancel(callOf(request, this.engine))).body;
  }

  @Post(':id/redrive')
  @HttpCode(202)
  async redrive(@Req() request: FastifyRequest) {
    return (await this.api.redrive(callOf(request, this.engine))).body;
  }
}
