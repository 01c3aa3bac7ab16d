import type { OperationType } from '#lib/domain/schedule';
import type { CredentialOwner, CredentialVault, Environment, Sink, SyncContext, SyncEngine, SyncOutcome, SyncTask } from '#lib/ports';
import {
  ConnectorError,
  consentOf,
  HttpPool,
  ImportFiles,
  OAuthTokens,
  type CheckResult,
  type Connector,
  type ConnectorContext,
  type Consent,
  type HttpOptions,
  type ImportFilesOptions,
} from '../kit/index.js';
import { failureOf, outcomeOf } from './outcome.js';
import { readThrough } from './read-through.js';

/** Which connector serves a connection, and with which settings (secrets are in the vault, not here). */
export type ConnectionSettings = { readonly connector: string; readonly config: unknown; readonly user?: string };

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

export interface ConnectorEngine extends SyncEngine {
  /** Are a connection's settings and credentials good? Never throws. Default signal: none. */
  checkConnection(tenant: string, connection: string, signal?: AbortSignal): Promise<CheckResult>;
  /** How old the user's consent is; undefined when the connection or its credentials do not exist. */
  consent(tenant: string, connection: string): Promise<Consent | undefined>;
  /** Drops idle connections. */
  close(): Promise<void>;
}

type Prepared = { readonly connector: Connector; readonly context: ConnectorContext };

/**
 * Runs our own connectors as the scheduler's sync engine. Only a CURSOR_INVALID is dealt with here: the read begins
 * again in full within the same attempt, once; seen twice it is a failure of that class. Everything else is told to
 * the scheduler, which alone decides about retries.
 */
export function createConnectorEngine(options: ConnectorEngineOptions): ConnectorEngine {
  const { environment, vault, sink, batchSize = 500 } = options;
  const byId = new Map(options.connectors.map((connector) => [connector.manifest.id, connector]));
  if (byId.size !== options.connectors.length) throw new Error('two connectors share one id');
  const pool = new HttpPool(options.http ?? {}, environment.clock);
  const tokens = new OAuthTokens({ vault, environment });
  const files = new ImportFiles(options.files);

  const prepare = async (owner: CredentialOwner, work: Work): Promise<Prepared> => {
    const { connector, settings } = await find(options, byId, owner, work.provider);
    const http = pool.client(connector.manifest);
    await tokens.revalidate(owner);
    const { operation, state, signal } = work;
    const user = work.user ?? settings.user ?? '';
    const context = { owner, user, config: settings.config, operation, state, signal, environment, http, tokens, vault, files };
    return { connector, context };
  };

  return {
    async sync(task, context) {
      const owner = { tenant: task.tenant, connection: task.connection };
      try {
        const prepared = await prepare(owner, { ...task, signal: context.signal });
        return await readWithFallback(prepared, task, context, { sink, batchSize, clock: environment.clock });
      } catch (error) {
        return outcomeOf(error, context.signal, await secretsOf(vault, owner));
      }
    },
    async checkConnection(tenant, connection, signal = new AbortController().signal) {
      const owner = { tenant, connection };
      try {
        const work = { operation: 'incremental_sync', state: undefined, signal } as const;
        const { connector, context } = await prepare(owner, work);
        return await connector.check(context);
      } catch (error) {
        const failure = failureOf(error, await secretsOf(vault, owner));
        return { ok: false, class: failure.class, message: failure.message };
      }
    },
    async consent(tenant, connection) {
      const settings = await options.connectionConfig(tenant, connection);
      const connector = byId.get(settings?.connector ?? '');
      const stored = await vault.read({ tenant, connection });
      if (connector === undefined || stored === undefined) return undefined;
      return consentOf(connector.manifest, stored.secrets, environment.clock.now());
    },
    close: () => pool.close(),
  };
}

type Work = {
  readonly operation: OperationType;
  readonly state: unknown;
  readonly signal: AbortSignal;
  readonly user?: string;
  readonly provider?: string;
};
type ReadTools = Omit<Parameters<typeof readThrough>[1], 'task' | 'sync'>;

async function readWithFallback(prepared: Prepared, task: SyncTask, sync: SyncContext, tools: ReadTools): Promise<SyncOutcome> {
  const { connector, context } = prepared;
  try {
    return await readThrough({ connector, context }, { ...tools, task, sync });
  } catch (error) {
    // Without a state there is no cursor to blame, and a second full read would say the same.
    if (!isInvalidCursor(error) || context.state === undefined) throw error;
  }
  const full: ConnectorContext = { ...context, operation: 'full_sync', state: undefined };
  return await readThrough({ connector, context: full }, { ...tools, task, sync });
}

const isInvalidCursor = (error: unknown): boolean => error instanceof ConnectorError && error.class === 'CURSOR_INVALID';

async function find(
  options: ConnectorEngineOptions,
  byId: ReadonlyMap<string, Connector>,
  owner: CredentialOwner,
  provider: string | undefined,
): Promise<{ readonly connector: Connector; readonly settings: ConnectionSettings }> {
  const settings = await options.connectionConfig(owner.tenant, owner.connection);
  if (settings === undefined) throw wrong('unknown_connection', `there is no connection "${owner.connection}"`);
  const connector = byId.get(settings.connector);
  if (connector === undefined) throw wrong('unknown_connector', `there is no connector "${settings.connector}" in this deployment`);
  if (provider === undefined || provider === connector.manifest.provider) return { connector, settings };
  throw wrong('provider_mismatch', `${connector.manifest.id} cannot serve a schedule of ${provider}`);
}

const wrong = (code: string, message: string): ConnectorError => new ConnectorError('CONFIG', message, { code });

/** For redaction only, so a vault that fails here must not hide the first failure. */
async function secretsOf(vault: CredentialVault, owner: CredentialOwner): Promise<readonly string[]> {
  try {
    return Object.values((await vault.read(owner))?.secrets ?? {});
  } catch {
    return [];
  }
}
