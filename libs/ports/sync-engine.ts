import type { Instant, Millis } from '#lib/domain/kernel';
import type { ErrorClass } from '#lib/domain/retry';
import type { OperationType } from '#lib/domain/schedule';

/** One attempt of one run, as the engine that does the work sees it. */
export type SyncTask = {
  readonly tenant: string;
  readonly schedule: string;
  readonly run: string;
  readonly attempt: number;
  /** Use with `run` as idempotency key against anything that has one. */
  readonly fence: number;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly operation: OperationType;
  readonly nominal: Instant;
  /** What the last checkpoint or success of this schedule left: opaque to the scheduler. */
  readonly state: object | undefined;
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

export type SyncContext = {
  /** Aborts at the deadline, on cancel, and when the lease is lost. An engine that ignores it is cut off all the same. */
  readonly signal: AbortSignal;
  /** When the attempt must be over. */
  readonly deadline: Instant;
  /**
   * Stores how far the work has come: a retried run starts from the last checkpoint. Everything before it must be durable. `state`:
   * an object of JSON, at most 16 KiB. `counts`: of this attempt so far; default none.
   * A run's counts are those of its last attempt, and of earlier ones up to their last checkpoint. @throws {Error} `malformed_checkpoint`
   */
  checkpoint(state: object, counts?: RecordCounts): Promise<void>;
  progress(done: number, total?: number): void;
};

export type SyncFailure = {
  readonly class: ErrorClass;
  readonly message: string;
  readonly code?: string;
  readonly retryAfterMs?: Millis;
  /** `own`: the app that the provider refuses is this connection's alone. Absent: nobody starts at the provider meanwhile. */
  readonly bucket?: 'own' | undefined;
};

/** How an attempt ended: a closed set. A throw is an `INTERNAL` failure. */
export type SyncOutcome =
  | { readonly kind: 'succeeded'; readonly counts: RecordCounts; readonly state?: object }
  | { readonly kind: 'failed'; readonly failure: SyncFailure; readonly counts?: RecordCounts }
  /** Later, and not a failure: rate limited, or the data is not ready. */
  | {
      readonly kind: 'snoozed';
      readonly class: 'RATE_LIMITED' | 'QUOTA_EXHAUSTED' | 'DATA_NOT_READY';
      readonly delayMs: Millis;
      readonly message: string;
      /** `own`: whose limit was met is this connection's alone. Absent: nobody starts at the provider meanwhile. */
      readonly bucket?: 'own' | undefined;
    }
  /** It stopped because its signal told it to. From an engine that nobody told, a failed attempt, and tried again. */
  | { readonly kind: 'cancelled' };

/** Does the work: our connectors, or the product's own sync manager. */
export interface SyncEngine {
  sync(task: SyncTask, context: SyncContext): Promise<SyncOutcome>;
}
