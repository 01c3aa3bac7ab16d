import { expect, test } from '@jest/globals';
import type { StoredEvent } from '#lib/contracts/events';
import { definition } from '#lib/domain/testing';
import { Newcomers } from './newcomers.js';

const created = (position: number, user: string, provider = 'spotify'): StoredEvent =>
  ({
    type: 'ScheduleCreated',
    position,
    metadata: { tenant: 'default' },
    data: { id: `s${position}`, definition: definition({ user, provider }) },
  }) as unknown as StoredEvent;

test('given schedules that the read model does not count yet, they are counted by user, and by user and provider', () => {
  const newcomers = new Newcomers();
  for (const [at, provider] of [
    [5, 'spotify'],
    [6, 'netflix'],
    [9, 'spotify'],
  ] as const)
    newcomers.saw(created(at, 'ada', provider), 4);
  newcomers.saw(created(10, 'bob'), 4);
  expect(newcomers.after(4, 'default', 'ada')).toBe(3);
  expect(newcomers.after(4, 'default', 'ada', 'spotify')).toBe(2);
  expect(newcomers.after(5, 'default', 'ada', 'spotify')).toBe(1);
  expect(newcomers.after(9, 'default', 'ada')).toBe(0);
  expect(newcomers.after(4, 'default', 'bob')).toBe(1);
  expect(newcomers.after(4, 'other', 'ada')).toBe(0);
});

test('given that the read model has caught up, they are counted there only, however many came', () => {
  const newcomers = new Newcomers();
  for (let at = 1; at <= 5_000; at += 1) newcomers.saw(created(at, `user-${at % 7}`), at - 3);
  expect(newcomers.after(4_997, 'default', `user-${5_000 % 7}`)).toBe(1);
  expect(newcomers.after(0, 'default', `user-${4_000 % 7}`)).toBeLessThanOrEqual(1);
});
