import { outcomeSchema } from '#lib/contracts/messages';
import type { AttemptOutcome } from '#lib/domain/schedule';
import type { SyncOutcome } from '#lib/ports';

const wrong = (code: string, message: string): AttemptOutcome => ({
  kind: 'failed',
  error: { class: 'INTERNAL', code, message },
});

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** What a scheduler is told of an outcome. */
function told(outcome: SyncOutcome): unknown {
  switch (outcome.kind) {
    case 'succeeded': {
      const { kind, counts, state } = outcome;
      return { kind, counts, ...(state === undefined ? {} : { state }) };
    }
    case 'failed': {
      const { retryAfterMs, ...error } = outcome.failure;
      const after = retryAfterMs !== undefined && Number.isFinite(retryAfterMs) ? { retryAfterMs } : {};
      return { kind: 'failed', error: { ...error, ...after } };
    }
    case 'snoozed': {
      const { kind, delayMs, message, bucket } = outcome;
      return { kind, class: outcome.class, delayMs, message, ...(bucket === undefined ? {} : { bucket }) };
    }
    default:
      return outcome;
  }
}

/**
 * An engine may be anybody's, and answers what is no outcome now and then: what cannot be stored, or read again, is a
 * failure of its own at once, and says what an outcome is.
 */
export function asReported(outcome: SyncOutcome): AttemptOutcome {
  try {
    if (outcome.kind === 'succeeded') {
      const { read, written, rejected } = outcome.counts;
      if (![read, written, rejected].every(isCount))
        return wrong(
          'not_a_number',
          `the engine answered with counts of ${read}, ${written} and ${rejected} records: each is a whole number, 0 or more`,
        );
      // Most are so: nothing else is to be looked at.
      if (outcome.state === undefined && outcome.counts.rejections === undefined) return outcome;
    }
    if (outcome.kind === 'snoozed' && !Number.isFinite(outcome.delayMs))
      return wrong('not_a_number', `the engine answered with a wait of ${outcome.delayMs} milliseconds`);
    const { data, error } = outcomeSchema.safeParse(told(outcome));
    if (error !== undefined) {
      const [{ path, message } = { path: [], message: '' }] = error.issues;
      const where = path.length === 0 ? '' : ` (${path.join('.')}: ${message})`;
      return wrong(
        'malformed_outcome',
        `the engine answered with what is no outcome${where}: its kind is succeeded, with counts; failed, with a failure; snoozed; or cancelled`,
      );
    }
    // A state that refers to itself could not be stored.
    JSON.stringify(data);
    return data;
  } catch (error) {
    return wrong(
      'malformed_outcome',
      `the engine answered with what is no outcome: ${(error as Error).message}`,
    );
  }
}
