import type { z } from 'zod';
import type { Millis } from '#lib/domain/kernel';
import type { ErrorClass } from '#lib/domain/retry';
import type { SyncStream } from '#lib/ports';

export type AuthKind =
  'oauth2_pkce' | 'oauth2_code' | 'api_key' | 'bank_link' | 'imap_password' | 'none_file';
export type Transport = 'http_pull' | 'file_import' | 'async_query' | 'imap' | 'local_agent';
/** Whose budget one request spends: everyone's under one app, everyone's under one developer account, or less. */
export type BucketScope = 'app' | 'developer_account' | 'credential' | 'connection' | 'item';
export type SyncMode = 'full' | 'incremental';
/** Which of a provider's faces answered: the same status means other things on the token endpoint. */
export type Face = 'token' | 'api';

export type StreamSpec = {
  readonly name: SyncStream;
  readonly modes: readonly SyncMode[];
  /** The field by which an incremental read goes on. */
  readonly cursor?: string;
  /** The fields that make a record's key. */
  readonly key: readonly string[];
};

/** One row of the ordered error table; every condition given must hold, and the first row that holds decides. */
export type ErrorRule = {
  readonly where: Face;
  readonly status?: number;
  /** JSON pointer → exact value, in a body that is JSON. */
  readonly json?: Readonly<Record<string, string>>;
  /** Text anywhere in the raw body, whatever the case: some providers answer 403 in plain text. */
  readonly bodyContains?: string;
  /** Header name (lower case) → text that its value contains. */
  readonly header?: Readonly<Record<string, string>>;
  readonly class: ErrorClass;
  /** Header that says how long to wait, in seconds or as an HTTP date. */
  readonly delayHeader?: string;
  /** The wait where that header is absent or unreadable, in milliseconds. */
  readonly fallbackDelayMs?: Millis;
  /** What a person should do about it, put before the provider's own words. */
  readonly advice?: string;
};

export type ConnectorManifest<Config = unknown> = {
  /** `<whose>.<interface>`, e.g. `spotify.webapi`; whose it is need not be the provider: `openai.org_costs` serves `chatgpt`. */
  readonly id: string;
  readonly version: string;
  readonly protocol: 1;
  readonly provider: string;
  readonly auth: {
    readonly kind: AuthKind;
    readonly scopes?: readonly string[];
    /** After so many days the user must consent again, however often the token was refreshed. */
    readonly maxConsentAgeDays?: number;
    readonly warnBeforeDays?: number;
  };
  readonly transport: Transport;
  /** Real base URLs by name; an operator may replace them, a user may not. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly streams: readonly StreamSpec[];
  readonly limits: {
    readonly bucketScope: BucketScope;
    readonly requests: number;
    readonly perSeconds: number;
    readonly concurrency: number;
    readonly concurrencyPerConnection: number;
  };
  readonly schedule: {
    readonly defaultIntervalMs: Millis;
    readonly minIntervalMs: Millis;
    /** The provider forgets what is older: the validator warns of schedules that are slower. Unset: nothing is lost. */
    readonly losesDataAfterMs?: Millis;
  };
  readonly run: {
    readonly timeoutMs: Millis;
    readonly maxAttempts: number;
    readonly backoff: { readonly baseMs: Millis; readonly factor: number; readonly maxMs: Millis };
  };
  readonly errors: readonly ErrorRule[];
  readonly config: z.ZodType<Config>;
  /** Names of the secrets it looks for in the vault. */
  readonly secrets: readonly string[];
  /** Where a connection's settings name them: those instead. */
  readonly secretsOf?: (config: unknown) => readonly string[];
};
