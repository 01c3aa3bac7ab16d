import type {
  CredentialOwner,
  CredentialVault,
  SyncContext,
  SyncEngine,
  SyncOutcome,
  SyncTask,
} from '#lib/ports';
import {
  consentOf,
  excerpt,
  isConnectorError,
  type CheckResult,
  type ConnectorContext,
  type Consent,
} from '../kit/index.js';
import { Connections, type Prepared } from './connections.js';
import type { ConnectorEngineOptions } from './options.js';
import { failureOf, outcomeOf } from './outcome.js';
import { readThrough } from './read-through.js';

export interface ConnectorEngine extends SyncEngine {
  /** Are a connection's settings and credentials good? Never throws. Default signal: none. */
  checkConnection(tenant: string, connection: string, signal?: AbortSignal): Promise<CheckResult>;
  /** How old the user's consent is; undefined when the connection or its credentials do not exist. */
  consent(tenant: string, connection: string): Promise<Consent | undefined>;
  /** Drops idle connections. */
  close(): Promise<void>;
}

/**
 * Runs our own connectors as the scheduler's sync engine. Only a CURSOR_INVALID is dealt with here: the read begins
 * again in full within the same attempt, once; seen twice it is a failure of that class. Everything else is told to
 * the scheduler, which alone decides about retries.
 */
export function createConnectorEngine(options: ConnectorEngineOptions): ConnectorEngine {
  const { environment, vault } = options;
  const connections = new Connections(options);
  return {
    async sync(task, context) {
      const owner = { tenant: task.tenant, connection: task.connection };
      try {
        const prepared = await connections.prepare(owner, { ...task, signal: context.signal });
        return await readWithFallback(prepared, task, context, options);
      } catch (error) {
        return outcomeOf(error, context.signal, await secretsOf(vault, owner));
      }
    },
    async checkConnection(tenant, connection, signal = new AbortController().signal) {
      const owner = { tenant, connection };
      try {
        const work = { operation: 'incremental_sync', state: undefined, signal } as const;
        const { connector, context } = await connections.prepare(owner, work);
        const result = await connector.check(context);
        if (result.ok) return result;
        return { ...result, message: excerpt(result.message, await secretsOf(vault, owner), 600) };
      } catch (error) {
        const failure = failureOf(error, await secretsOf(vault, owner));
        return { ok: false, class: failure.class, message: failure.message };
      }
    },
    async consent(tenant, connection) {
      const connector = await connections.connectorOf({ tenant, connection });
      const stored = await vault.read({ tenant, connection });
      if (connector === undefined || stored === undefined) return undefined;
      return consentOf(connector.manifest, stored.secrets, environment.clock.now());
    },
    close: () => connections.pool.close(),
  };
}

async function readWithFallback(
  { connector, context }: Prepared,
  task: SyncTask,
  sync: SyncContext,
  options: ConnectorEngineOptions,
): Promise<SyncOutcome> {
  const { sink, batchSize = 500, environment } = options;
  const tools = { sink, batchSize, clock: environment.clock, task, sync };
  try {
    return await readThrough({ connector, context }, tools);
  } catch (error) {
    // Without a state there is no cursor to blame, and a second full read would say the same.
    if (!isConnectorError(error, 'CURSOR_INVALID') || context.state === undefined) throw error;
  }
  const full: ConnectorContext = { ...context, operation: 'full_sync', state: undefined };
  return await readThrough({ connector, context: full }, tools);
}

/** For redaction only, so a vault that fails here must not hide the first failure. */
async function secretsOf(vault: CredentialVault, owner: CredentialOwner): Promise<readonly string[]> {
  try {
    return Object.values((await vault.read(owner))?.secrets ?? {});
  } catch {
    return [];
  }
}
