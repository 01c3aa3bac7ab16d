import type {
  CheckpointReport,
  ClaimAnswer,
  ClaimRequest,
  ConnectionAnswer,
  ConnectionRequest,
  Heartbeat,
  HeartbeatAnswer,
  OutcomeReport,
  ReportAnswer,
  TokenAnswer,
  TokenRequest,
  WorkItem,
} from '#lib/contracts/messages';
import type { RecordedEvent } from '#lib/event-store/port';

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

/** The executor's end. */
export interface WorkIntake {
  /** Takes offered work, at most `capacity` unsettled items at a time; `handle` settles an item by resolving;
   * one that rejects is offered again. */
  consume(options: {
    readonly capacity: number;
    readonly providers?: readonly string[];
    handle(item: WorkItem): Promise<void>;
    cancel(run: string): void;
  }): () => void;
  readonly desk: ExecutorDesk;
}
