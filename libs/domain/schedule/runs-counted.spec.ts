import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '#lib/domain/kernel';
import { type ScheduleCommand } from '#lib/domain/schedule';
import { advance, create, fail, start } from '#lib/domain/testing';
import { due, given, report, retry, run } from '../testing/first-run.js';

const checkpoint = (attempt: number, read: number, now: number): ScheduleCommand => ({
  type: 'CheckpointRun',
  now,
  run,
  attempt,
  fence: attempt,
  executor: 'x1',
  state: { page: read },
  counts: { read, written: read, rejected: 0 },
});

describe('what a run has read', () => {
  test('given attempts that went on from checkpoints, it is what all of them told, up to those', () => {
    const at = (minutes: number): number => due + minutes * MINUTE;
    const snooze = { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: MINUTE, message: '429' } as const;
    const rejections = [{ stream: 'usage', reason: 'x', times: 1 }];
    const { events } = given.run(
      create({ retry }),
      advance(due),
      start(run, due),
      checkpoint(1, 2, at(1)),
      checkpoint(1, 3, at(2)),
      fail(run, 1, at(3)),
      advance(at(4)),
      start(run, at(4), 2),
      fail(run, 2, at(5), 2),
      advance(at(6)),
      start(run, at(6), 3),
      checkpoint(3, 10, at(7)),
      report(snooze, 3, at(8), 3),
      advance(at(10)),
      start(run, at(10), 4),
      checkpoint(4, 50, at(11)),
      report(
        { kind: 'succeeded', counts: { read: 100, written: 99, rejected: 1, rejections } },
        4,
        at(12),
        4,
      ),
    );
    expect(events.at(-1)).toMatchObject({
      type: 'RunSucceeded',
      data: { counts: { read: 113, written: 112, rejected: 1, rejections } },
    });
  });
});

describe('what a run that was given up had read', () => {
  const once = { retry: { ...retry, maxAttempts: 2 } };
  const given2 = (errorClass: 'TRANSIENT' | 'CURSOR_INVALID') => [
    create(once),
    advance(due),
    start(run, due),
    checkpoint(1, 500, due + MINUTE),
    report({ kind: 'failed', error: { class: errorClass, message: 'x' } }, 1, due + MINUTE, 1),
    advance(due + 2 * MINUTE),
    start(run, due + 2 * MINUTE, 2),
    checkpoint(2, 3, due + 2 * MINUTE),
  ];

  test('is told while it goes on, and goes on when it is redriven', () => {
    const { events } = given.run(
      ...given2('TRANSIENT'),
      fail(run, 2, due + 3 * MINUTE, 2),
      { type: 'RedriveRun', now: due + 4 * MINUTE, run },
      start(run, due + 4 * MINUTE, 3),
      report({ kind: 'succeeded', counts: { read: 7, written: 7, rejected: 0 } }, 3, due + 5 * MINUTE, 3),
    );
    const counts = events.flatMap((event) => ('counts' in event.data ? [event.data.counts.read] : []));
    expect(counts).toEqual([500, 503, 510]);
  });

  test('is forgotten where it begins anew from nothing', () => {
    const { events } = given.run(...given2('CURSOR_INVALID'));
    expect(events.at(-1)).toMatchObject({ type: 'RunCheckpointed', data: { counts: { read: 3 } } });
  });
});
