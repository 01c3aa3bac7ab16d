import type { Instant, Millis } from '#lib/domain/kernel';
import type { ErrorClass } from '#lib/domain/retry';
import type { AttemptOutcome, OperationType, Priority, RecordCounts } from '#lib/domain/schedule';

/** What crosses between scheduler and executors. JSON values only, whatever carries them. */

/** An attempt that was admitted and waits for an executor to claim it. A hint: the claim decides. */
export type WorkItem = {
  readonly tenant: string;
  readonly schedule: string;
  readonly run: string;
  readonly attempt: number;
  readonly provider: string;
  readonly user: string;
  readonly connection: string;
  readonly priority: Priority;
  /** Of the dispatch lease under which it was admitted: an offer of an earlier holder is not granted any more. */
  readonly epoch: number;
  /** How often this attempt was offered before. */
  readonly repeat: number;
};

export type ClaimRequest = {
  readonly tenant: string;
  readonly schedule: string;
  readonly run: string;
  readonly attempt: number;
  readonly executor: string;
  readonly claim: string;
  readonly epoch: number;
};

/** A claim that waits for its answer. */
export type PendingClaim = Pick<ClaimRequest, 'run' | 'attempt'>;

export type Granted = {
  readonly granted: true;
  readonly fence: number;
  readonly deadline: Instant;
  readonly leaseMs: Millis;
  readonly operation: OperationType;
  readonly nominal: Instant;
  /** What the last checkpoint or success left; absent on a first run and on a full sync. */
  readonly state?: object | undefined;
};
export type ClaimAnswer = Granted | { readonly granted: false; readonly reason: string };

export type AttemptRef = {
  readonly tenant: string;
  readonly schedule: string;
  readonly run: string;
  readonly attempt: number;
  readonly fence: number;
};

export type CheckpointReport = AttemptRef & {
  readonly executor: string;
  readonly state: object;
  readonly counts: RecordCounts;
};
export type OutcomeReport = AttemptRef & { readonly executor: string; readonly outcome: AttemptOutcome };
export type ReportAnswer = { readonly accepted: boolean; readonly reason?: string };

/** What an executor asks about the connection of an attempt that it holds. */
export type ConnectionRequest = AttemptRef & { readonly executor: string; readonly connection: string };
export type ConnectionAnswer =
  | {
      readonly granted: true;
      readonly connector: string;
      readonly user: string;
      readonly config: unknown;
      /** The connection brings an app of its own at the provider. */
      readonly ownApp?: boolean | undefined;
      /** Never one that lives longer than it must: no refresh tokens, no client secrets. */
      readonly secrets: Readonly<Record<string, string>>;
      readonly version: number;
    }
  | {
      readonly granted: false;
      readonly reason: string;
      /** What is to be done about it, and how it is named; absent, from schedulers of earlier releases too: a setting is wrong. */
      readonly class?: ErrorClass | undefined;
      readonly code?: string | undefined;
    };

/** `refused`: the token that the provider turned down. */
export type TokenRequest = ConnectionRequest & { readonly refused?: string | undefined };
export type TokenAnswer =
  | { readonly granted: true; readonly token: string }
  | {
      readonly granted: false;
      readonly class: ErrorClass;
      readonly message: string;
      readonly code?: string | undefined;
    };

/** Sent by each executor every few seconds; a message, not an event. */
export type Heartbeat = {
  readonly executor: string;
  readonly at: Instant;
  readonly running: readonly (AttemptRef & { readonly done?: number; readonly total?: number })[];
  /**
   * Attempts whose claim has no answer yet. It may have been granted, and the answer lost with whoever gave it: without
   * this the lease would run out while the executor asks again. Absent from executors of earlier releases.
   */
  readonly asking?: readonly PendingClaim[] | undefined;
  /** Of the executor's process: it takes work that was granted to it under this name. Absent from earlier releases. */
  readonly claim?: string | undefined;
  /** Whose work it takes; absent: any. */
  readonly providers?: readonly string[] | undefined;
  readonly resources: ExecutorResources;
};

/** What the executor still believes it runs, and should not. */
export type HeartbeatAnswer = {
  /** Attempts that it does not hold any more. By fence: a later attempt of the same run may be its own. */
  readonly lost: readonly Pick<AttemptRef, 'run' | 'fence'>[];
  /** Runs that somebody asked to stop. Said with each heartbeat, for the word itself can be lost. */
  readonly cancel: readonly string[];
  /** Runs that it holds and does not know of: whatever told it was lost. */
  readonly unaware: readonly string[];
};

/** Attempts that were granted before they were asked for, to an executor's process. */
export type GivenWork = {
  readonly claim: string;
  readonly items: readonly { readonly item: WorkItem; readonly granted: Granted }[];
};

/** Told to executors: stop a run; or, when it is `lost`, the attempt that has the fence: somebody else may hold the run. */
export type StopMessage = {
  readonly run: string;
  readonly lost?: boolean | undefined;
  readonly fence?: number | undefined;
};

export type ExecutorResources = {
  readonly capacity: number;
  readonly running: number;
  readonly queued: number;
  /** Share of one core used since the last heartbeat. */
  readonly cpu: number;
  readonly rssBytes: number;
  /** p99 delay of the event loop since the last heartbeat, in ms. */
  readonly loopDelayMs: number;
  readonly overloaded: boolean;
  readonly completed: number;
  readonly refused: number;
};
