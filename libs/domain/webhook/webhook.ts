import type { Instant, Millis } from '#lib/domain/kernel';

type Event<Type extends string, Data extends object> = { readonly type: Type; readonly data: Readonly<Data> };
type Command<Type extends string, Data extends object = object> = {
  readonly type: Type;
  readonly now: Instant;
} & Readonly<Data>;

/** What an endpoint wants to be told of. Each list that is there narrows; one that is absent does not. */
export type WebhookFilter = {
  readonly types?: readonly string[];
  readonly schedules?: readonly string[];
  readonly users?: readonly string[];
  readonly connections?: readonly string[];
  readonly providers?: readonly string[];
};

export type WebhookDefinition = {
  /** No secret: it is in events. What a receiver trusts is the signature. */
  readonly url: string;
  readonly description?: string;
  readonly filter: WebhookFilter;
};

/** `gone`: the receiver answered 410. `failing`: nothing was taken for {@link FAILING_FOR}. */
export type WebhookDisableCause = 'request' | 'gone' | 'failing';

/** One event on its way to the endpoint: which, in which of its lanes, and the how manieth try. */
export type Delivery = {
  /** Of the event in the log, and where it is read again. */
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  /** Its id, under which every try is sent. */
  readonly event: string;
  readonly eventType: string;
  readonly attempt: number;
  /** The replay that it is part of; absent: it is new. */
  readonly replay?: string;
};

/** How a try ended. `message` is ours, or an excerpt of the answer. */
export type DeliveryResult =
  | { readonly kind: 'delivered'; readonly status: number; readonly durationMs: Millis }
  | {
      readonly kind: 'failed';
      readonly status?: number;
      readonly message: string;
      readonly durationMs: Millis;
      /** As the answer asked for. */
      readonly retryAfterMs?: Millis;
    };

export type Attempted = Delivery & {
  readonly result: DeliveryResult;
  /** Uniform in [0, 1): the jitter's draw, passed in so that a decision can be replayed. */
  readonly fraction: number;
};

/** Everything at or below `through` that matches was tried once; only on the last event of what was tried together. */
type Progress = { readonly through?: number };
type Failure = { readonly status?: number; readonly message: string; readonly durationMs?: Millis };

export type WebhookEvent =
  | Event<'WebhookRegistered', { id: string; definition: WebhookDefinition; after: number }>
  | Event<'WebhookUpdated', { id: string; definition: WebhookDefinition }>
  | Event<'WebhookDisabled', { id: string; cause: WebhookDisableCause; note?: string }>
  | Event<'WebhookEnabled', { id: string; skipped?: { after: number; through: number } }>
  | Event<'WebhookSecretRotated', { id: string; previousUntil: Instant }>
  | Event<'WebhookDeleted', { id: string; note?: string }>
  | Event<'WebhookReplayRequested', { id: string; replay: string; after: number; through: number }>
  | Event<'WebhookReplayCompleted', { id: string; replay: string }>
  /** `attempt` is 0: it begins anew, whatever became of it before. */
  | Event<'RedeliveryRequested', Delivery>
  | Event<'DeliverySucceeded', Delivery & Progress & { status: number; durationMs: Millis }>
  | Event<'DeliveryFailed', Delivery & Progress & Failure & { retryAt: Instant }>
  | Event<'DeliveryDeadLettered', Delivery & Progress & Failure & { reason: DeadLetterReason }>;

/** `skipped`: whoever enabled the endpoint again wanted to be told of nothing that happened before. */
export type DeadLetterReason = 'attempts_exhausted' | 'skipped';

export type WebhookCommand =
  | Command<'RegisterWebhook', { id: string; definition: WebhookDefinition; after: number }>
  | Command<'UpdateWebhook', { definition: WebhookDefinition; ifVersion?: number | undefined }>
  | Command<'DisableWebhook', { note?: string | undefined }>
  /** `skipTo`: go on after this position; absent: where it stopped. */
  | Command<'EnableWebhook', { skipTo?: number | undefined }>
  | Command<'RotateWebhookSecret', { previousUntil: Instant }>
  | Command<'DeleteWebhook', { note?: string | undefined; ifVersion?: number | undefined }>
  | Command<'ReplayWebhook', { replay: string; after: number; through: number }>
  | Command<'CompleteWebhookReplay', { replay: string }>
  | Command<'RedeliverEvent', { delivery: Omit<Delivery, 'attempt' | 'replay'> }>
  /** What was tried together, all of one lane; `through`: see {@link Progress}. */
  | Command<'ReportDeliveries', { attempts: readonly Attempted[]; through?: number | undefined }>;

export type WebhookRejectionReason =
  | 'webhook_not_found'
  | 'webhook_exists'
  | 'webhook_enabled'
  | 'stale_version'
  | 'invalid_replay'
  | 'too_many_replays';

/** A delivery that failed, and when it is tried again. `attempt`: how often it was. */
export type PendingDelivery = Delivery & { readonly retryAt: Instant };

export type Replay = { readonly id: string; readonly through: number; readonly upTo: number };

/**
 *     none ─► active ◄─(enable)─ disabled ─► deleted
 *                └─(request, 410, failing for days)─► disabled
 */
export type WebhookState =
  | { readonly status: 'none' | 'deleted' }
  | {
      readonly status: 'active' | 'disabled';
      readonly id: string;
      readonly definition: WebhookDefinition;
      /** Grows with everything but deliveries: what If-Match compares. */
      readonly version: number;
      /** Everything matching up to here was delivered, given up, or is pending. */
      readonly through: number;
      readonly replays: readonly Replay[];
      /** Oldest first. */
      readonly pending: readonly PendingDelivery[];
      /** Since the last success: when it began to fail, and how often it did in a row but for refusing one message. */
      readonly failing?: { readonly since: Instant; readonly inARow: number };
    };

export type LivingWebhook = Extract<WebhookState, { readonly id: string }>;
