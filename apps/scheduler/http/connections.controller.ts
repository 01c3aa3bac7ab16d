import { Controller, Delete, Get, HttpCode, Inject, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Engine } from '#lib/wiring';
import { ConnectionApi } from '../api/connections.js';
import { callOf, contextOf } from './request.js';

@Controller('v1/connections')
export class ConnectionsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(ConnectionApi) private readonly api: ConnectionApi,
  ) {}

  @Put(':id')
  async register(@Req() request: FastifyRequest) {
    const withoutSecrets = { ...(request.body as object), credentials: undefined };
    const context = contextOf(request, this.engine, withoutSecrets);
    return (await this.api.register({ ...callOf(request, this.engine), context })).body;
  }

  @Get()
  async list(@Req() request: FastifyRequest) {
    return (await this.api.list(callOf(request, this.engine))).body;
  }

  @Get(':id')
  async get(@Req() request: FastifyRequest) {
    return (await this.api.get(callOf(request, this.engine))).body;
  }

  @Delete(':id')
  async remove(@Req() request: FastifyRequest) {
    return (await this.api.remove(callOf(request, this.engine))).body;
  }

  @Get(':id/events')
  async events(@Req() request: FastifyRequest) {
    return (await this.api.events(callOf(request, this.engine))).body;
  }

  @Post(':id/check')
  @HttpCode(200)
  async check(@Req() request: FastifyRequest) {
    return (await this.api.check(callOf(request, this.engine))).body;
  }

  @Post(':id/suspend')
  @HttpCode(200)
  async suspend(@Req() request: FastifyRequest) {
    return (await this.api.suspend(callOf(request, this.engine))).body;
  }

  @Post(':id/restore')
  @HttpCode(200)
  async restore(@Req() request: FastifyRequest) {
    return (await this.api.restore(callOf(request, this.engine))).body;
  }
}
