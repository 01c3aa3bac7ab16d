import { DAY, HOUR, MINUTE, type Millis } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';
import { defaultRetryPolicy, type RetryPolicy } from '#lib/domain/retry';

export const operationTypes = ['full_sync', 'incremental_sync'] as const;
export type OperationType = (typeof operationTypes)[number];

/** Ascending: a higher one is dispatched first, and waiting lifts a lower one (ageing). */
export const priorities = ['low', 'normal', 'high', 'critical'] as const;
export type Priority = (typeof priorities)[number];

/**
 * What happens to an occurrence that is due while another run of the schedule is open. Temporal's vocabulary:
 * `skip` it; `buffer_one` holds one back until the open run ends; `buffer_all` holds all back, up to a cap;
 * `cancel_other` asks the open run to stop and waits for it; `terminate_other` cuts it off; `allow_all` runs both.
 */
export const overlapPolicies = [
  'skip',
  'buffer_one',
  'buffer_all',
  'cancel_other',
  'terminate_other',
  'allow_all',
] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];

/**
 * What happens to occurrences that came due while nobody was there to decide them (over a minute late).
 * `skip` none runs; `once` the newest one runs for all; `all` each runs, one after another, within window and cap.
 */
export type CatchUp = {
  readonly policy: 'skip' | 'once' | 'all';
  /** Occurrences older than this are missed whatever the policy. */
  readonly windowMs: Millis;
  /** With `all`: the newest this many run; older ones are missed. */
  readonly cap: number;
};

/** Bounds on being put off (rate limited, data not ready): beyond them a snooze counts as a failure and ends the run. */
export type SnoozeBounds = { readonly max: number; readonly totalMs: Millis };

/** Pauses the schedule after this many runs in a row were given up, the first of them at least `days` ago. 0: never. */
export type AutoPause = { readonly failures: number; readonly days: number };

export type ScheduleDefinition = {
  readonly name?: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly operation: OperationType;
  readonly priority: Priority;
  readonly recurrence: Recurrence;
  /** The schedule completes after this many occurrences were run; one that a pause cancelled before its start does not count. */
  readonly maxRuns?: number;
  readonly overlap: OverlapPolicy;
  /** Most runs held back under `buffer_all`. */
  readonly bufferCap: number;
  readonly catchUp: CatchUp;
  readonly retry: RetryPolicy;
  /**
   * A new occurrence falls due while the last run waits for a retry. `merge`: the retry serves for both and the
   * occurrence is skipped; `replace`: the retry is given up and the occurrence runs.
   */
  readonly retryVersusNext: 'merge' | 'replace';
  readonly snooze: SnoozeBounds;
  readonly autoPause: AutoPause;
  /** An attempt that takes longer has failed. */
  readonly timeoutMs: Millis;
  /** How long a run usually takes: lets the validator foresee overlap. */
  readonly expectedDurationMs?: Millis;
};

/** What may change after creation; null takes a field away (undefined would not survive JSON). Whose schedule it is, and what it does, may not: that is another schedule. */
export type ScheduleChanges = {
  readonly [K in keyof Omit<ScheduleDefinition, 'user' | 'connection' | 'provider' | 'operation'>]?:
    ScheduleDefinition[K] | null | undefined;
};

export const policyDefaults = {
  priority: 'normal',
  overlap: 'skip',
  bufferCap: 100,
  catchUp: { policy: 'once', windowMs: 365 * DAY, cap: 100 },
  retry: defaultRetryPolicy,
  retryVersusNext: 'merge',
  snooze: { max: 20, totalMs: 7 * DAY },
  autoPause: { failures: 30, days: 7 },
  timeoutMs: 10 * MINUTE,
} as const satisfies Partial<ScheduleDefinition>;

/** Most runs of one schedule that may be open at once, whatever its policy: keeps state and snapshots bounded. */
export const MAX_OPEN_RUNS = 1_000;

/** An occurrence decided later than this after its effective time is late, and falls under the catch-up policy. */
export const LATE_AFTER: Millis = MINUTE;

/** How long a run that was asked to stop may take before it is cut off. */
export const CANCEL_GRACE: Millis = 30_000;

/** How long after its deadline a running attempt is failed by the aggregate, when nobody reported. */
export const DEADLINE_GRACE: Millis = 5_000;

/** The largest sync state that a checkpoint or a success may carry, in bytes of JSON. */
export const MAX_SYNC_STATE_BYTES = 16 * 1024;

/** Longest time a snooze may put a run off in one step. */
export const MAX_SNOOZE: Millis = 24 * HOUR;
