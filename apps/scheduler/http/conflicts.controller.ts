import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine } from '#lib/wiring';
import { ConflictApi } from '../api/conflicts.js';
import { callOf } from './request.js';

@Controller('v1/conflicts')
export class ConflictsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ConflictApi) private readonly api: ConflictApi,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest) {
    return (await this.api.list(callOf(request, this.engine))).body;
  }

  @Get(':id')
  async get(@Req() request: FastifyRequest) {
    return (await this.api.get(callOf(request, this.engine))).body;
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  async acknowledge(@Req() request: FastifyRequest) {
    return (await this.api.acknowledge(callOf(request, this.engine))).body;
  }

  @Post(':id/resolve')
  @HttpCode(200)
  async resolve(@Req() request: FastifyRequest) {
    return (await this.api.resolve(callOf(request, this.engine))).body;
  }
}
