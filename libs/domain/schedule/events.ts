import type { Instant, Millis } from '#lib/domain/kernel';
import type { ErrorClass, GiveUpReason } from '#lib/domain/retry';
import type { OperationType, Priority, ScheduleChanges, ScheduleDefinition } from './definition.js';

type Event<Type extends string, Data extends object> = { readonly type: Type; readonly data: Readonly<Data> };

/** Why a run exists. */
export const triggers = ['occurrence', 'catch_up', 'manual', 'backfill'] as const;
/** Made by the recurrence, on time or late; not asked for. */
export const isOfRecurrence = (trigger: Trigger): boolean =>
  trigger === 'occurrence' || trigger === 'catch_up';
export type Trigger = (typeof triggers)[number];

export const pauseCauses = ['request', 'auto_pause', 'connection_suspended'] as const;
export type PauseCause = (typeof pauseCauses)[number];

export const skipReasons = ['overlap', 'buffer_full', 'merged_into_retry', 'requested', 'paused'] as const;
export type SkipReason = (typeof skipReasons)[number];

export const missReasons = [
  'catch_up_skip',
  'catch_up_once',
  'catch_up_window',
  'catch_up_cap',
  'paused',
] as const;
export type MissReason = (typeof missReasons)[number];

export const cancelReasons = [
  'requested',
  'superseded',
  'terminated_by_overlap',
  'schedule_paused',
  'schedule_deleted',
  'not_answered',
] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const abandonReasons = [
  'non_retryable',
  'attempts_exhausted',
  'budget_exhausted',
  'snooze_exhausted',
  'superseded',
  'schedule_paused',
] as const satisfies readonly (GiveUpReason | string)[];
export type AbandonReason = (typeof abandonReasons)[number];

export type RunError = {
  readonly class: ErrorClass;
  readonly message: string;
  readonly code?: string;
  readonly retryAfterMs?: Millis;
  /** The app that the provider refuses is this connection's alone. */
  readonly bucket?: 'own' | undefined;
};

/** Rows that could not be read, by the reason that the connector gives: what a person needs to mend a file. */
export type Rejection = { readonly stream: string; readonly reason: string; readonly times: number };
export type RecordCounts = {
  readonly read: number;
  readonly written: number;
  readonly rejected: number;
  /** At most 20 reasons, the first that were met. */
  readonly rejections?: readonly Rejection[] | undefined;
};

/** What a run is, whichever event first names it. `nominal` is when it was due; `effective` adds the spread. */
export type RunSpec = {
  readonly run: string;
  readonly trigger: Trigger;
  readonly nominal: Instant;
  readonly effective: Instant;
  readonly generation: number;
  readonly operation: OperationType;
};

/** Who the run acts for: carried by `RunQueued` so that dispatch needs nothing but the event. */
export type RunTarget = {
  readonly priority: Priority;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
};

export type ScheduleEvent =
  | Event<'ScheduleCreated', { id: string; definition: ScheduleDefinition }>
  /** `generation` grows when the recurrence changes: occurrences of different generations never share an identity. */
  | Event<'ScheduleUpdated', { changes: ScheduleChanges; generation: number }>
  | Event<'SchedulePaused', { cause: PauseCause; note?: string; until?: Instant }>
  | Event<'ScheduleResumed', { automatic: boolean }>
  | Event<'ScheduleDeleted', { note?: string }>
  | Event<'ScheduleCompleted', { reason: 'end_reached' | 'max_runs' }>
  /** One occurrence that will not run. `by` names the run in its way. */
  | Event<'OccurrenceSkipped', { nominal: Instant; generation: number; reason: SkipReason; by?: string }>
  /** A range of occurrences that will not run. `exact` is false when there were too many to count. */
  | Event<
      'OccurrencesMissed',
      { generation: number; first: Instant; last: Instant; count: number; exact: boolean; reason: MissReason }
    >
  /** The run is decided, and held back until those before it have ended. */
  | Event<'RunBuffered', RunSpec & { by: string }>
  /** An attempt of the run waits for dispatch. */
  | Event<'RunQueued', RunSpec & RunTarget & { attempt: number }>
  | Event<
      'RunStarted',
      { run: string; attempt: number; fence: number; executor: string; claim: string; deadline: Instant }
    >
  | Event<'RunCheckpointed', { run: string; attempt: number; state: object; counts: RecordCounts }>
  | Event<
      'RunSucceeded',
      { run: string; attempt: number; counts: RecordCounts; durationMs: Millis; state?: object }
    >
  | Event<
      'RunFailed',
      {
        run: string;
        attempt: number;
        error: RunError;
        durationMs: Millis;
        cause: 'reported' | 'lease_lost' | 'timeout';
      }
    >
  | Event<'RetryScheduled', { run: string; attempt: number; retryAt: Instant; delayMs: Millis }>
  | Event<
      'RunSnoozed',
      {
        run: string;
        attempt: number;
        until: Instant;
        class: ErrorClass;
        message: string;
        durationMs: Millis;
        /** Whose limit was met is this connection's alone. */
        bucket?: 'own';
      }
    >
  /** A running attempt is asked to stop; `RunCancelled` follows when it has, or when the grace is over. */
  | Event<'RunCancelRequested', { run: string; reason: CancelReason }>
  | Event<'RunCancelled', { run: string; attempt: number; reason: CancelReason }>
  /** Given up: a dead letter, which can be redriven. */
  | Event<'RunAbandoned', { run: string; attempt: number; reason: AbandonReason }>
  | Event<'RunRedriven', { run: string }>;

export type ScheduleEventType = ScheduleEvent['type'];
export type ScheduleEventData<T extends ScheduleEventType> = Extract<ScheduleEvent, { type: T }>['data'];

/**
 * An executor that was asked to stop gives back what it runs: that uses up no attempt. One that is not heard of any more may have died
 * of the work itself, so that does.
 */
export const isSpared = ({
  error,
  cause,
}: Pick<ScheduleEventData<'RunFailed'>, 'error' | 'cause'>): boolean =>
  error.class === 'INTERRUPTED' && cause === 'reported';
