import type { Instant, Millis } from '#lib/domain/kernel';
import type { OperationType } from '#lib/domain/schedule';

/** One thing that is wrong with a definition, or deserves a warning: named, located, explained. */
export type Finding = {
  readonly severity: 'error' | 'warning';
  readonly kind: 'integrity' | 'duplicate' | 'overlap' | 'quota';
  /** Stable name from a closed list. */
  readonly code: string;
  /** Where in the request's body, e.g. `recurrence.times[0]`. */
  readonly field: string;
  /** What was wrong, and what would be right. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** What a definition is judged against. */
export type DefinitionFacts = {
  readonly now: Instant;
  /** Schedules that have a claim on the same connection. */
  readonly sameConnection: readonly {
    readonly id: string;
    readonly operation: OperationType;
    readonly status: string;
  }[];
  /** Schedules that the user has, this one not counted. */
  readonly counts: { readonly user: number; readonly userProvider: number };
  readonly quotas: {
    readonly schedulesPerUser: number;
    readonly schedulesPerUserAndProvider: number;
    readonly minimumIntervalMs: Millis;
  };
  /** How long its runs have taken of late. */
  readonly observedDurationMs?: Millis;
  /** Longest gap between two runs before the provider's data is lost. */
  readonly freshnessMs?: Millis;
  /** How late what is due at an instant would start, by what is foreseen of its provider, and when there is room instead. */
  readonly lateAt?: (at: Instant) => { readonly lateMs: Millis; readonly calm: readonly Instant[] };
  /** Nobody has registered the connection, and its runs are served by connectors, which need to know it. */
  readonly unregistered?: boolean;
  /** Whose the connection is, once it is registered. */
  readonly connectionOf?: { readonly user: string; readonly provider: string };
  readonly connectionSuspended?: { readonly cause: string; readonly message: string };
};

type Kind = Finding['kind'];
export const error = (
  kind: Kind,
  code: string,
  field: string,
  message: string,
  details?: Finding['details'],
): Finding => ({
  severity: 'error',
  kind,
  code,
  field,
  message,
  ...(details === undefined ? {} : { details }),
});
export const warning = (...about: Parameters<typeof error>): Finding => ({
  ...error(...about),
  severity: 'warning',
});
