import type { DomainEvent, Instant, Rejection } from '#lib/domain/kernel';

/** Who asks, and what their request belongs to: goes into the metadata of every event it leads to. */
export type CommandContext = {
  readonly tenant: string;
  readonly actor: string;
  readonly correlation: string;
  readonly causation?: string | undefined;
  /** A repeated key with the same fingerprint is answered like the first time; with another one it is refused. */
  readonly idempotency?: { readonly key: string; readonly fingerprint: string } | undefined;
};

export type Accepted<State> = {
  readonly ok: true;
  readonly state: State;
  /** Of the stream's last event; -1 where it has none. */
  readonly revision: number;
  /** Log position to pass as `atLeast` for reading one's own write; 0 when nothing was written. */
  readonly position: number;
  readonly events: readonly DomainEvent[];
  readonly at: Instant;
  /** The answer to a repeated idempotency key. */
  readonly repeated: boolean;
};

export type Refused = { readonly ok: false; readonly rejection: Rejection };

export type CommandAnswer<State> = Accepted<State> | Refused;

/** An outage, as against a rejection: thrown, worth trying again. */
export class CommandOutage extends Error {
  override readonly name = 'CommandOutage';
  constructor(
    readonly code: 'store_unavailable' | 'storage_full' | 'contention' | 'shutting_down',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export const isCommandOutage = (error: unknown): error is CommandOutage =>
  error instanceof Error && error.name === 'CommandOutage';
