import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { connectionAggregate, type CommandContext, type Unstamped } from '#lib/application/actors';
import { ConnectionMessage } from '#lib/application/commands';
import {
  connectionBody,
  connectionsQuery,
  emptyBody,
  name,
  noteBody,
  readQuery,
  suspendBody,
} from '#lib/contracts/api';
import { connectionStream } from '#lib/contracts/streams';
import type { ConnectionCommand } from '#lib/domain/connection';
import { canonicalProvider } from '#lib/domain/provider';
import { Engine } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { storeCredentials } from '../api/credentials.js';
import { problem, ProblemException } from '../api/problem.js';
import { accepted, notFound, parse, readAt } from '../api/input.js';
import { contextOf } from './request.js';
import { connectionView } from '../api/views.js';

@Controller('v1/connections')
export class ConnectionsController {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  /** Registers a connection or changes it. Credentials go to the vault, sealed, and are never shown again. */
  @Put(':id')
  async register(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { user, connector, config, credentials, ...rest } = parse(connectionBody, body);
    const provider = canonicalProvider(rest.provider);
    this.#assertConnector(connector, provider);
    const command = {
      type: 'RegisterConnection',
      id: parse(name, id, 'path'),
      user,
      provider,
      ...(connector === undefined ? {} : { connector }),
      ...(config === undefined ? {} : { config }),
    } as const;
    // The key's fingerprint is stored with the event: a password could be guessed from it at leisure.
    const context = contextOf(request, this.engine, { ...(body as object), credentials: undefined });
    const { answer, repeated } = await this.#execute(id, context, command);
    if (credentials === undefined) return { ...answer, credentials: 'unchanged' };
    const owner = { tenant: context.tenant, connection: id };
    await storeCredentials(this.engine.vault, owner, { credentials, repeated });
    return { ...answer, credentials: 'stored' };
  }

  #assertConnector(connector: string | undefined, provider: string): void {
    if (connector === undefined) return;
    const { list } = this.engine.connectors;
    const known = list.find(({ manifest }) => manifest.id === connector)?.manifest;
    if (known?.provider === provider) return;
    const fitting = list
      .filter(({ manifest }) => manifest.provider === provider)
      .map(({ manifest }) => manifest.id);
    const message = `"${connector}" is not a connector of ${provider}; there ${fitting.length === 0 ? 'is none' : `is ${fitting.join(', ')}`}`;
    throw new ProblemException(
      problem(422, 'unknown_connector', message, {
        errors: [{ field: 'connector', message, code: 'unknown_connector' }],
      }),
    );
  }

  @Get()
  async list(@Query() query: unknown, @Req() request: FastifyRequest) {
    const { atLeast, ...filter } = parse(connectionsQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const rows = this.engine.readModel.connections(callerOf(request).tenant, filter);
    return {
      items: rows.map(connectionView),
      next: rows.length < filter.limit ? null : (rows.at(-1)?.id ?? null),
    };
  }

  @Get(':id')
  async get(@Param('id') id: string, @Query() query: unknown, @Req() request: FastifyRequest) {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = this.engine.readModel.connection(callerOf(request).tenant, parse(name, id, 'path'));
    if (row === undefined) throw notFound('connection', id);
    return connectionView(row);
  }

  /** Asks the provider whether settings and credentials are good; says what to do where they are not. */
  @Post(':id/check')
  @HttpCode(200)
  async check(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    parse(emptyBody, body ?? undefined);
    const { tenant } = callerOf(request);
    const { state } = await this.engine.actors.read(
      connectionAggregate,
      connectionStream(tenant, parse(name, id, 'path')),
      tenant,
    );
    if (state.profile === undefined) throw notFound('connection', id);
    return this.engine.connectors.check(tenant, id);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  async suspend(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { message } = parse(suspendBody, body ?? undefined);
    const command = { type: 'SuspendConnection', cause: 'request', message } as const;
    return (await this.#execute(id, contextOf(request, this.engine), command)).answer;
  }

  @Post(':id/restore')
  @HttpCode(200)
  async restore(@Param('id') id: string, @Body() body: unknown, @Req() request: FastifyRequest) {
    const { note } = parse(noteBody, body ?? undefined);
    const command = { type: 'RestoreConnection', note } as const;
    return (await this.#execute(id, contextOf(request, this.engine), command)).answer;
  }

  async #execute(id: string, context: CommandContext, command: Unstamped<ConnectionCommand>) {
    const message = new ConnectionMessage(parse(name, id, 'path'), command, context);
    const { state, revision, position, events, repeated } = accepted(
      await this.commands.execute(message),
      this.engine,
    );
    const types = events.map((event) => event.type);
    return { answer: { id, status: state.status, revision, position, events: types }, repeated };
  }
}
