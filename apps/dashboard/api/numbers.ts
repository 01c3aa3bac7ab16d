import type { Priority } from './shapes.js';

/** Numbers and lists about the whole, as the service answers them. */

export type Quantiles = {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly max: number | null;
};

export type Measures = {
  readonly queued: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly abandoned: number;
  readonly cancelled: number;
  readonly snoozed: number;
  readonly retries: number;
  readonly skipped: number;
  readonly missed: number;
  readonly recordsWritten: number;
  readonly recordsRejected: number;
  readonly successRate: number | null;
  readonly duration: Quantiles;
  readonly lateness: Quantiles;
};

export type Stats = {
  readonly schedules: {
    readonly total: number;
    readonly byStatus: Readonly<Record<string, number>>;
  };
  readonly last24Hours: Measures;
  readonly openRuns: Readonly<Record<string, number>>;
  readonly openConflicts: number;
  readonly nextDue: { readonly schedule: string; readonly wakeAt: string } | null;
};

export type Bucket = Measures & { readonly start: string };
export type Statistics = { readonly from: string; readonly to: string; readonly items: readonly Bucket[] };

export type OpenRun = {
  readonly run: string;
  readonly schedule: string;
  readonly user: string;
  readonly provider: string;
  readonly priority: Priority;
  readonly attempt: number;
  readonly status: string;
  readonly effective: string;
  readonly queuedAt: string;
  readonly startedAt?: string;
  readonly resumeAt?: string;
};

export type Queue = {
  readonly capacity: number;
  readonly running: number;
  readonly providers: readonly {
    readonly provider: string;
    readonly waiting: number;
    readonly running: number;
    readonly stopped?: string | undefined;
  }[];
  readonly open: readonly OpenRun[];
};

export type Resources = {
  readonly capacity: number;
  readonly running: number;
  readonly waiting: number;
  readonly executors: readonly {
    readonly id: string;
    readonly seenAt: string;
    readonly capacity: number;
    readonly running: number;
    readonly completed: number;
    readonly cpu: number;
    readonly rssBytes: number;
    readonly overloaded: boolean;
  }[];
};

export type Provider = {
  readonly id: string;
  readonly name: string;
  readonly limits: {
    readonly concurrency: number;
    readonly userConcurrency: number;
    readonly rate?: { readonly starts: number; readonly per: string };
    readonly breaker: { readonly failures: number; readonly open: string };
  };
  readonly circuit: { readonly status: string; readonly until?: string };
  readonly pause?: {
    readonly cause?: string;
    readonly at?: string;
    readonly until?: string;
    readonly note?: string;
  };
  readonly waiting: number;
  readonly running: number;
  readonly stopped?: string;
};

type Slot = {
  readonly at: string;
  readonly due: number;
  readonly waiting: number;
  readonly lateMs: number;
};

/** What will be due at a provider, by quarters of an hour. */
export type Forecast = {
  readonly due: number;
  readonly capacity: { readonly startsPerHour: number; readonly by: string } | null;
  readonly peak: Slot | null;
  readonly crowdedFrom: string | null;
  readonly calm: readonly string[];
  readonly slots: readonly Slot[];
};

export type Conflict = {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly schedules: readonly string[];
  readonly user?: string;
  readonly connection?: string;
  readonly provider?: string;
  readonly message: string;
  readonly firstDetectedAt: string;
  readonly lastDetectedAt: string;
  readonly times: number;
  readonly resolvedAt?: string;
  readonly resolution?: string;
  readonly note?: string;
};

type Mention = {
  readonly schedule: string;
  readonly name: string | null;
  readonly user: string;
  readonly provider: string;
};
export type Failing = Mention & { readonly consecutiveFailures: number; readonly lastRunAt: string | null };
export type Slow = Mention & { readonly meanMs: number; readonly maxMs: number; readonly runs: number };

export type Report = {
  readonly from: string;
  readonly to: string;
  readonly totals: Measures;
  readonly byProvider: readonly (Measures & { readonly provider: string })[];
  readonly byUser: readonly {
    readonly user: string;
    readonly queued: number;
    readonly succeeded: number;
    readonly abandoned: number;
  }[];
  readonly skipReasons: Readonly<Record<string, number>>;
  readonly missReasons: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly slowest: readonly Slow[];
  readonly conflicts: { readonly opened: number; readonly resolved: number; readonly open: number };
  readonly failing: readonly Failing[];
};

export type Subscription = {
  readonly user: string;
  readonly id: string;
  readonly service: string;
  readonly merchant: string | null;
  readonly plan: string | null;
  readonly status: string | null;
  readonly priceMinor: number | null;
  readonly currency: string | null;
  readonly interval: string | null;
  readonly renewsOn: string | null;
  readonly renewalEstimated: boolean;
  readonly endedOn: string | null;
  readonly goneSince: string | null;
  readonly confidence: number;
  readonly lastCharges: readonly {
    readonly occurredOn: string | null;
    readonly amountMinor: number | null;
    readonly currency: string | null;
    readonly connection: string;
  }[];
  readonly sources: readonly {
    readonly connection: string;
    readonly connector: string;
    readonly lastSeen: string;
  }[];
  readonly disagreements: readonly {
    readonly fact: string;
    readonly said: readonly { readonly connection: string; readonly value: string | number | boolean }[];
  }[];
};
