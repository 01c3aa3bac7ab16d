import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectionAggregate, type Actors } from '#lib/application/actors';
import type { CredentialSource } from '#lib/application/executor-desk';
import {
  createConnectorEngine,
  isConnectorError,
  type Connector,
  type ConnectorEngine,
  type ConnectorManifest,
} from '#lib/connectors';
import { connectionStream } from '#lib/contracts/streams';
import type { Instant } from '#lib/domain/kernel';
import type { ExecutorDesk } from '#lib/messaging/port';
import type { CredentialVault, Environment, Sink, SyncEngine } from '#lib/ports';
import type { SyncedRecords } from '#lib/ports';
import type { Configuration } from './config.js';
import { opening } from './file-trouble.js';
import { remoteAccess } from './remote-access.js';

/** The connectors as the rest of the house sees them. */
export type ConnectorAccess = {
  readonly engine: SyncEngine;
  readonly list: readonly Connector[];
  check: ConnectorEngine['checkConnection'];
  /** Whether any consent for a provider ends by itself. */
  consentEnds(provider: string): boolean;
  /** When a consent ends, once its user should be told. */
  consentEndingSoon(tenant: string, connection: string): Promise<Instant | undefined>;
  /** Of the connector that serves a connection; undefined where there is none. */
  manifestOf(profile: {
    readonly provider: string;
    readonly connector?: string | undefined;
  }): ConnectorManifest | undefined;
  /** A connection's settings with what the operator has set for all of that connector. */
  withDefaults(connector: string, config: object | undefined): Readonly<Record<string, unknown>>;
  /** For executors in other processes. */
  readonly credentials: CredentialSource;
  /** Longest time between two runs before a provider's data is lost, where its connector knows one. */
  freshness(provider: string): number | undefined;
  close(): Promise<void>;
};

export const importsOf = ({ dataFolder }: Configuration): string => join(dataFolder, 'imports');

const commonOptions = (configuration: Configuration, connectors: readonly Connector[]) => ({
  connectors,
  http: {
    allowLoopback: configuration.allowLoopbackProviders,
    baseUrls: {
      'spotify.webapi': { accounts: configuration.spotify.accountsUrl, api: configuration.spotify.apiUrl },
      'openai.org_costs': { api: configuration.openaiUrl },
      ...(configuration.plaidUrl === undefined
        ? {}
        : { 'bank.plaid': { production: configuration.plaidUrl, sandbox: configuration.plaidUrl } }),
    },
  },
  files: { root: importsOf(configuration) },
});

export function openSyncEngine(options: {
  readonly configuration: Configuration;
  readonly connectors: readonly Connector[];
  readonly actors: Actors;
  readonly vault: CredentialVault;
  readonly records: SyncedRecords;
  readonly environment: Environment;
  readonly inMemory: boolean;
}): ConnectorAccess {
  const { configuration, connectors, actors, vault, records, environment } = options;
  const connectorOf = find(connectors);
  const ending = new Set(
    connectors
      .filter(({ manifest }) => manifest.auth.maxConsentAgeDays !== undefined)
      .map(({ manifest }) => manifest.provider),
  );
  const { spotify } = configuration;
  if (!options.inMemory) {
    const imports = importsOf(configuration);
    opening(imports, () => mkdirSync(imports, { recursive: true, mode: 0o700 }));
  }
  /** Of the operator's own registration with the provider; empty: there is none. */
  const clientOf = (connector: string): string => (connector === 'spotify.webapi' ? spotify.clientId : '');
  const withDefaults: ConnectorAccess['withDefaults'] = (connector, config) => {
    const ours = clientOf(connector);
    return { ...(ours === '' ? {} : { clientId: ours }), ...config };
  };
  const engine = createConnectorEngine({
    ...commonOptions(configuration, connectors),
    vault,
    sink: records,
    environment,
    connectionConfig: async (tenant, connection) => {
      const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection));
      const { profile } = state;
      if (profile === undefined) return undefined;
      const connector = profile.connector ?? connectorOf(profile)?.manifest.id;
      if (connector === undefined) return undefined;
      const ours = clientOf(connector);
      const config = withDefaults(connector, profile.config);
      const ownApp = ours !== '' && config['clientId'] !== ours;
      return { connector, user: profile.user, config, ownApp };
    },
  });
  return {
    engine,
    list: connectors,
    check: engine.checkConnection,
    consentEnds: (provider) => ending.has(provider),
    async consentEndingSoon(tenant, connection) {
      const consent = await engine.consent(tenant, connection);
      return consent?.state === 'expiring' ? consent.endsAt : undefined;
    },
    manifestOf: (profile) => connectorOf(profile)?.manifest,
    withDefaults,
    credentials: credentialsOf(engine),
    freshness: (provider) => connectorOf({ provider })?.manifest.schedule.losesDataAfterMs,
    close: () => engine.close(),
  };
}

/** The one that is named, or the provider's first. */
const find =
  (connectors: readonly Connector[]) =>
  (profile: { readonly provider: string; readonly connector?: string | undefined }): Connector | undefined =>
    connectors.find(({ manifest: { id, provider } }) =>
      profile.connector === undefined ? provider === profile.provider : id === profile.connector,
    );

/** The connectors in an executor's own process: what they may know of a connection, they ask for attempt by attempt. */
export function openRemoteSyncEngine(options: {
  readonly configuration: Configuration;
  readonly connectors: readonly Connector[];
  readonly environment: Environment;
  readonly executor: string;
  readonly desk: ExecutorDesk;
  readonly sink: Sink;
}): ConnectorEngine {
  const { configuration, connectors, environment, executor, desk, sink } = options;
  const access = remoteAccess(executor, desk, environment.timers);
  return createConnectorEngine({
    ...commonOptions(configuration, connectors),
    environment,
    sink,
    access,
    vault: nobodysVault,
    connectionConfig: () => Promise.resolve(undefined),
  });
}

/** Nothing is asked of it: every attempt brings its own. */
const nobodysVault: CredentialVault = {
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(undefined),
  remove: () => Promise.resolve(),
};

const credentialsOf = (engine: ConnectorEngine): CredentialSource => ({
  async view({ tenant, connection }) {
    try {
      const view = await engine.forExecutor({ tenant, connection });
      if (view === undefined) return undefined;
      const { settings, secrets, version } = view;
      const { connector, config, user = '', ownApp } = settings;
      const own = ownApp === true ? { ownApp } : {};
      return { granted: true, connector, config, user, ...own, secrets, version };
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      return { granted: false, class: error.class, reason: error.message, code: error.code };
    }
  },
  async token({ tenant, connection }, refused) {
    try {
      return { granted: true, token: await engine.accessToken({ tenant, connection }, refused) };
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      return { granted: false, class: error.class, message: error.message, code: error.code };
    }
  },
});
