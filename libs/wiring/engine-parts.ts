import type { Millis } from '#lib/domain/kernel';
import type { EventStore } from '#lib/event-store/port';
import type { Environment, SyncEngine, WebhookSender } from '#lib/ports';
import type { Log } from './log.js';
import type { Telemetry } from './telemetry.js';
import type { Troubles } from './troubles.js';

/** What an embedding caller may put in place of our own parts. */
export type EngineParts = {
  readonly environment?: Environment;
  /** Does the work in place of the connectors. */
  readonly syncEngine?: SyncEngine;
  /** Takes what webhooks are told, in place of an HTTP client. */
  readonly webhookSender?: WebhookSender;
  /** Log and read models in memory: nothing outlives the process. */
  readonly inMemory?: boolean;
  /** In place of the log that the configuration names. */
  readonly store?: EventStore;
  /** In place of the file in the data folder, or of memory. */
  readonly readModelPath?: string;
  /** Between two looks at what will be due. Default an hour; 0: none is taken. */
  readonly forecastEveryMs?: Millis;
  readonly log: Log;
};

/** Who counts, and says, what goes wrong. */
export type Told = { readonly telemetry: Telemetry; readonly troubles: Troubles };
