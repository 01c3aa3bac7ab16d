import { describe, expect, test } from '@jest/globals';
import { HOUR } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { planFor, type BulkChange, type Candidate, type Inverse } from './index.js';

const active: Candidate = { id: 's1', version: 4, status: 'active', definition: definition() };
const pause = { cause: 'request', note: 'holiday', until: T0 + HOUR } as const;
const paused: Candidate = { ...active, status: 'paused', pause };
const suspended: Candidate = { ...paused, pause: { cause: 'connection_suspended' } };
const completed: Candidate = { ...active, status: 'completed' };
const deleted: Candidate = { ...active, status: 'deleted' };

const update: BulkChange = { action: 'update', set: {} };
const raise = { priority: 'high' } as const;
const item = (inverse?: Inverse) => ({
  kind: 'change',
  item: { schedule: 's1', version: 4, ...(inverse === undefined ? {} : { inverse }) },
});
const refused = (reason: string) => ({ kind: 'refused', reason });
const unchanged = { kind: 'unchanged' };

describe('what a change would do to a schedule', () => {
  test.each<readonly [string, BulkChange, Candidate, object]>([
    [
      'one that runs is paused, and resuming takes that back',
      { action: 'pause' },
      active,
      item({ action: 'resume' }),
    ],
    [
      'one that is paused stays as whoever paused it wanted',
      { action: 'pause', note: 'other' },
      paused,
      unchanged,
    ],
    ['one that is over is not paused', { action: 'pause' }, completed, refused('schedule_completed')],
    [
      'one that is paused is resumed, and pausing it as it was takes that back',
      { action: 'resume' },
      paused,
      item({ action: 'pause', ...pause }),
    ],
    ['one that runs needs no resuming', { action: 'resume' }, active, unchanged],
    [
      'one whose connection is suspended is not resumed',
      { action: 'resume' },
      suspended,
      refused('connection_suspended'),
    ],
    ['one that is over is not resumed', { action: 'resume' }, completed, refused('schedule_completed')],
    ['any that is there is deleted, and nothing takes that back', { action: 'delete' }, completed, item()],
    ['one that was deleted is not deleted again', { action: 'delete' }, deleted, refused('schedule_deleted')],
    ['one that is over is not changed', update, completed, refused('schedule_completed')],
  ])('%s', (_, change, candidate, expected) => {
    expect(planFor(change, candidate, change === update ? raise : undefined)).toEqual(expected);
  });

  test('a definition gets back what it had, and nothing where it had nothing', () => {
    const changes = { priority: 'high', name: 'all', timeoutMs: active.definition.timeoutMs } as const;
    expect(planFor(update, active, changes)).toEqual(
      item({ action: 'update', changes: { priority: 'normal', name: null } }),
    );
  });

  test('a definition that is so already is left alone', () => {
    expect(planFor(update, active, { priority: 'normal', maxRuns: null })).toEqual(unchanged);
  });
});
