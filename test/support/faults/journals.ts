import type { Instant, Millis } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';

/** What is known from outside the system, written by those who saw it. Instants are of the machine's wall clock. */

/** A line of an executor's journal. */
export type ExecutorEntry = {
  readonly executor: string;
  readonly at: Instant;
  /** `effect` is one write on the world, made with the attempt's fence. */
  readonly kind: 'start' | 'effect' | 'end';
  readonly schedule: string;
  readonly run: string;
  readonly attempt: number;
  readonly fence: number;
  /**
   * Of an effect: `refused` when the world turned its fence down. Of an end: what the work came to, `succeeded`, `snoozed`
   * and so on; absent when it was broken off.
   */
  readonly outcome?: string;
};

/** A command that was answered 2xx, with the position that the answer named, and its last event. */
export type Acknowledgement = {
  readonly at: Instant;
  readonly stream: string;
  readonly position: number;
  readonly eventType: string;
};

export type Span = { readonly from: Instant; readonly to: Instant };
type OnExecutor = { readonly at: Instant; readonly executor: string };

export type CheckOptions = {
  /** When the faults were over and the log was read. */
  readonly endAt: Instant;
  /** How late a decision may be when nothing is wrong. */
  readonly lateMs: Millis;
  readonly leaseMs: Millis;
  readonly heartbeatMs: Millis;
  /** How far the clocks of those who decide and of those who keep a journal are apart. Not at all unless given. */
  readonly skewMs?: Millis;
  /** Clients ask for runs with policies of their own, which the log does not name. Default: they do not. */
  readonly manualOverlaps?: boolean;
  /** Work queued later than this before the end may still be open. Two leases unless given. */
  readonly graceMs?: Millis;
  /** When another node had to take over: named beside a gap in decisions that it may explain. */
  readonly takeovers?: readonly { readonly at: Instant; readonly node: string }[];
  /** Executors that were asked to stop. `until`: when one of that name was back. */
  readonly drains?: readonly (OnExecutor & { readonly until?: Instant })[];
  /** Executors that were killed. */
  readonly deaths?: readonly OnExecutor[];
  /** When an executor was stopped, or could not be heard: losing its lease was right. */
  readonly silences?: readonly (Span & { readonly executor: string })[];
  /** When nobody could have decided anything: lateness counts from their end. */
  readonly outages?: readonly Span[];
  /** Every nominal instant in (after, to], ascending; the slow reference unless given. */
  readonly enumerate?: (recurrence: Recurrence, after: Instant, to: Instant) => readonly Instant[];
};
