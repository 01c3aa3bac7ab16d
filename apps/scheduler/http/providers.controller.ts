import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Unstamped } from '#lib/application/actors';
import { ProviderMessage } from '#lib/application/commands';
import {
  emptyBody,
  forecastQuery,
  name,
  pauseBody,
  providerLimitsBody,
  readQuery,
  toProviderLimits,
} from '#lib/contracts/api';
import { canonicalProvider, type ProviderCommand } from '#lib/domain/provider';
import { Engine, providerLoads, toldProviders, type ProviderLoad } from '#lib/wiring';
import { accepted, parse, readAt } from '../api/input.js';
import { forecastView } from '../api/report-views.js';
import { contextOf } from './request.js';
import { providerView } from '../api/views.js';

/** What a connection's `config` may hold, as JSON Schema; undefined for a schema that has no such form. */
function settingsOf(config: z.ZodType): object | undefined {
  try {
    return z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' });
  } catch {
    return undefined;
  }
}

/** Providers are the operator's: the same for every tenant. */
@Controller('v1')
export class ProvidersController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  @Get('providers')
  async list(@Query() query: unknown) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const loads = providerLoads(this.engine);
    return { items: toldProviders(this.engine).map((id) => this.#view(id, loads)) };
  }

  @Get('providers/:id')
  async get(@Param('id') id: string, @Query() query: unknown) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    return this.#view(canonicalProvider(parse(name, id, 'path')), providerLoads(this.engine));
  }

  @Get('providers/:id/forecast')
  async forecast(@Param('id') id: string, @Query() query: unknown) {
    const { hours } = parse(forecastQuery, query, 'query');
    return forecastView(await this.engine.forecast.of(canonicalProvider(parse(name, id, 'path')), hours));
  }

  @Put('providers/:id/limits')
  limits(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const given = parse(providerLimitsBody, body);
    const provider = canonicalProvider(parse(name, id, 'path'));
    const limits = toProviderLimits(given, provider);
    return this.#command(provider, request, { type: 'ChangeProviderLimits', provider, limits });
  }

  @Post('providers/:id/pause')
  @HttpCode(200)
  pause(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { note, until } = parse(pauseBody, body ?? undefined);
    const provider = canonicalProvider(parse(name, id, 'path'));
    return this.#command(provider, request, {
      type: 'PauseProvider',
      provider,
      cause: 'request',
      note,
      until,
    });
  }

  @Post('providers/:id/resume')
  @HttpCode(200)
  resume(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    parse(emptyBody, body ?? undefined);
    const provider = canonicalProvider(parse(name, id, 'path'));
    return this.#command(provider, request, { type: 'ResumeProvider', provider, automatic: false });
  }

  /** What can be connected, and what each route gives and needs. */
  @Get('connectors')
  connectors() {
    const items = this.engine.connectors.list.map(({ manifest }) => {
      const { id, version, provider, auth, transport, streams, limits, schedule, run, secrets, config } =
        manifest;
      const settings = settingsOf(config);
      return { id, version, provider, auth, transport, streams, limits, schedule, run, secrets, settings };
    });
    return { items };
  }

  async #command(provider: string, request: FastifyRequest, command: Unstamped<ProviderCommand>) {
    const answer = accepted(
      await this.commands.execute(new ProviderMessage(provider, command, contextOf(request, this.engine))),
      this.engine,
    );
    return {
      id: provider,
      revision: answer.revision,
      position: answer.position,
      events: answer.events.map((event) => event.type),
    };
  }

  #view(id: string, loads: (provider: string) => ProviderLoad) {
    return providerView(id, this.engine.readModel.provider(id), loads(id));
  }
}
