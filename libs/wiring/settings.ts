import { z } from 'zod';

const wholeIn = (least: number, most: number) =>
  z.string().regex(/\S/, 'is empty').pipe(z.coerce.number<string>().int().min(least).max(most));
const whole = (least: number, most: number, fallback: number) => wholeIn(least, most).default(fallback);
const port = wholeIn(0, 65_535);
const flag = z.stringbool().default(false);
const url = z.url({ protocol: /^https?$/, error: 'must be a URL like https://host, or http://host' });
const items = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
const list = z.string().default('').transform(items);

const optional = z.string().min(1).optional();

/**
 * Every setting, as an environment variable. Each has a default that works on one machine with nothing set.
 */
export const settings = z.object({
  /** Folder of the event log, the read models, the vault and the synced records. */
  SYNCOPATE_DATA: z.string().min(1).default('data'),
  SYNCOPATE_HOST: z.string().min(1).default('127.0.0.1'),
  SYNCOPATE_PORT: whole(0, 65_535, 7070),
  /** Where executors and webhooks processes answer `/healthz`, `/readyz` and `/metrics`, on SYNCOPATE_HOST, to whoever asks. Absent: nowhere. A scheduler does on its own port. */
  SYNCOPATE_HEALTH_PORT: port.optional(),
  /** Keys that callers send as `Authorization: Bearer …`, separated by commas. Demanded when listening elsewhere than on loopback. */
  SYNCOPATE_API_KEYS: list,
  /** Keys with a name, a tenant and what they may do, of which the file has digests only: see docs/operations.md. */
  SYNCOPATE_API_KEYS_FILE: optional,
  /** 32 bytes in base64 or hex; several, separated by commas: the first encrypts, all decrypt. Absent: a key file beside the vault. */
  SYNCOPATE_VAULT_KEYS: z
    .string()
    .transform(items)
    .refine(
      (keys) => keys.length > 0,
      'is set, and holds no key: 32 bytes in base64 (openssl rand -base64 32); leave it out for a key file beside the vault',
    )
    .default([]),
  /** Attempts that may run at once, over all providers. */
  SYNCOPATE_CONCURRENCY: whole(1, 10_000, 100),
  /** Attempts that may run at once on one connection. */
  SYNCOPATE_CONNECTION_CONCURRENCY: whole(1, 1_000, 1),
  /** Attempts of one tenant that may run at once, where nothing is set for it. Default: as many as run at all. */
  SYNCOPATE_TENANT_CONCURRENCY: wholeIn(1, 10_000).optional(),
  /** Seconds of waiting that lift a run by one priority. */
  SYNCOPATE_AGEING_SECONDS: whole(1, 86_400, 60),
  /** Seconds without a heartbeat after which an executor is taken for dead. */
  SYNCOPATE_LEASE_SECONDS: whole(1, 3_600, 15),
  /** Schedules kept in memory; others are read from the log when they are needed. */
  SYNCOPATE_ACTORS: whole(10, 10_000_000, 20_000),
  SYNCOPATE_SNAPSHOT_EVERY: whole(10, 100_000, 200),
  /** `esdb://…`: the log lives on EventStoreDB instead of in a file. */
  SYNCOPATE_EVENTSTORE_URL: optional,
  /** That no other scheduler is on that log: needed where there is no NATS over which it would be heard of. */
  SYNCOPATE_ALONE: flag,
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

export type Settings = z.output<typeof settings>;
