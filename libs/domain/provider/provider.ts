import type { Instant, Millis } from '#lib/domain/kernel';

type Event<Type extends string, Data extends object> = { readonly type: Type; readonly data: Readonly<Data> };
type Command<Type extends string, Data extends object = object> = {
  readonly type: Type;
  readonly now: Instant;
} & Readonly<Data>;

export type ProviderLimits = {
  /** Attempts of all users that may run at once. */
  readonly concurrency: number;
  /** Attempts of one user that may run at once. */
  readonly userConcurrency: number;
  /** At most `starts` attempts start in any `perMs`: a token bucket. Absent: no budget. */
  readonly rate?: { readonly starts: number; readonly perMs: Millis };
  readonly breaker: BreakerPolicy;
};

/** Opens after `failures` attempts in a row failed in a way that speaks against the provider; probes after `openMs`. */
export type BreakerPolicy = {
  readonly failures: number;
  readonly openMs: Millis;
  readonly maxOpenMs: Millis;
};

export const providerPauseCauses = ['request', 'app_blocked'] as const;
export type ProviderPauseCause = (typeof providerPauseCauses)[number];

export type ProviderEvent =
  | Event<'ProviderLimitsChanged', { provider: string; limits: ProviderLimits }>
  | Event<'ProviderPaused', { provider: string; cause: ProviderPauseCause; note?: string; until?: Instant }>
  | Event<'ProviderResumed', { provider: string; automatic: boolean }>
  | Event<
      'CircuitOpened',
      { provider: string; failures: number; until: Instant; opened: number; message: string }
    >
  | Event<'CircuitClosed', { provider: string }>;

export type ProviderCommand =
  | Command<'ChangeProviderLimits', { provider: string; limits: ProviderLimits }>
  | Command<
      'PauseProvider',
      { provider: string; cause: ProviderPauseCause; note?: string | undefined; until?: Instant | undefined }
    >
  | Command<'ResumeProvider', { provider: string; automatic: boolean }>
  /** So many failures in a row were seen; `opened` is how often the circuit had opened when they were counted. */
  | Command<'OpenCircuit', { provider: string; failures: number; opened: number; message: string }>
  | Command<'CloseCircuit', { provider: string }>;

/**
 * The circuit: closed ─(failures in a row)─► open until an instant ─► half open: one probe may run.
 * The probe's success closes it, its failure opens it again for twice as long. Half open is not stored: it is
 * "open, and until has passed".
 */
export type Circuit =
  | { readonly status: 'closed' }
  | {
      readonly status: 'open';
      readonly until: Instant;
      readonly opened: number;
      readonly failures: number;
      readonly message: string;
    };

export type ProviderState = {
  readonly limits?: ProviderLimits;
  readonly pause?: {
    readonly cause: ProviderPauseCause;
    readonly at: Instant;
    readonly until?: Instant;
    readonly note?: string;
  };
  readonly circuit: Circuit;
};

export type ProviderRejectionReason = 'already_paused' | 'not_paused' | 'invalid_pause';
