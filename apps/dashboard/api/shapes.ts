/** What the service answers, as far as the page reads it. Instants are ISO 8601. */

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null };

export type ScheduleStatus = 'active' | 'paused' | 'completed' | 'deleted';
export type Priority = 'low' | 'normal' | 'high' | 'critical';
export type Frequency = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'interval' | 'cron';
export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
export type MonthDay = number | 'last' | { readonly nth: number | 'last'; readonly weekday: Weekday };

/** All frequencies in one: which fields there are follows from `frequency`. */
export type Recurrence = {
  readonly frequency: Frequency;
  readonly zone?: string;
  readonly minute?: number;
  readonly times?: readonly string[];
  readonly weekdays?: readonly Weekday[];
  readonly days?: readonly MonthDay[];
  readonly shortMonth?: 'clamp' | 'skip';
  readonly every?: string | number;
  readonly anchor?: string;
  readonly expression?: string;
  readonly spread?: string | number;
  readonly start?: string;
  readonly end?: string;
  readonly excludedDates?: readonly string[];
  readonly blackouts?: readonly object[];
};

export type Occurrence = { readonly nominal: string; readonly effective: string };
export type Occurrences = {
  readonly status: ScheduleStatus;
  readonly items: readonly Occurrence[];
  readonly more: boolean;
};

export type Schedule = {
  readonly id: string;
  readonly status: ScheduleStatus;
  readonly version: number;
  /** Its own last event, from 0. */
  readonly revision: number;
  readonly name?: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly operation: string;
  readonly priority: Priority;
  readonly overlap: string;
  readonly recurrence: Recurrence;
  readonly catchUp: { readonly policy: string; readonly window: string | number; readonly cap: number };
  readonly retry: {
    readonly maxAttempts: number;
    readonly base: string | number;
    readonly cap: string | number;
  };
  readonly timeout: string | number;
  readonly maxRuns?: number;
  readonly pause?: {
    readonly cause?: string;
    readonly at?: string;
    readonly until?: string;
    readonly note?: string;
  };
  readonly nextOccurrence?: Occurrence;
  readonly lastRun?: {
    readonly id: string;
    readonly status: RunStatus | null;
    readonly at: string | undefined;
  };
  readonly lastSuccessAt?: string;
  readonly counters: {
    readonly runs: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly skipped: number;
    readonly missed: number;
    readonly consecutiveFailures: number;
  };
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** Of runs that are not over. */
export const openStatuses = ['running', 'queued', 'buffered', 'retrying', 'snoozed'] as const;
export const runStatuses = [
  ...openStatuses,
  'succeeded',
  'abandoned',
  'cancelled',
  'skipped',
  'missed',
] as const;
export type RunStatus = (typeof runStatuses)[number];

export type Attempt = {
  readonly attempt: number;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly outcome?: string;
  readonly errorClass?: string;
  readonly nextAfterMs?: number;
};

export type Run = {
  readonly id: string;
  readonly schedule: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly status: RunStatus;
  readonly nominal: string;
  readonly trigger?: string;
  readonly operation?: string;
  readonly priority?: string;
  readonly reason?: string;
  readonly blockedBy?: string;
  readonly effective?: string;
  readonly queuedAt?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly retryAt?: string;
  readonly latenessMs?: number;
  readonly durationMs?: number;
  readonly totalMs?: number;
  readonly executor?: string;
  readonly missed?: {
    readonly count: number;
    readonly exact: boolean | null;
    readonly first?: string;
    readonly last: string;
  };
  readonly error?: { readonly class?: string; readonly message?: string; readonly code?: string };
  readonly records?: { readonly read: number; readonly written: number; readonly rejected: number };
  readonly attempts: readonly Attempt[];
};

/** An event, in a run's chain, in a schedule's log, and in the live stream. */
export type Happening = {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly type: string;
  readonly at: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type RunWithEvents = Run & { readonly events: readonly Happening[] };

export type Finding = {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly field: string;
  readonly message: string;
};
export type Judged = {
  readonly valid: boolean;
  readonly findings: readonly Finding[];
  readonly occurrences: readonly { readonly nominal: string }[];
};

/** What every command answers. */
export type Done = { readonly position: number; readonly id?: string; readonly repeated?: boolean };
/** By their types, one for each run that it made: queued at once, or buffered behind others. */
export type Backfilled = Done & { readonly events: readonly string[] };
