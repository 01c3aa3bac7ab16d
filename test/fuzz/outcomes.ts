import type { SyncOutcome } from '#lib/ports';
import { isErrorClass } from '#lib/domain/retry';
import type { Complaints } from './verdict.js';

/**
 * A sync may come to any end but one that nobody classified: INTERNAL means that our own code broke, unless it is what a
 * provider's answer to a question that it should not refuse is called.
 */
export function judgeOutcome(outcome: SyncOutcome, input: unknown, complaints: Complaints): void {
  complaints.saw(outcome.kind);
  if (outcome.kind === 'succeeded') {
    const { read, written, rejected } = outcome.counts;
    if (rejected > 0) complaints.saw('rejected');
    for (const count of [read, written, rejected])
      if (!Number.isSafeInteger(count) || count < 0) complaints.add(input, `counted ${count}`);
  }
  if (outcome.kind === 'failed') {
    const { class: errorClass, message } = outcome.failure;
    const defect = errorClass === 'INTERNAL' && !/ answered \d{3} to /.test(message);
    if (!isErrorClass(errorClass) || defect) complaints.add(input, `${errorClass}: ${message}`);
    if (message === '' || message.length > 2_000) complaints.add(input, `a message of ${message.length}`);
  }
  if (outcome.kind === 'snoozed' && !(outcome.delayMs >= 0 && Number.isFinite(outcome.delayMs)))
    complaints.add(input, `snoozed for ${outcome.delayMs}`);
}
