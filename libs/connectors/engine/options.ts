import type { CredentialVault, Environment, Sink } from '#lib/ports';
import type { Connector, HttpOptions, ImportFilesOptions } from '../kit/index.js';

/** Which connector serves a connection, and with which settings (secrets are in the vault, not here). */
export type ConnectionSettings = {
  readonly connector: string;
  readonly config: unknown;
  readonly user?: string;
};

export type ConnectorEngineOptions = {
  readonly connectors: readonly Connector[];
  /** Undefined when there is no such connection. */
  readonly connectionConfig: (tenant: string, connection: string) => Promise<ConnectionSettings | undefined>;
  readonly vault: CredentialVault;
  readonly sink: Sink;
  readonly environment: Environment;
  readonly http?: HttpOptions;
  readonly files?: ImportFilesOptions;
  /** Records per write to the sink. Default 500. */
  readonly batchSize?: number;
};
