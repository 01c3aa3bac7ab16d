import { inspect } from 'node:util';
import { currentData } from '#lib/contracts/events';
import type { RecordedEvent } from '#lib/event-store/port';
import type { Log } from '#lib/wiring';
import type { Finding } from '../support/faults/checker.js';

/** What schedules of the simulation promise beyond what the checker knows: a run fails as often as its policy lets it. */
export function withRetryCap(
  findings: readonly Finding[],
  events: readonly RecordedEvent[],
): readonly Finding[] {
  const [caps, failures] = [new Map<string, number>(), new Map<string, number>()];
  const violations: string[] = [];
  for (const { type, stream, data, metadata } of events) {
    if (type === 'ScheduleCreated') {
      const { definition } = currentData(type, metadata.v, data) as {
        definition: { retry: { maxAttempts: number } };
      };
      caps.set(stream, definition.retry.maxAttempts);
    }
    if (type !== 'RunFailed') continue;
    const { run, error, cause } = data as { run: string; error: { code?: string }; cause: string };
    // Given back by an executor that was stopped: no attempt is used up by that.
    if (error.code === 'executor_stopped' && cause === 'reported') continue;
    const failed = (failures.get(run) ?? 0) + 1;
    failures.set(run, failed);
    const cap = caps.get(stream) ?? Infinity;
    if (failed === cap + 1) violations.push(`run ${run} failed more often than ${cap} times`);
  }
  return findings.map((finding) =>
    finding.property === 'P21'
      ? {
          ...finding,
          checked: finding.checked + failures.size,
          violations: [...finding.violations, ...violations],
        }
      : finding,
  );
}

/** Errors are what nobody planted: whatever goes wrong by design is a warning, or less. */
export const errorsInto =
  (errors: string[]): Log =>
  (level, message, details = {}) => {
    if (level === 'error') errors.push(`${message}: ${inspect(details)}`);
  };
