import type { CredentialVault, Environment, Sink, SyncTask } from '#lib/ports';
import type { AccessTokens, Connector, HttpOptions, ImportFilesOptions } from '../kit/index.js';

/** Which connector serves a connection, and with which settings (secrets are in the vault, not here). */
export type ConnectionSettings = {
  readonly connector: string;
  readonly config: unknown;
  readonly user?: string;
  /** It brings an app of its own: what the provider says of that app concerns no other connection. */
  readonly ownApp?: boolean | undefined;
};

/** What one attempt may know of its connection. */
export type TaskAccess = {
  readonly settings: () => Promise<ConnectionSettings | undefined>;
  readonly vault: CredentialVault;
  readonly tokens: AccessTokens;
};

export type ConnectorEngineOptions = {
  readonly connectors: readonly Connector[];
  /** Undefined when there is no such connection. */
  readonly connectionConfig: (tenant: string, connection: string) => Promise<ConnectionSettings | undefined>;
  readonly vault: CredentialVault;
  /** In a process without a vault: asks for each attempt what that attempt may know. */
  readonly access?: (task: SyncTask) => TaskAccess;
  readonly sink: Sink;
  readonly environment: Environment;
  readonly http?: HttpOptions;
  readonly files?: ImportFilesOptions;
  /** Records per write to the sink. Default 500. */
  readonly batchSize?: number;
};
