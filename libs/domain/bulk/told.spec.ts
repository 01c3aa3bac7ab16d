import { expect, test } from '@jest/globals';
import { T0 } from '#lib/domain/testing';
import { tellOutcomes, type AskedBulkChange } from './index.js';

const inverse = { action: 'resume' } as const;
const state: AskedBulkChange = {
  status: 'undoing',
  id: 'b1',
  change: { action: 'pause' },
  requestedAt: T0,
  items: ['s1', 's2', 's3', 's4', 's5', 's6'].map((schedule) => ({
    schedule,
    version: 4,
    ...(schedule === 's5' ? {} : { inverse }),
  })),
  outcomes: [
    { schedule: 's1', version: 5 },
    { schedule: 's2', reason: 'stale_version' },
    { schedule: 's3', version: 7 },
    { schedule: 's4', version: 5 },
    { schedule: 's5', version: 0 },
  ],
  // The last one first: s4, s3, and s1 to come.
  undone: [
    { schedule: 's4', version: 6 },
    { schedule: 's3', reason: 'stale_version' },
  ],
};

test('given one that is being undone, what became of each schedule is told in the order of the plan', () => {
  expect(tellOutcomes(state)).toEqual([
    { schedule: 's1', outcome: 'changed', version: 5 },
    { schedule: 's2', outcome: 'refused', reason: 'stale_version' },
    { schedule: 's3', outcome: 'not_undone', reason: 'stale_version', version: 7 },
    { schedule: 's4', outcome: 'undone', version: 6 },
    // It was deleted: there is no version of it.
    { schedule: 's5', outcome: 'changed' },
    { schedule: 's6', outcome: 'waiting', version: 4 },
  ]);
});
