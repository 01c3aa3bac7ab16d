import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectionAggregate, type Actors } from '#lib/application/actors';
import { connectors, createConnectorEngine, type Connector, type ConnectorEngine } from '#lib/connectors';
import { connectionStream } from '#lib/contracts/streams';
import type { CredentialVault, Environment, SyncEngine } from '#lib/ports';
import type { SyncedRecords } from '#lib/sink';
import type { Configuration } from './config.js';

/** The connectors as the rest of the house sees them. */
export type ConnectorAccess = {
  readonly engine: SyncEngine;
  readonly list: readonly Connector[];
  check: ConnectorEngine['checkConnection'];
  /** Longest time between two runs before a provider's data is lost, where its connector knows one. */
  freshness(provider: string): number | undefined;
  close(): Promise<void>;
};

/** Spotify keeps about the last 50 plays: a slower schedule loses some (developer.spotify.com, recently-played). */
const freshest: Readonly<Record<string, number>> = { spotify: 90 * 60_000 };

export function openSyncEngine(options: {
  readonly configuration: Configuration;
  readonly actors: Actors;
  readonly vault: CredentialVault;
  readonly records: SyncedRecords;
  readonly environment: Environment;
  readonly inMemory: boolean;
}): ConnectorAccess {
  const { configuration, actors, vault, records, environment } = options;
  const { spotify } = configuration;
  const imports = join(configuration.dataFolder, 'imports');
  if (!options.inMemory) mkdirSync(imports, { recursive: true, mode: 0o700 });
  const engine = createConnectorEngine({
    connectors,
    vault,
    sink: records,
    environment,
    http: {
      allowLoopback: configuration.allowLoopbackProviders,
      baseUrls: { 'spotify.webapi': { accounts: spotify.accountsUrl, api: spotify.apiUrl } },
    },
    files: { root: imports },
    connectionConfig: async (tenant, connection) => {
      const { state } = await actors.read(connectionAggregate, connectionStream(tenant, connection));
      const { profile } = state;
      if (profile === undefined) return undefined;
      const connector =
        profile.connector ??
        connectors.find((candidate) => candidate.manifest.provider === profile.provider)?.manifest.id;
      if (connector === undefined) return undefined;
      const clientId =
        connector === 'spotify.webapi' && spotify.clientId !== '' ? { clientId: spotify.clientId } : {};
      return { connector, user: profile.user, config: { ...clientId, ...profile.config } };
    },
  });
  return {
    engine,
    list: connectors,
    check: engine.checkConnection,
    freshness: (provider) => freshest[provider],
    close: () => engine.close(),
  };
}
