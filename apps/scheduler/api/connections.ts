import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { z } from 'zod';
import { connectionAggregate, type Unstamped } from '#lib/application/actors';
import { ConnectionMessage } from '#lib/application/commands';
import {
  connectionBody,
  connectionsQuery,
  emptyBody,
  name,
  noteBody,
  readQuery,
  removeBody,
  suspendBody,
} from '#lib/contracts/api';
import { connectionStream } from '#lib/contracts/streams';
import type { ConnectionCommand } from '#lib/domain/connection';
import { canonicalProvider } from '#lib/domain/provider';
import { Engine } from '#lib/wiring';
import { assertSettings } from './connection-settings.js';
import type { Call, Reply } from './call.js';
import { removeCredentials, storeCredentials } from './credentials.js';
import { logPage } from './log-page.js';
import { accepted, assertUnversioned, notFound, parse, readAt } from './input.js';
import { problem, ProblemException, type FieldError } from './problem.js';
import { connectionView } from './views.js';

type Settings = z.output<typeof connectionBody>['config'];

const wrongField = (code: string, error: FieldError): ProblemException =>
  new ProblemException(problem(422, code, error.message, { errors: [error] }));

/** Links of users to providers, as callers know them, whichever door they come through. */
@Injectable()
export class ConnectionApi {
  constructor(
    @Inject(Engine) private readonly engine: Engine,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  /**
   * Registers a connection or changes it. Credentials go to the vault, sealed, and are never shown again. The context's
   * fingerprint must not be made of them: it is stored with the event, and a password could be guessed from it at leisure.
   */
  async register(call: Call): Promise<Reply> {
    const { user, connector, config: settings, credentials, ...rest } = parse(connectionBody, call.body);
    const provider = canonicalProvider(rest.provider);
    this.#assertConnector(connector, provider);
    assertSettings(this.engine, { provider, connector, config: settings, credentials });
    const config = await this.#withUpload(call, { provider, connector, settings });
    const { answer, repeated } = await this.#execute(call, {
      type: 'RegisterConnection',
      id: parse(name, call.id, 'path'),
      user,
      provider,
      ...(connector === undefined ? {} : { connector }),
      ...(config === undefined ? {} : { config }),
    });
    if (credentials === undefined) return { body: { ...answer, credentials: 'unchanged' } };
    const owner = { tenant: call.context.tenant, connection: call.id };
    await storeCredentials(this.engine.vault, owner, { credentials, repeated });
    return { body: { ...answer, credentials: 'stored' } };
  }

  /** Registered anew, it keeps the file that was uploaded, unless another is named. */
  async #withUpload(
    { id, context: { tenant } }: Call,
    fresh: { readonly provider: string; readonly connector: string | undefined; readonly settings: Settings },
  ): Promise<Settings> {
    const { settings, provider, connector } = fresh;
    const manifest = this.engine.connectors.manifestOf({ provider, connector });
    if (manifest?.transport !== 'file_import' || settings?.['file'] !== undefined) return settings;
    const stream = connectionStream(tenant, parse(name, id, 'path'));
    const { profile } = (await this.engine.actors.read(connectionAggregate, stream, tenant)).state;
    const before = profile === undefined ? undefined : this.engine.connectors.manifestOf(profile)?.id;
    const file = (profile?.config as Settings)?.['file'];
    return file === undefined || before !== manifest.id ? settings : { ...settings, file };
  }

  /** The same through a door that secrets do not pass. */
  async registerOpenly(call: Call): Promise<Reply> {
    const { credentials } = (call.body ?? {}) as { readonly credentials?: unknown };
    if (credentials === undefined) return this.register(call);
    const message = 'secrets are not sent in messages: give them to PUT /v1/connections/{id} over HTTP';
    throw wrongField('invalid_body', { field: 'credentials', message, code: 'secret_in_message' });
  }

  async list({ context, query }: Call): Promise<Reply> {
    const { atLeast, ...filter } = parse(connectionsQuery, query, 'query');
    await readAt(this.engine, atLeast);
    const rows = this.engine.readModel.connections(context.tenant, filter);
    const next = rows.length < filter.limit ? null : (rows.at(-1)?.id ?? null);
    return { body: { items: rows.map(connectionView), next } };
  }

  async get({ context, id, query }: Call): Promise<Reply> {
    await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
    const row = this.engine.readModel.connection(context.tenant, parse(name, id, 'path'));
    if (row === undefined) throw notFound('connection', id);
    return { body: connectionView(row) };
  }

  /** The end of the connection's own log, oldest first: who registered, suspended and restored it, and which schedules claim it. */
  async events({ context: { tenant }, id, query }: Call): Promise<Reply> {
    await this.#assertKnown({ id, context: { tenant } });
    const stream = connectionStream(tenant, parse(name, id, 'path'));
    return { body: await logPage(this.engine.store, stream, query) };
  }

  /** Asks the provider whether settings and credentials are good; says what to do where they are not. */
  async check({ context: { tenant }, id, body }: Call): Promise<Reply> {
    parse(emptyBody, body ?? undefined);
    const stream = connectionStream(tenant, parse(name, id, 'path'));
    const { state } = await this.engine.actors.read(connectionAggregate, stream, tenant);
    if (state.profile === undefined) throw notFound('connection', id);
    return { body: await this.engine.connectors.check(tenant, id) };
  }

  async suspend(call: Call): Promise<Reply> {
    const { message } = parse(suspendBody, call.body ?? undefined);
    await this.#assertKnown(call);
    const command = { type: 'SuspendConnection', cause: 'request', message } as const;
    return { body: (await this.#execute(call, command)).answer };
  }

  /**
   * What its user asked to end: settings, credentials and uploads go, and what was synced where that is asked for. Done
   * once more it removes what a crash left. The log keeps what happened.
   */
  async remove(call: Call): Promise<Reply> {
    const { records, note } = parse(removeBody, call.body ?? undefined);
    const { id: connection } = call;
    const { tenant } = call.context;
    await this.#assertKnown(call);
    const { answer, repeated } = await this.#execute(call, { type: 'RemoveConnection', records, note });
    // What was registered since is another one, which nobody asked to remove.
    if (repeated && (await this.#isRegistered(call)))
      return { body: { ...answer, status: 'removed', forgotten: 0 } };
    await removeCredentials(this.engine.vault, { tenant, connection });
    await this.engine.uploads.remove({ tenant, connection });
    const forgotten = records === 'keep' ? 0 : await this.engine.forgetting.rows(tenant, connection);
    return { body: { ...answer, status: 'removed', forgotten } };
  }

  async restore(call: Call): Promise<Reply> {
    const { note } = parse(noteBody, call.body ?? undefined);
    await this.#assertKnown(call);
    return { body: (await this.#execute(call, { type: 'RestoreConnection', note })).answer };
  }

  async #isRegistered({ id, context: { tenant } }: Call): Promise<boolean> {
    const { state } = await this.engine.actors.read(
      connectionAggregate,
      connectionStream(tenant, id),
      tenant,
    );
    return state.profile !== undefined || state.claims.length > 0;
  }

  /** Registered, or claimed by a schedule. A misspelt one would be told as done. @throws {ProblemException} 404 */
  async #assertKnown({
    id,
    context: { tenant },
  }: {
    readonly id: string;
    readonly context: { readonly tenant: string };
  }): Promise<void> {
    const stream = connectionStream(tenant, parse(name, id, 'path'));
    const { revision } = await this.engine.actors.read(connectionAggregate, stream, tenant);
    if (revision < 0) throw notFound('connection', id);
  }

  async #execute(call: Call, command: Unstamped<ConnectionCommand>) {
    assertUnversioned('connection', call);
    const { id, context } = call;
    const message = new ConnectionMessage(parse(name, id, 'path'), command, context);
    const { state, revision, position, events, repeated } = accepted(
      await this.commands.execute(message),
      this.engine,
    );
    const types = events.map((event) => event.type);
    return { answer: { id, status: state.status, revision, position, events: types }, repeated };
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
    throw wrongField('unknown_connector', { field: 'connector', message, code: 'unknown_connector' });
  }
}
