import type { ErrorClass } from '#lib/domain/retry';
import type { OperationType, Priority } from '#lib/domain/schedule';

/** Names for the operation types, as callers write them. */
export const SyncOperationType = {
  FULL_SYNC: 'full_sync',
  INCREMENTAL_SYNC: 'incremental_sync',
} as const satisfies Record<string, OperationType>;
export type SyncOperationType = OperationType;

/** Names for the priorities, lowest first. */
export const SyncPriority = {
  LOW: 'low',
  NORMAL: 'normal',
  HIGH: 'high',
  CRITICAL: 'critical',
} as const satisfies Record<string, Priority>;
export type SyncPriority = Priority;

/** What the caller's sync manager is asked to do: one attempt of one run. */
export type SyncRequest = {
  readonly connectionId: string;
  readonly userId: string;
  readonly providerId: string;
  readonly operationType: SyncOperationType;
  readonly scheduleId: string;
  readonly runId: string;
  /** 1 for the first try. With `runId` an idempotency key. */
  readonly attempt: number;
  /** When the occurrence was due. */
  readonly dueAt: Date;
  /** What the last checkpoint or success of this schedule returned as `state`. */
  readonly state: object | undefined;
  /** Aborts at the deadline and on cancel. */
  readonly signal: AbortSignal;
  /** Stores how far the work has come; a retry starts from there. */
  checkpoint(state: object): Promise<void>;
  progress(done: number, total?: number): void;
};

/** What it may answer; nothing at all means success. */
export type SyncResult = {
  readonly recordsRead?: number;
  readonly recordsWritten?: number;
  readonly recordsRejected?: number;
  /** Handed to the next run. At most 16 KiB of JSON. */
  readonly state?: object;
  /** Not done and not failed: ask again after so many milliseconds. Does not use up an attempt. */
  readonly snoozeMs?: number;
};

/**
 * The product's own sync engine. A throw is a failed attempt, retried by the schedule's policy; put `class` on the
 * error (see {@link ErrorClass}) to say more, and `retryAfterMs` where the provider named a time.
 */
export interface SyncManager {
  sync(request: SyncRequest): Promise<SyncResult | void>;
}

export type { ErrorClass };
