import { HOUR, MINUTE, SECOND, type Millis } from '#lib/domain/kernel';
import { errorClasses, type ErrorClass } from './error-class.js';

/**
 * Exponential backoff with jitter, after Amazon's "Exponential Backoff and Jitter": `full` draws from [0, d],
 * `equal` from [d/2, d], `none` takes d itself, with d = min(cap, base × factor^(failures − 1)).
 */
export type RetryPolicy = {
  /** Failed attempts before the run is given up; 1 means no retry. */
  readonly maxAttempts: number;
  readonly baseMs: Millis;
  readonly factor: number;
  readonly capMs: Millis;
  readonly jitter: 'full' | 'equal' | 'none';
  /** No retry starts later than this after the run was first queued. */
  readonly budgetMs: Millis;
  /** A provider's Retry-After is honoured up to this. */
  readonly retryAfterCapMs: Millis;
};

export const defaultRetryPolicy: RetryPolicy = {
  maxAttempts: 5,
  baseMs: 10 * SECOND,
  factor: 3,
  capMs: 15 * MINUTE,
  jitter: 'equal',
  budgetMs: 6 * HOUR,
  retryAfterCapMs: 24 * HOUR,
};

export type GiveUpReason = 'non_retryable' | 'attempts_exhausted' | 'budget_exhausted';

export type RetryDecision =
  | { readonly retry: true; readonly delayMs: Millis }
  | { readonly retry: false; readonly reason: GiveUpReason };

export type FailedAttempt = {
  readonly class: ErrorClass;
  /** Failed attempts of this run so far, this one included. */
  readonly failures: number;
  /** Since the run was first queued. */
  readonly elapsedMs: Millis;
  readonly retryAfterMs?: Millis | undefined;
  /** Uniform in [0, 1): the jitter's draw, passed in so that a decision can be replayed. */
  readonly fraction: number;
};

/** The delay before jitter. Never shrinks as failures grow, however far: no delay stays none. */
export const backoff = ({ baseMs, factor, capMs }: RetryPolicy, failures: number): Millis =>
  baseMs === 0 ? 0 : Math.min(capMs, baseMs * factor ** Math.max(0, failures - 1));

function jittered(policy: RetryPolicy, delay: Millis, fraction: number): Millis {
  switch (policy.jitter) {
    case 'none':
      return delay;
    case 'equal':
      return delay / 2 + (delay / 2) * fraction;
    case 'full':
      return delay * fraction;
  }
}

/** Whether and when a failed attempt is tried again. A Retry-After can lengthen the delay, never shorten it. */
export function decideRetry(policy: RetryPolicy, failed: FailedAttempt): RetryDecision {
  if (!errorClasses[failed.class].retry) return { retry: false, reason: 'non_retryable' };
  if (failed.failures >= policy.maxAttempts) return { retry: false, reason: 'attempts_exhausted' };
  const asked = Math.min(failed.retryAfterMs ?? 0, policy.retryAfterCapMs);
  const delayMs = Math.round(
    Math.max(jittered(policy, backoff(policy, failed.failures), failed.fraction), asked),
  );
  if (failed.elapsedMs + delayMs > policy.budgetMs) return { retry: false, reason: 'budget_exhausted' };
  return { retry: true, delayMs };
}
