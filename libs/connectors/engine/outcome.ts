import type { Millis } from '#lib/domain/kernel';
import { isWaitClass, waitOf, type WaitClass } from '#lib/domain/retry';
import type { RecordCounts, SyncFailure, SyncOutcome } from '#lib/ports';
import { excerpt, isConnectorError } from '../kit/index.js';

export const snoozed = (
  errorClass: WaitClass,
  delayMs: Millis | undefined,
  message: string,
): SyncOutcome => ({ kind: 'snoozed', class: errorClass, delayMs: waitOf(errorClass, delayMs), message });

/**
 * How an attempt that threw has ended. An abort wins over whatever broke because of it: who aborted knows whether it
 * was the deadline, a cancel or a lost lease.
 */
export function outcomeOf(
  error: unknown,
  signal: AbortSignal,
  secrets: readonly string[],
  counts?: RecordCounts,
): SyncOutcome {
  if (signal.aborted || isConnectorError(error, 'CANCELLED')) return { kind: 'cancelled' };
  const failure = failureOf(error, secrets);
  if (isWaitClass(failure.class)) return snoozed(failure.class, failure.retryAfterMs, failure.message);
  return { kind: 'failed', failure, ...(counts === undefined ? {} : { counts }) };
}

/** The failure to be stored and shown: redacted once more by the connection's own secrets, whatever threw it. */
export function failureOf(error: unknown, secrets: readonly string[]): SyncFailure {
  if (!isConnectorError(error)) return { class: 'INTERNAL', message: defect(error, secrets), code: 'defect' };
  return {
    class: error.class,
    message: excerpt(error.message, secrets, 600),
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}

/** A defect's words without stack and paths: events and dashboards are no place for them. */
function defect(error: unknown, secrets: readonly string[]): string {
  if (!(error instanceof Error)) return 'the connector failed with something that is not an error';
  const words = error.message.replace(/(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@ -]+){2,}/g, '[path]');
  return excerpt(`the connector failed: ${error.name}: ${words}`, secrets);
}
