import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { canonicalProvider } from '#lib/domain/provider';
import type { NatsOptions } from '#lib/messaging/nats';
import { contradictions } from './contradictions.js';
import { settings, type Settings } from './settings.js';

export type Configuration = {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** Where an executor or a webhooks process tells how it is. Absent: nowhere. */
  readonly healthPort?: number;
  readonly apiKeys: readonly string[];
  /** Absent: no keys but those. */
  readonly apiKeysFile?: string;
  readonly vaultKeys: readonly string[];
  readonly concurrency: number;
  readonly connectionConcurrency: number;
  /** Absent: as many as run at all. */
  readonly tenantConcurrency?: number;
  readonly ageingMs: number;
  readonly leaseMs: number;
  readonly actors: number;
  readonly snapshotEvery: number;
  readonly quotas: { readonly schedulesPerUser: number; readonly schedulesPerUserAndProvider: number };
  readonly webhooksPerTenant: number;
  /** `only`: this process does nothing else. */
  readonly webhookDelivery: 'here' | 'elsewhere' | 'only';
  readonly allowShortIntervals: boolean;
  readonly clockCheck: boolean;
  readonly allowLoopbackProviders: boolean;
  readonly allowLoopbackWebhooks: boolean;
  readonly uploadLimitBytes: number;
  /** Absent: the log is not sealed. */
  readonly auditFolder?: string;
  readonly auditKeyFile?: string;
  readonly auditMs: number;
  /** Absent: a file in the data folder. */
  readonly eventStoreUrl?: string;
  /** Absent: everything in one process. */
  readonly nats?: NatsSettings;
  readonly allowPlainText: boolean;
  readonly node: string;
  readonly takeoverMs: number;
  readonly localExecutor: boolean;
  /** Absent: all. */
  readonly executorProviders?: readonly string[];
  readonly syncEngineModule?: string;
  readonly connectorModules: readonly string[];
  readonly openaiUrl: string;
  readonly plaidUrl?: string;
  readonly spotify: {
    readonly clientId: string;
    readonly accountsUrl: string;
    readonly apiUrl: string;
  };
  readonly cores: number;
};

/** Without the client's name, which depends on its role. */
export type NatsSettings = Omit<NatsOptions, 'role' | 'name' | 'allowPlainText'> & {
  readonly replicas: number;
};

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** What was given, unless it may be a secret. */
const given = (environment: Readonly<Record<string, string | undefined>>, name: string): string =>
  /KEY|TOKEN|PASSWORD|SECRET|_URL$/.test(name) ? '' : ` (given: ${JSON.stringify(environment[name])})`;

/**
 * `listens`: whether this process answers callers; one that does not, an executor or a command, needs no keys for them.
 * @throws {ConfigurationError} naming each variable that is wrong, and what would be right.
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  { listens = true }: { readonly listens?: boolean } = {},
): Configuration {
  const parsed = settings.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.')}: ${issue.message}${given(environment, String(issue.path[0]))}`,
    );
    throw new ConfigurationError(`the configuration is not valid:\n${lines.join('\n')}`);
  }
  const unknown = Object.keys(environment).filter(
    (name) => /^syncopate_/i.test(name) && !Object.hasOwn(settings.shape, name),
  );
  if (unknown.length > 0)
    throw new ConfigurationError(
      `unknown configuration: ${unknown.join(', ')}; known are ${Object.keys(settings.shape).join(', ')}`,
    );
  if (listens) assertKeys(parsed.data);
  return checked(parsed.data, listens);
}

const present = <T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

function distributed(values: Settings) {
  const servers = values.SYNCOPATE_NATS_URL;
  const tls = present({
    caFile: values.SYNCOPATE_NATS_TLS_CA,
    certFile: values.SYNCOPATE_NATS_TLS_CERT,
    keyFile: values.SYNCOPATE_NATS_TLS_KEY,
  });
  const nats: NatsSettings = {
    servers,
    replicas: values.SYNCOPATE_NATS_REPLICAS,
    ...present({
      token: values.SYNCOPATE_NATS_TOKEN,
      user: values.SYNCOPATE_NATS_USER,
      password: values.SYNCOPATE_NATS_PASSWORD,
      nkeySeedFile: values.SYNCOPATE_NATS_NKEY_SEED_FILE,
      credsFile: values.SYNCOPATE_NATS_CREDS_FILE,
    }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
  };
  // By whichever of their names: work is told by one.
  const providers = [...new Set(values.SYNCOPATE_EXECUTOR_PROVIDERS.map(canonicalProvider))];
  return {
    ...(values.SYNCOPATE_EVENTSTORE_URL === undefined
      ? {}
      : { eventStoreUrl: values.SYNCOPATE_EVENTSTORE_URL }),
    ...(servers.length === 0 ? {} : { nats }),
    allowPlainText: values.SYNCOPATE_ALLOW_PLAIN_TEXT,
    node: values.SYNCOPATE_NODE ?? `n${randomBytes(4).toString('hex')}`,
    takeoverMs: values.SYNCOPATE_TAKEOVER_SECONDS * 1_000,
    localExecutor: values.SYNCOPATE_LOCAL_EXECUTOR ?? servers.length === 0,
    ...(values.SYNCOPATE_SYNC_ENGINE === undefined ? {} : { syncEngineModule: values.SYNCOPATE_SYNC_ENGINE }),
    ...(providers.length === 0 ? {} : { executorProviders: providers }),
  };
}

function assertKeys(values: Settings): void {
  const { SYNCOPATE_HOST: host, SYNCOPATE_API_KEYS: keys, SYNCOPATE_API_KEYS_FILE: file } = values;
  if (isLoopback(host) || keys.length > 0 || file !== undefined) return;
  throw new ConfigurationError(
    `SYNCOPATE_HOST=${host} listens to other machines: set SYNCOPATE_API_KEYS to one or more keys of 24 characters or more, ` +
      'or SYNCOPATE_API_KEYS_FILE to a file of keys, or listen on 127.0.0.1',
  );
}

function checked(values: Settings, listens: boolean): Configuration {
  const wrong = [...contradictions(values, listens)];
  if (wrong.length > 0) throw new ConfigurationError(wrong.join('\n'));
  if (values.SYNCOPATE_API_KEYS.some((key) => key.length < 24)) {
    throw new ConfigurationError('SYNCOPATE_API_KEYS: each key needs 24 characters or more');
  }
  return {
    dataFolder: resolve(values.SYNCOPATE_DATA),
    host: values.SYNCOPATE_HOST,
    port: values.SYNCOPATE_PORT,
    apiKeys: values.SYNCOPATE_API_KEYS,
    vaultKeys: values.SYNCOPATE_VAULT_KEYS,
    concurrency: values.SYNCOPATE_CONCURRENCY,
    connectionConcurrency: values.SYNCOPATE_CONNECTION_CONCURRENCY,
    ...(values.SYNCOPATE_TENANT_CONCURRENCY === undefined
      ? {}
      : { tenantConcurrency: values.SYNCOPATE_TENANT_CONCURRENCY }),
    ageingMs: values.SYNCOPATE_AGEING_SECONDS * 1_000,
    leaseMs: values.SYNCOPATE_LEASE_SECONDS * 1_000,
    actors: values.SYNCOPATE_ACTORS,
    snapshotEvery: values.SYNCOPATE_SNAPSHOT_EVERY,
    quotas: {
      schedulesPerUser: values.SYNCOPATE_SCHEDULES_PER_USER,
      schedulesPerUserAndProvider: values.SYNCOPATE_SCHEDULES_PER_USER_AND_PROVIDER,
    },
    webhooksPerTenant: values.SYNCOPATE_WEBHOOKS_PER_TENANT,
    webhookDelivery: values.SYNCOPATE_WEBHOOK_DELIVERY,
    allowShortIntervals: values.SYNCOPATE_ALLOW_SHORT_INTERVALS,
    clockCheck: values.SYNCOPATE_CLOCK_CHECK,
    uploadLimitBytes: values.SYNCOPATE_UPLOAD_LIMIT_MB * 1024 ** 2,
    connectorModules: values.SYNCOPATE_CONNECTORS,
    allowLoopbackProviders: values.SYNCOPATE_ALLOW_LOOPBACK_PROVIDERS,
    allowLoopbackWebhooks: values.SYNCOPATE_ALLOW_LOOPBACK_WEBHOOKS,
    ...distributed(values),
    spotify: {
      clientId: values.SYNCOPATE_SPOTIFY_CLIENT_ID,
      accountsUrl: values.SYNCOPATE_SPOTIFY_ACCOUNTS_URL,
      apiUrl: values.SYNCOPATE_SPOTIFY_API_URL,
    },
    openaiUrl: values.SYNCOPATE_OPENAI_API_URL,
    ...(values.SYNCOPATE_PLAID_URL === undefined ? {} : { plaidUrl: values.SYNCOPATE_PLAID_URL }),
    ...present({
      healthPort: values.SYNCOPATE_HEALTH_PORT,
      apiKeysFile:
        values.SYNCOPATE_API_KEYS_FILE === undefined ? undefined : resolve(values.SYNCOPATE_API_KEYS_FILE),
      auditFolder:
        values.SYNCOPATE_AUDIT_FOLDER === undefined ? undefined : resolve(values.SYNCOPATE_AUDIT_FOLDER),
      auditKeyFile: values.SYNCOPATE_AUDIT_KEY_FILE,
    }),
    auditMs: values.SYNCOPATE_AUDIT_SECONDS * 1_000,
    cores: availableParallelism(),
  };
}
