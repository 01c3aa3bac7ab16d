import type { OperationType } from '#lib/domain/schedule';
import type { CredentialOwner } from '#lib/ports';
import {
  ConnectorError,
  HttpPool,
  ImportFiles,
  OAuthTokens,
  type Connector,
  type ConnectorContext,
} from '../kit/index.js';
import type { ConnectionSettings, ConnectorEngineOptions, TaskAccess } from './options.js';

export type Prepared = {
  readonly connector: Connector;
  readonly context: ConnectorContext;
  readonly ownApp: boolean;
};

export type Work = {
  readonly operation: OperationType;
  readonly state: unknown;
  readonly signal: AbortSignal;
  readonly user?: string;
  /** Checked against the connector's where a schedule names one. */
  readonly provider?: string;
  /** Absent: what this process has. */
  readonly access?: TaskAccess | undefined;
};

/** Finds the connector of a connection and hands it everything it may use. One per process: it owns pool and tokens. */
export class Connections {
  readonly pool: HttpPool;
  readonly #tokens: OAuthTokens;
  readonly #files: ImportFiles;
  readonly #byId: ReadonlyMap<string, Connector>;

  constructor(private readonly options: ConnectorEngineOptions) {
    const { connectors, environment, vault, http, files } = options;
    this.#byId = new Map(connectors.map((connector) => [connector.manifest.id, connector]));
    if (this.#byId.size !== connectors.length) throw new Error('two connectors share one id');
    this.pool = new HttpPool(http ?? {}, environment.clock);
    this.#tokens = new OAuthTokens({ vault, environment });
    this.#files = new ImportFiles(files);
  }

  /** @throws {ConnectorError} CONFIG: no such connection or connector, another provider's, or a base URL not allowed. */
  async prepare(owner: CredentialOwner, work: Work): Promise<Prepared> {
    const { access } = work;
    const { connector, settings } = await this.#find(owner, work);
    const http = this.pool.client(connector.manifest);
    if (access === undefined) await this.#tokens.revalidate(owner);
    const { operation, state, signal, user = settings.user ?? '' } = work;
    const { environment } = this.options;
    const { vault, tokens } = access ?? { vault: this.options.vault, tokens: this.#tokens };
    const given = { owner, user, config: settings.config, operation, state, signal, environment };
    const context = { ...given, http, tokens, vault, files: this.#files.of(owner.tenant) };
    return { connector, context, ownApp: settings.ownApp === true };
  }

  /** Undefined where there is no such connection, or no connector for it. */
  async connectorOf(owner: CredentialOwner): Promise<Connector | undefined> {
    const settings = await this.options.connectionConfig(owner.tenant, owner.connection);
    return this.#byId.get(settings?.connector ?? '');
  }

  async #find(
    owner: CredentialOwner,
    { provider, user, access }: Work,
  ): Promise<{ readonly connector: Connector; readonly settings: ConnectionSettings }> {
    const settings = await (access === undefined
      ? this.options.connectionConfig(owner.tenant, owner.connection)
      : access.settings());
    if (settings === undefined) {
      throw wrong('unknown_connection', `there is no connection "${owner.connection}"`);
    }
    const connector = this.#byId.get(settings.connector);
    if (connector === undefined) {
      throw wrong('unknown_connector', `this deployment has no connector "${settings.connector}"`);
    }
    if (user !== undefined && settings.user !== undefined && user !== settings.user)
      throw wrong('user_mismatch', `connection "${owner.connection}" is not of user ${user}`);
    if (provider === undefined || provider === connector.manifest.provider) return { connector, settings };
    throw wrong('provider_mismatch', `${connector.manifest.id} cannot serve a schedule of ${provider}`);
  }
}

const wrong = (code: string, message: string): ConnectorError =>
  new ConnectorError('CONFIG', message, { code });
