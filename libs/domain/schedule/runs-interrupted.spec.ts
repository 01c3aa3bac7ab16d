import { describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, fail, start } from '#lib/domain/testing';
import { due, given, report, retry, run, started } from '../testing/first-run.js';

describe('an interrupted attempt', () => {
  const stopped = (fence: number, now: number): ScheduleCommand =>
    report(
      { kind: 'failed', error: { class: 'INTERRUPTED', code: 'executor_stopped', message: 'stopped' } },
      fence,
      now,
      fence,
    );
  const once = { retry: { ...retry, maxAttempts: 1 } };

  test('given executors that are stopped one after the other, no attempt is used up; a failure of its own is one', () => {
    const commands = [1, 2, 3].flatMap((fence) => [
      stopped(fence, due + fence * MINUTE),
      advance(due + fence * MINUTE + 10 * SECOND),
      start(run, due + fence * MINUTE + 10 * SECOND, fence + 1),
    ]);
    const { past, events, state } = given.run(create(once), advance(due), start(run, due), ...commands);
    expect(events.filter(({ type }) => type === 'RetryScheduled')).toHaveLength(3);
    expect(state).toMatchObject({ open: [{ run, status: 'running', attempt: 4, failures: 0 }] });
    given
      .given(...past)
      .when(fail(run, 4, due + 5 * MINUTE, 4))
      .thenTypes('RunFailed', 'RunAbandoned');
  });

  test('given they are stopped for longer than its budget, it is given up', () => {
    const { past } = started(once);
    const events = given
      .given(...past)
      .when(stopped(1, due + HOUR))
      .thenTypes('RunFailed', 'RunAbandoned');
    expect(events[1]).toMatchObject({ data: { reason: 'budget_exhausted' } });
  });

  test('given an executor that is not heard of any more, an attempt is used up: it may have died of the work', () => {
    const { past } = started(once);
    const events = given
      .given(...past)
      .when({ type: 'ExpireLease', now: due + MINUTE, run, attempt: 1, fence: 1, fraction: 0.5 })
      .thenTypes('RunFailed', 'RunAbandoned');
    expect(events).toMatchObject([
      { data: { error: { class: 'INTERRUPTED', code: 'lease_lost' } } },
      { data: { reason: 'attempts_exhausted' } },
    ]);
  });
});
