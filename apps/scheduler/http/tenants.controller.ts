import { Body, Controller, Get, Inject, Param, Put, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { TenantMessage } from '#lib/application/commands';
import { name, readQuery, tenantLimitsBody, toTenantLimits } from '#lib/contracts/api';
import { defaultTenantLimits } from '#lib/domain/tenant';
import { Engine } from '#lib/wiring';
import { accepted, parse, readAt } from '../api/input.js';
import { contextOf } from './request.js';

/** Tenants, as far as the operator sees to them: what each may have of what all share. */
@Controller('v1/tenants')
export class TenantsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  /** Those who have something to do, or for whom limits were set. */
  @Get()
  async list(@Query() query: unknown) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const { readModel, admission } = this.engine;
    const set = new Map(readModel.tenants().map(({ id, limits }) => [id, limits]));
    const busy = [...admission.tenants.values()].filter(({ runs }) => runs > 0).map(({ tenant }) => tenant);
    const items = [...new Set([...set.keys(), ...busy])].toSorted().map((id) => {
      const { runs = 0, busy: running = 0 } = admission.tenants.find(id) ?? {};
      return { id, limits: set.get(id) ?? defaultTenantLimits, waiting: runs - running, running };
    });
    return { items };
  }

  @Put(':id/limits')
  async limits(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const limits = toTenantLimits(parse(tenantLimitsBody, body));
    const tenant = parse(name, id, 'path');
    const command = { type: 'ChangeTenantLimits', tenant, limits } as const;
    const message = new TenantMessage(tenant, command, contextOf(request, this.engine));
    const { state, revision, position, events } = accepted(await this.commands.execute(message), this.engine);
    return { id: tenant, limits: state.limits, revision, position, events: events.map(({ type }) => type) };
  }
}
