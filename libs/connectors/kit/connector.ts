import type { z } from 'zod';
import type { Instant, Millis } from '#lib/domain/kernel';
import type { ErrorClass, WaitClass } from '#lib/domain/retry';
import type { OperationType } from '#lib/domain/schedule';
import type { CredentialOwner, CredentialVault, Environment, SyncRecord, SyncStream } from '#lib/ports';
import { ConnectorError, isConnectorError } from './connector-error.js';
import type { HttpClient } from './http-client.js';
import type { ImportFiles } from './import-files.js';
import type { ConnectorManifest } from './manifest.js';
import type { RefreshGrant } from './oauth-grant.js';
import type { AccessTokens } from './oauth-tokens.js';
import { issuesOf } from './schema.js';

/** What a read yields, in order. */
export type Message =
  | { readonly kind: 'record'; readonly record: SyncRecord }
  /** One row that could not be read: counted, never fatal on its own. */
  | { readonly kind: 'rejected'; readonly stream: SyncStream; readonly reason: string }
  /** Everything before this is yielded: stored only once that is durable. JSON, with its own version in `v`. */
  | { readonly kind: 'state'; readonly state: object }
  /**
   * All that there is of a stream was told since then, or all of the part that `within` (the beginning of its keys) and `from` (a
   * day) name: rows of it that were not are withdrawn. `since` is when that read began, also where it began in an earlier attempt:
   * keep it in the state.
   */
  | {
      readonly kind: 'complete';
      readonly stream: SyncStream;
      readonly since: Instant;
      readonly within?: string;
      readonly from?: string;
    }
  | { readonly kind: 'progress'; readonly done: number; readonly total?: number }
  /** Ends the read: come back later. Not a failure. */
  | { readonly kind: 'wait'; readonly class: WaitClass; readonly delayMs: Millis; readonly message: string };

export type CheckResult =
  | { readonly ok: true; readonly account?: string }
  | { readonly ok: false; readonly class: ErrorClass; readonly message: string };

/** What a connector is given for one check or read. `config` has passed the manifest's schema. */
export type ConnectorContext<Config = unknown> = {
  readonly owner: CredentialOwner;
  readonly user: string;
  readonly config: Config;
  readonly operation: OperationType;
  /** What the last `state` message said, through storage and back: parse it. */
  readonly state: unknown;
  readonly signal: AbortSignal;
  readonly environment: Environment;
  readonly http: HttpClient;
  readonly tokens: AccessTokens;
  readonly vault: CredentialVault;
  readonly files: ImportFiles;
};

export type Connector = {
  readonly manifest: ConnectorManifest;
  /** Are the settings and credentials good? Quick, without side effects on the provider; never throws. */
  check(context: ConnectorContext): Promise<CheckResult>;
  /** @throws {ConnectorError} while iterated. */
  read(context: ConnectorContext): AsyncIterable<Message>;
  /** How an access token is refreshed; absent where there are none. Lets the process that has the vault do it. */
  grant?(context: ConnectorContext): RefreshGrant;
};

export type ConnectorDefinition<Config> = {
  readonly manifest: ConnectorManifest<Config>;
  check(context: ConnectorContext<Config>): Promise<CheckResult>;
  read(context: ConnectorContext<Config>): AsyncIterable<Message>;
  grant?(context: ConnectorContext<Config>): RefreshGrant;
};

/** Closes a typed definition into a connector: parses its config once, and turns what `check` throws into an answer. */
export function defineConnector<Config>(definition: ConnectorDefinition<Config>): Connector {
  const { manifest } = definition;
  const typed = (context: ConnectorContext): ConnectorContext<Config> => ({
    ...context,
    config: configOf(manifest.config, context.config, manifest.id),
  });
  return {
    manifest,
    async check(context) {
      try {
        return await definition.check(typed(context));
      } catch (error) {
        if (isConnectorError(error)) return { ok: false, class: error.class, message: error.message };
        return {
          ok: false,
          class: 'INTERNAL',
          message: `${manifest.id} failed while checking the connection`,
        };
      }
    },
    ...(definition.grant === undefined
      ? {}
      : { grant: (context: ConnectorContext) => definition.grant?.(typed(context)) as RefreshGrant }),
    read(context) {
      try {
        return definition.read(typed(context));
      } catch (error) {
        return failing(error);
      }
    },
  };
}

function configOf<Config>(schema: z.ZodType<Config>, config: unknown, id: string): Config {
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  throw new ConnectorError(
    'CONFIG',
    `the settings of this ${id} connection are wrong: ${issuesOf(parsed.error)}`,
    {
      code: 'config_invalid',
    },
  );
}

/** A read that fails when it is begun, not when it is asked for. */
// oxlint-disable-next-line require-yield
async function* failing(error: unknown): AsyncGenerator<never> {
  throw error;
}
