import type {
  CheckpointReport,
  ClaimAnswer,
  ClaimRequest,
  ConnectionAnswer,
  ConnectionRequest,
  Granted,
  Heartbeat,
  HeartbeatAnswer,
  OutcomeReport,
  ReportAnswer,
  TokenAnswer,
  TokenRequest,
  WorkItem,
} from '#lib/contracts/messages';
import type { RecordedEvent } from '#lib/event-store/port';

export type { Granted };
export { askAgain, isRefusal } from './ask-again.js';

/** The scheduler's end: work goes out, and executors' questions are answered. */
export interface WorkDistribution {
  /**
   * Offers an attempt to whichever executor takes it. Fire and forget: what is lost on the way is offered again,
   * because the log still says that it waits.
   */
  offer(item: WorkItem): void;
  /** Told of an offer that is known not to have arrived; without a run: of all that are on their way. */
  onLost(listener: (run?: string) => void): void;
  /** Takes back an offer that nobody claimed, where that can be done. */
  withdraw(run: string): void;
  /** Tells executors to stop a run; the heartbeat's answer says it again. */
  cancel(run: string): void;
  /** Whose answers executors get. */
  serve(desk: ExecutorDesk): void;
  /** A place at an executor, held for a run that may start with its decision; undefined: there is none that is known of. */
  seat(provider: string): Seat | undefined;
  /** The attempt has ended: whoever had a place for it has one more. */
  settled(run: string): void;
  /** Tells an executor's process again what it holds: the first word was lost. */
  give(to: Pick<Seat, 'executor' | 'claim'>, item: WorkItem, granted: Granted): void;
}

/** Whoever holds it takes it or leaves it. */
export interface Seat {
  readonly executor: string;
  readonly claim: string;
  /** Begins the attempt, granted already; without the grant the executor claims it first, as with any other offer. */
  take(item: WorkItem, granted?: Granted): void;
  leave(): void;
}

/** What executors ask of the scheduler: request and reply. */
export interface ExecutorDesk {
  claim(request: ClaimRequest): Promise<ClaimAnswer>;
  checkpoint(report: CheckpointReport): Promise<ReportAnswer>;
  /** Resolves when the outcome is stored, or refused as late. @throws while the scheduler cannot store it: report again. */
  report(report: OutcomeReport): Promise<ReportAnswer>;
  heartbeat(beat: Heartbeat): Promise<HeartbeatAnswer>;
  /** Settings and secrets of the connection of an attempt that the executor holds. */
  connection(request: ConnectionRequest): Promise<ConnectionAnswer>;
  /** A short-lived access token for it. */
  token(request: TokenRequest): Promise<TokenAnswer>;
}

/** Where integration events leave the house. */
export interface EventPublisher {
  /** Resolves when all are stored beyond this process. @throws when some may not be: publish all of them again. */
  publish(events: readonly RecordedEvent[]): Promise<void>;
}

/** Takes nothing more. Resolves when nothing more can come: what was given before that was known is still handled. */
export type Leave = () => void | Promise<void>;

/** The executor's end. */
export interface WorkIntake {
  /** Takes offered work, at most `capacity` unsettled items at a time; `handle` settles an item by resolving;
   * one that rejects is offered again. */
  consume(options: {
    readonly capacity: number;
    readonly providers?: readonly string[];
    handle(item: WorkItem, granted?: Granted): Promise<void>;
    /** Somebody asked for the run to stop. */
    cancel(run: string): void;
    /** The attempt with this fence is not the executor's any more. */
    lost(run: string, fence: number): void;
    /** Whose claim a grant names that comes with its item. */
    readonly executor: string;
    readonly claim: string;
  }): Leave;
  readonly desk: ExecutorDesk;
}
