import type { Instant, Millis } from '#lib/domain/kernel';
import type { ErrorClass } from '#lib/domain/retry';
import type { OperationType, OverlapPolicy, ScheduleChanges, ScheduleDefinition } from './definition.js';
import type { PauseCause, RecordCounts, RunError } from './events.js';

/** `now` enters with every command: nothing in here reads a clock. */
type Command<Type extends string, Data extends object = object> = {
  readonly type: Type;
  readonly now: Instant;
} & Readonly<Data>;

/** How an executor says an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: 'succeeded'; readonly counts: RecordCounts; readonly state?: object }
  | { readonly kind: 'failed'; readonly error: RunError }
  | {
      readonly kind: 'snoozed';
      readonly class: ErrorClass;
      readonly delayMs: Millis;
      readonly message: string;
      readonly bucket?: 'own' | undefined;
    }
  | { readonly kind: 'cancelled' };

export type ScheduleCommand =
  | Command<'CreateSchedule', { id: string; definition: ScheduleDefinition }>
  | Command<'UpdateSchedule', { changes: ScheduleChanges; ifVersion?: number | undefined }>
  | Command<
      'PauseSchedule',
      {
        cause: PauseCause;
        note?: string | undefined;
        until?: Instant | undefined;
        ifVersion?: number | undefined;
      }
    >
  /** `cause`: resume only if this is why it is paused. */
  | Command<'ResumeSchedule', { cause?: PauseCause | undefined; ifVersion?: number | undefined }>
  | Command<'DeleteSchedule', { note?: string | undefined; ifVersion?: number | undefined }>
  /** Decides the next occurrence ahead of its time: it will not run. */
  | Command<'SkipNextOccurrence', { ifVersion?: number | undefined }>
  /** Runs now, leaving the schedule as it is. `request` names the run: repeating the request does not repeat the run. */
  | Command<
      'TriggerRun',
      { request: string; overlap?: OverlapPolicy | undefined; operation?: OperationType | undefined }
    >
  /** Runs every occurrence in (from, to], which must lie in the past, one after another. */
  | Command<'BackfillRange', { request: string; from: Instant; to: Instant }>
  | Command<'CancelRun', { run: string }>
  | Command<'RedriveRun', { run: string }>
  /** Decides everything that is due by now. Doing it twice is the same as once. `fraction` is the jitter's draw. */
  | Command<'AdvanceSchedule', { fraction: number }>
  /** An executor claims an attempt: accepted once, and the fence in the state is the answer. */
  | Command<'StartRun', { run: string; attempt: number; executor: string; claim: string }>
  | Command<
      'CheckpointRun',
      { run: string; attempt: number; fence: number; executor: string; state: object; counts: RecordCounts }
    >
  | Command<
      'ReportRun',
      {
        run: string;
        attempt: number;
        fence: number;
        executor: string;
        outcome: AttemptOutcome;
        fraction: number;
      }
    >
  /** The lease watch has not heard from the executor for longer than the lease. */
  | Command<'ExpireLease', { run: string; attempt: number; fence: number; fraction: number }>;

export type ScheduleRejectionReason =
  | 'schedule_exists'
  | 'schedule_not_found'
  | 'schedule_deleted'
  | 'schedule_completed'
  | 'stale_version'
  | 'already_paused'
  | 'not_paused'
  | 'invalid_pause'
  | 'no_next_occurrence'
  | 'connection_suspended'
  | 'run_in_progress'
  | 'too_many_open_runs'
  | 'invalid_backfill'
  | 'run_not_open'
  | 'run_not_found'
  | 'late_result'
  | 'sync_state_too_large'
  | 'no_changes';
