import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import {
  backoff,
  decideRetry,
  defaultRetryPolicy,
  errorClasses,
  waitOf,
  type ErrorClass,
  type RetryPolicy,
} from './index.js';

/** Everything that the API lets through, and its corners. */
const policy: fc.Arbitrary<RetryPolicy> = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 100 }),
  baseMs: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 * DAY })),
  factor: fc.oneof(fc.constant(1), fc.constant(100), fc.double({ min: 1, max: 100, noNaN: true })),
  capMs: fc.integer({ min: 0, max: 30 * DAY }),
  jitter: fc.constantFrom('full', 'equal', 'none'),
  budgetMs: fc.integer({ min: 0, max: 365 * DAY }),
  retryAfterCapMs: fc.integer({ min: 0, max: 30 * DAY }),
});
const failed = fc.record({
  class: fc.constantFrom(...(Object.keys(errorClasses) as ErrorClass[])),
  failures: fc.integer({ min: 1, max: 120 }),
  elapsedMs: fc.integer({ min: 0, max: 400 * DAY }),
  retryAfterMs: fc.option(fc.oneof(fc.integer({ min: 0, max: 60 * DAY }), fc.constant(Number.MAX_VALUE)), {
    nil: undefined,
  }),
  fraction: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});
// oxlint-disable-next-line house/pure -- how long to search is for whoever runs the test to say
const numRuns = Number(process.env['RETRY_CASES'] ?? 20_000);

describe('a retry, whatever the policy', () => {
  test('is whole milliseconds ahead, within the jitter’s band, the budget and the number of attempts', () => {
    fc.assert(
      fc.property(policy, failed, (rules, attempt) => {
        const decision = decideRetry(rules, attempt);
        if (!decision.retry) return;
        const { delayMs } = decision;
        const full = backoff(rules, attempt.failures);
        const asked = Math.min(attempt.retryAfterMs ?? 0, rules.retryAfterCapMs);
        const least = rules.jitter === 'none' ? full : rules.jitter === 'equal' ? full / 2 : 0;
        expect(Number.isSafeInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(Math.round(Math.max(least, asked)));
        expect(delayMs).toBeLessThanOrEqual(Math.round(Math.max(full, asked)));
        expect(attempt.elapsedMs + delayMs).toBeLessThanOrEqual(rules.budgetMs);
        expect(attempt.failures).toBeLessThan(rules.maxAttempts);
        expect(errorClasses[attempt.class].retry).toBe(true);
      }),
      { numRuns },
    );
  });

  test('is refused for the first reason that holds', () => {
    fc.assert(
      fc.property(policy, failed, (rules, attempt) => {
        const decision = decideRetry(rules, attempt);
        if (!errorClasses[attempt.class].retry)
          expect(decision).toEqual({ retry: false, reason: 'non_retryable' });
        else if (attempt.failures >= rules.maxAttempts)
          expect(decision).toEqual({ retry: false, reason: 'attempts_exhausted' });
        else if (!decision.retry) expect(decision.reason).toBe('budget_exhausted');
      }),
      { numRuns },
    );
  });

  test('waits no less before jitter than the one before it, and never longer than the cap', () => {
    fc.assert(
      fc.property(policy, fc.integer({ min: 1, max: 1_000 }), (rules, failures) => {
        expect(backoff(rules, failures + 1)).toBeGreaterThanOrEqual(backoff(rules, failures));
        expect(backoff(rules, failures)).toBeLessThanOrEqual(rules.capMs);
      }),
      { numRuns },
    );
  });

  test('waits a base, and then a factor longer each time up to the cap', () => {
    const rules = { ...defaultRetryPolicy, baseMs: 10_000, factor: 3, capMs: 200_000 };
    expect([1, 2, 3, 4, 5].map((failures) => backoff(rules, failures))).toEqual([
      10_000, 30_000, 90_000, 200_000, 200_000,
    ]);
    const delayOf = (jitter: RetryPolicy['jitter'], fraction: number) =>
      decideRetry({ ...rules, jitter }, { class: 'TRANSIENT', failures: 2, elapsedMs: 0, fraction });
    expect(delayOf('none', 0.5)).toEqual({ retry: true, delayMs: 30_000 });
    expect(delayOf('equal', 0.5)).toEqual({ retry: true, delayMs: 22_500 });
    expect(delayOf('full', 0.5)).toEqual({ retry: true, delayMs: 15_000 });
  });

  test('ends with the budget: a retry at its very end is the last', () => {
    const rules = { ...defaultRetryPolicy, baseMs: 10_000, jitter: 'none', budgetMs: 60_000 } as const;
    const at = (elapsedMs: number) =>
      decideRetry(rules, { class: 'TRANSIENT', failures: 1, elapsedMs, fraction: 0 });
    expect(at(50_000)).toEqual({ retry: true, delayMs: 10_000 });
    expect(at(50_001)).toEqual({ retry: false, reason: 'budget_exhausted' });
  });

  test('with a Retry-After of hours is not tried before', () => {
    const rules = { maxAttempts: 5, baseMs: 1_000, factor: 2, capMs: 10_000, jitter: 'full' } as const;
    const decision = decideRetry(
      { ...rules, budgetMs: DAY, retryAfterCapMs: DAY },
      { class: 'RATE_LIMITED', failures: 1, elapsedMs: 0, retryAfterMs: 3 * HOUR, fraction: 0 },
    );
    expect(decision).toEqual({ retry: true, delayMs: 3 * HOUR });
  });
});

test('a wait is what the provider named, between a second and a day, or what is usual for its kind', () => {
  expect(waitOf('RATE_LIMITED', undefined)).toBe(MINUTE);
  expect(waitOf('DATA_NOT_READY', undefined)).toBe(HOUR);
  expect([0, 90_000, 9 * DAY].map((asked) => waitOf('QUOTA_EXHAUSTED', asked))).toEqual([
    SECOND,
    90_000,
    DAY,
  ]);
});
