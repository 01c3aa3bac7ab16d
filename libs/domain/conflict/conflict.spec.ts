import { expect, test } from '@jest/globals';
import { scenario, T0 } from '#lib/domain/testing';
import { conflict, conflictId, type ConflictCommand } from './index.js';

const given = scenario(conflict);
const id = conflictId('overlap', 's2', 's1');
const detect: ConflictCommand = {
  type: 'DetectConflict',
  now: T0,
  id,
  kind: 'overlap',
  schedules: ['s1', 's2'],
  message: 'too close',
};
const acknowledge: ConflictCommand = { type: 'AcknowledgeConflict', now: T0 + 1, id, note: 'known' };
const resolve: ConflictCommand = { type: 'ResolveConflict', now: T0 + 2, id, resolution: 'schedule_changed' };

test('a conflict has one name, whichever of its parties is found first', () => {
  expect(id).toBe(conflictId('overlap', 's1', 's2'));
  expect(id).not.toBe(conflictId('duplicate', 's1', 's2'));
});

test('given it was raised, it is not raised again until it was resolved', () => {
  given.given().when(detect).thenTypes('ConflictDetected');
  for (const before of [[detect], [detect, acknowledge]])
    given
      .given(...given.run(...before).past)
      .when(detect)
      .thenNothing();
  given
    .given(...given.run(detect, resolve).past)
    .when(detect)
    .thenTypes('ConflictDetected');
});

test('given it is open, somebody takes note of it once, and says why', () => {
  const on = given.given(...given.run(detect).past);
  expect(on.when(acknowledge).thenTypes('ConflictAcknowledged')).toEqual([
    { type: 'ConflictAcknowledged', data: { id, note: 'known' } },
  ]);
  given
    .given(...given.run(detect, acknowledge).past)
    .when(acknowledge)
    .thenNothing();
});

test('given it is resolved, it is resolved once, and there is nothing to take note of', () => {
  const on = given.given(...given.run(detect, resolve).past);
  on.when(resolve).thenNothing();
  on.when(acknowledge).thenRejected('conflict_resolved');
});

test('given it was never raised, there is none', () => {
  for (const command of [acknowledge, resolve])
    given.given().when(command).thenRejected('conflict_not_found');
});
