import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { NatsOptions } from '#lib/messaging/nats';

/**
 * All configuration, from environment variables, parsed once at the edge. Every one has a default that works on one
 * machine with nothing set.
 */
const whole = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/\S/, 'is empty')
    .pipe(z.coerce.number<string>().int().min(least).max(most))
    .default(fallback);
const flag = z.stringbool().default(false);
const url = z.url({ protocol: /^https?$/ });
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

const optional = z.string().min(1).optional();

const schema = z.object({
  /** Folder of the event log, the read models, the vault and the synced records. */
  SYNCOPATE_DATA: z.string().min(1).default('data'),
  SYNCOPATE_HOST: z.string().min(1).default('127.0.0.1'),
  SYNCOPATE_PORT: whole(0, 65_535, 7070),
  /** Keys that callers send as `Authorization: Bearer …`, separated by commas. Demanded when listening elsewhere than on loopback. */
  SYNCOPATE_API_KEYS: list,
  /** 32 bytes in base64 or hex; several, separated by commas: the first encrypts, all decrypt. Absent: a key file beside the vault. */
  SYNCOPATE_VAULT_KEYS: list,
  /** Attempts that may run at once, over all providers. */
  SYNCOPATE_CONCURRENCY: whole(1, 10_000, 100),
  /** Attempts that may run at once on one connection. */
  SYNCOPATE_CONNECTION_CONCURRENCY: whole(1, 1_000, 1),
  /** Seconds of waiting that lift a run by one priority. */
  SYNCOPATE_AGEING_SECONDS: whole(1, 86_400, 60),
  /** Seconds without a heartbeat after which an executor is taken for dead. */
  SYNCOPATE_LEASE_SECONDS: whole(1, 3_600, 15),
  /** Schedules kept in memory; others are read from the log when they are needed. */
  SYNCOPATE_ACTORS: whole(10, 10_000_000, 20_000),
  SYNCOPATE_SNAPSHOT_EVERY: whole(10, 100_000, 200),
  /** `esdb://…`: the log lives on EventStoreDB instead of in a file. */
  SYNCOPATE_EVENTSTORE_URL: optional,
  /** `nats://…`, several separated by commas: work goes to executor processes, and nodes share what there is to do. */
  SYNCOPATE_NATS_URL: list,
  SYNCOPATE_NATS_TOKEN: optional,
  SYNCOPATE_NATS_USER: optional,
  SYNCOPATE_NATS_PASSWORD: optional,
  SYNCOPATE_NATS_NKEY_SEED_FILE: optional,
  SYNCOPATE_NATS_CREDS_FILE: optional,
  SYNCOPATE_NATS_TLS_CA: optional,
  SYNCOPATE_NATS_TLS_CERT: optional,
  SYNCOPATE_NATS_TLS_KEY: optional,
  /** Copies of each JetStream stream, where NATS is a cluster. */
  SYNCOPATE_NATS_REPLICAS: whole(1, 5, 1),
  /** Lets NATS and EventStoreDB be spoken to unencrypted beyond this machine. */
  SYNCOPATE_ALLOW_PLAIN_TEXT: flag,
  /** This process among others: letters, digits, `_` and `-`. Default: made up at each start. */
  SYNCOPATE_NODE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, "_" and "-", at most 40')
    .optional(),
  /** Seconds after which another node takes over what a dead one held. */
  SYNCOPATE_TAKEOVER_SECONDS: whole(1, 60, 6),
  /** Whether a scheduler runs attempts itself. Default: yes without NATS, no with it. */
  SYNCOPATE_LOCAL_EXECUTOR: z.stringbool().optional(),
  /** Providers that an executor serves, separated by commas. Default: all. */
  SYNCOPATE_EXECUTOR_PROVIDERS: list,
  /** A module of the product's own that does the work in place of the connectors: a path, or a package's name. */
  SYNCOPATE_SYNC_ENGINE: optional,
  /** Modules with connectors beside ours: paths or packages, separated by commas. */
  SYNCOPATE_CONNECTORS: list,
  SYNCOPATE_SCHEDULES_PER_USER: whole(1, 1_000_000, 100),
  SYNCOPATE_SCHEDULES_PER_USER_AND_PROVIDER: whole(1, 1_000_000, 20),
  /** `elsewhere`: this scheduler never delivers to webhooks, processes of `npm run webhooks` do. */
  SYNCOPATE_WEBHOOK_DELIVERY: z.enum(['here', 'elsewhere']).default('here'),
  SYNCOPATE_WEBHOOKS_PER_TENANT: whole(1, 100_000, 100),
  /** Where digests of the log are put, so that an auditor can tell whether it was changed. Absent: none are made. */
  SYNCOPATE_AUDIT_FOLDER: optional,
  /** Ed25519 private key, PEM, that signs them. */
  SYNCOPATE_AUDIT_KEY_FILE: optional,
  /** Seconds between two digests. */
  SYNCOPATE_AUDIT_SECONDS: whole(1, 86_400, 3_600),
  /** Largest file that may be uploaded. */
  SYNCOPATE_UPLOAD_LIMIT_MB: whole(1, 65_536, 2_048),
  /** Lets connectors talk to 127.0.0.1: for tests and the demo. */
  SYNCOPATE_ALLOW_LOOPBACK_PROVIDERS: flag,
  /** Lets webhooks go to 127.0.0.1, in plain HTTP too: for tests and the demo. */
  SYNCOPATE_ALLOW_LOOPBACK_WEBHOOKS: flag,
  SYNCOPATE_SPOTIFY_CLIENT_ID: z.string().default(''),
  SYNCOPATE_SPOTIFY_ACCOUNTS_URL: url.default('https://accounts.spotify.com'),
  SYNCOPATE_SPOTIFY_API_URL: url.default('https://api.spotify.com'),
  SYNCOPATE_OPENAI_API_URL: url.default('https://api.openai.com'),
  /** In place of both of Plaid's environments, where a gateway of one's own stands before them. */
  SYNCOPATE_PLAID_URL: url.optional(),
  /** False: start though the clock is more than a day behind the newest event. */
  SYNCOPATE_CLOCK_CHECK: z.stringbool().default(true),
  /** Lets intervals be shorter than providers allow: for tests and the demo, against stand-ins. */
  SYNCOPATE_ALLOW_SHORT_INTERVALS: flag,
});

export type Configuration = {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly apiKeys: readonly string[];
  readonly vaultKeys: readonly string[];
  readonly concurrency: number;
  readonly connectionConcurrency: number;
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
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `  ${issue.path.join('.')}: ${issue.message}${given(environment, String(issue.path[0]))}`,
    );
    throw new ConfigurationError(`the configuration is not valid:\n${lines.join('\n')}`);
  }
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('SYNCOPATE_') && !Object.hasOwn(schema.shape, name),
  );
  if (unknown.length > 0)
    throw new ConfigurationError(
      `unknown configuration: ${unknown.join(', ')}; known are ${Object.keys(schema.shape).join(', ')}`,
    );
  if (listens) assertKeys(parsed.data);
  return checked(parsed.data);
}

const present = <T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

function distributed(values: z.infer<typeof schema>) {
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
  const providers = values.SYNCOPATE_EXECUTOR_PROVIDERS;
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

function assertKeys({ SYNCOPATE_HOST: host, SYNCOPATE_API_KEYS: keys }: z.infer<typeof schema>): void {
  if (isLoopback(host) || keys.length > 0) return;
  throw new ConfigurationError(
    `SYNCOPATE_HOST=${host} listens to other machines: set SYNCOPATE_API_KEYS to one or more keys of 24 characters or more, or listen on 127.0.0.1`,
  );
}

function checked(values: z.infer<typeof schema>): Configuration {
  if (values.SYNCOPATE_AUDIT_KEY_FILE !== undefined && values.SYNCOPATE_AUDIT_FOLDER === undefined)
    throw new ConfigurationError(
      'SYNCOPATE_AUDIT_KEY_FILE signs what is put into SYNCOPATE_AUDIT_FOLDER: set that too',
    );
  const alone = values.SYNCOPATE_NATS_URL.length === 0 || values.SYNCOPATE_EVENTSTORE_URL === undefined;
  if (values.SYNCOPATE_WEBHOOK_DELIVERY === 'elsewhere' && alone)
    throw new ConfigurationError(
      'SYNCOPATE_WEBHOOK_DELIVERY=elsewhere: there is no elsewhere without SYNCOPATE_NATS_URL and SYNCOPATE_EVENTSTORE_URL',
    );
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
      auditFolder:
        values.SYNCOPATE_AUDIT_FOLDER === undefined ? undefined : resolve(values.SYNCOPATE_AUDIT_FOLDER),
      auditKeyFile: values.SYNCOPATE_AUDIT_KEY_FILE,
    }),
    auditMs: values.SYNCOPATE_AUDIT_SECONDS * 1_000,
    cores: availableParallelism(),
  };
}
