import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deliveriesQuery, readQuery, webhookId, webhooksQuery } from '#lib/contracts/api';
import { Engine } from '#lib/wiring';
import { notFound, parse, readAt } from '../api/input.js';
import { deliveryView, webhookView } from '../api/webhook-views.js';
import { WebhookApi } from '../api/webhooks.js';
import { callerOf } from './authentication.js';
import { callOf, send } from './request.js';

const POSITION = /^\d{1,16}$/;

/** Endpoints of the product that are told of events, and what became of each delivery. */
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(WebhookApi) private readonly api: WebhookApi,
  ) {}

  @Post()
  async create(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return send(reply, await this.api.create(callOf(request, this.engine)));
  }

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, ...paging } = parse(webhooksQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const page = this.engine.readModel.webhooks(callerOf(request).tenant, paging);
    return { items: page.items.map(webhookView), next: page.cursor ?? null };
  }

  @Get(':id')
  async get(
    @Param('id') id: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = this.#row(id, request);
    return send(reply, { body: webhookView(row), version: row.version });
  }

  @Patch(':id')
  async update(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return send(reply, await this.api.update(callOf(request, this.engine)));
  }

  @Delete(':id')
  async remove(@Req() request: FastifyRequest) {
    return (await this.api.remove(callOf(request, this.engine))).body;
  }

  @Post(':id/disable')
  @HttpCode(200)
  async disable(@Req() request: FastifyRequest) {
    return (await this.api.disable(callOf(request, this.engine))).body;
  }

  @Post(':id/enable')
  @HttpCode(200)
  async enable(@Req() request: FastifyRequest) {
    return (await this.api.enable(callOf(request, this.engine))).body;
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  async rotate(@Req() request: FastifyRequest) {
    return (await this.api.rotate(callOf(request, this.engine))).body;
  }

  @Post(':id/test')
  @HttpCode(200)
  async test(@Req() request: FastifyRequest) {
    return (await this.api.test(callOf(request, this.engine))).body;
  }

  @Post(':id/replay')
  @HttpCode(202)
  async replay(@Req() request: FastifyRequest) {
    return (await this.api.replay(callOf(request, this.engine))).body;
  }

  @Get(':id/deliveries')
  async deliveries(@Param('id') id: string, @Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, status, ...paging } = parse(deliveriesQuery, query, 'query');
    await readAt(this.engine, atLeast);
    this.#row(id, request);
    const page = this.engine.readModel.deliveries(id, status, paging);
    return { items: page.items.map(deliveryView), next: page.cursor ?? null };
  }

  @Post(':id/deliveries/:position/redeliver')
  @HttpCode(202)
  async redeliver(@Param('position') position: string, @Req() request: FastifyRequest) {
    if (!POSITION.test(position)) throw notFound('delivery', position);
    const call = { ...callOf(request, this.engine), position: Number(position) };
    return (await this.api.redeliver(call)).body;
  }

  #row(id: string, request: FastifyRequest) {
    const row = this.engine.readModel.webhook(callerOf(request).tenant, parse(webhookId, id, 'path'));
    if (row === undefined) throw notFound('webhook', id);
    return row;
  }
}
