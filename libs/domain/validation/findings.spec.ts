import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { policyDefaults, type ScheduleDefinition } from '#lib/domain/schedule';
import { definition, hourly, T0 } from '#lib/domain/testing';
import type { DefinitionFacts } from './finding.js';
import { inWords } from './in-words.js';
import { validateDefinition } from './validate-definition.js';

const nothingElse: DefinitionFacts = {
  now: T0 + 5 * MINUTE,
  sameConnection: [],
  counts: { user: 0, userProvider: 0 },
  quotas: { schedulesPerUser: 10, schedulesPerUserAndProvider: 5, minimumIntervalMs: 15 * MINUTE },
};
const found = (
  changes: Partial<ScheduleDefinition>,
  facts: Partial<DefinitionFacts> = {},
): readonly string[] =>
  validateDefinition(definition(changes), { ...nothingElse, ...facts }).map(
    ({ severity, code, field }) => `${severity} ${code}: ${field}`,
  );
const retry = (more: Partial<ScheduleDefinition['retry']>) => ({
  retry: { ...policyDefaults.retry, baseMs: HOUR, capMs: 2 * HOUR, budgetMs: 4 * HOUR, ...more },
});
const catchUp = { catchUp: { policy: 'all', windowMs: DAY, cap: 3 } } as const;

describe('what speaks against a definition by itself', () => {
  test.each<[string, Partial<ScheduleDefinition>, readonly string[]]>([
    ['a first delay as long as the longest', retry({ capMs: HOUR }), []],
    [
      'a first delay longer than the longest',
      retry({ capMs: HOUR - 1 }),
      ['error retry_base_above_cap: retry.base'],
    ],
    ['delays that stay as they are', retry({ factor: 1 }), []],
    ['delays that shrink', retry({ factor: 0.99 }), ['error retry_factor_below_one: retry.factor']],
    ['a first delay that ends the budget', retry({ budgetMs: HOUR }), []],
    [
      'a budget that ends before it',
      retry({ budgetMs: HOUR - 1 }),
      ['warning retry_budget_too_short: retry.budget'],
    ],
    ['no retries, and no budget', retry({ budgetMs: 0, maxAttempts: 1 }), []],
    ['attempts of a day', { timeoutMs: DAY }, []],
    ['longer ones', { timeoutMs: DAY + 1 }, ['error timeout_too_long: timeout']],
    [
      'catching up on all, one kept back',
      { ...catchUp, overlap: 'buffer_one' },
      ['warning catch_up_meets_buffer: catchUp.policy'],
    ],
    ['catching up on all, all kept back', { ...catchUp, overlap: 'buffer_all' }, []],
    ['catching up on one, one kept back', { overlap: 'buffer_one' }, []],
    ['a buffer of one', { overlap: 'buffer_all', bufferCap: 1 }, []],
    ['a buffer without room', { overlap: 'buffer_all', bufferCap: 0 }, ['error buffer_cap_zero: bufferCap']],
    ['no buffer, and no room in it', { overlap: 'skip', bufferCap: 0 }, []],
    [
      'a zone that is none',
      { recurrence: { ...hourly, zone: 'Mars/Base' } },
      ['error unknown_zone: recurrence.zone'],
    ],
  ])('given %s', (_, changes, expected) => {
    expect(found(changes)).toEqual(expected);
  });

  test('given it is wrong in itself, nothing is said of when it is due', () => {
    const tooOften = { ...hourly, frequency: 'interval', everySeconds: 60, anchor: T0 } as const;
    expect(found({ recurrence: tooOften })).toEqual(['error interval_too_short: recurrence']);
    expect(found({ recurrence: tooOften, timeoutMs: DAY + 1 })).toEqual(['error timeout_too_long: timeout']);
  });
});

describe('what speaks against it beside others', () => {
  const other = (operation: 'full_sync' | 'incremental_sync') => [{ id: 's9', operation, status: 'active' }];
  const full = { schedulesPerUser: 10, schedulesPerUserAndProvider: 5, minimumIntervalMs: 15 * MINUTE };

  test.each<[string, Partial<DefinitionFacts>, readonly string[]]>([
    ['a connection of its own', { connectionOf: { user: 'user-1', provider: 'spotify' } }, []],
    [
      'one of another user',
      { connectionOf: { user: 'user-2', provider: 'spotify' } },
      ['error connection_mismatch: user'],
    ],
    [
      'one to another provider',
      { connectionOf: { user: 'user-1', provider: 'netflix' } },
      ['error connection_mismatch: provider'],
    ],
    [
      'one that another schedule uses for the same',
      { sameConnection: other('incremental_sync') },
      ['error duplicate_schedule: connection'],
    ],
    ['one that another schedule uses for something else', { sameConnection: other('full_sync') }, []],
    [
      'a suspended one',
      { connectionSuspended: { cause: 'auth_revoked', message: 'gone' } },
      ['error connection_suspended: connection'],
    ],
    ['room for one more', { counts: { user: 9, userProvider: 4 }, quotas: full }, []],
    [
      'a user without room',
      { counts: { user: 10, userProvider: 4 }, quotas: full },
      ['error too_many_schedules: user'],
    ],
    [
      'one without room at the provider',
      { counts: { user: 9, userProvider: 5 }, quotas: full },
      ['error too_many_schedules_at_provider: provider'],
    ],
    ['a provider with room', { lateAt: () => ({ lateMs: 10 * MINUTE - 1, calm: [] }) }, []],
    [
      'a provider that is full then',
      { lateAt: () => ({ lateMs: 10 * MINUTE, calm: [] }) },
      ['warning provider_crowded: recurrence'],
    ],
  ])('given %s', (_, facts, expected) => {
    expect(found({}, facts)).toEqual(expected);
  });

  test('given data that is kept for less than lies between two runs, some may be lost, unless all of it is asked for', () => {
    const lost = ['warning data_may_be_lost: recurrence'];
    expect(found({}, { freshnessMs: HOUR })).toEqual([]);
    expect(found({}, { freshnessMs: HOUR - 1 })).toEqual(lost);
    expect(found({ operation: 'full_sync' }, { freshnessMs: HOUR - 1 })).toEqual([]);
    const evenings = { ...hourly, frequency: 'daily', times: ['06:00', '07:00'] } as const;
    expect(found({ recurrence: evenings }, { freshnessMs: 22 * HOUR })).toEqual(lost);
  });

  test('given runs that take longer than lies between two, they meet each other; what is expected counts before what was seen', () => {
    const told = (expectedDurationMs: number | undefined, observedDurationMs?: number) =>
      validateDefinition(definition(expectedDurationMs === undefined ? {} : { expectedDurationMs }), {
        ...nothingElse,
        ...(observedDurationMs === undefined ? {} : { observedDurationMs }),
      }).map(({ code, message }) => [code, message.slice(0, message.indexOf(','))]);
    expect(told(HOUR)).toEqual([]);
    expect(told(HOUR + MINUTE)).toEqual([['overlaps_itself', 'runs are expected to take 1 h 1 min']]);
    expect(told(undefined, HOUR + MINUTE)).toEqual([['overlaps_itself', 'runs have taken 1 h 1 min']]);
    expect(told(HOUR, 2 * HOUR)).toEqual([]);
  });
});

test.each([
  [0, '0 s'],
  [499, '0 s'],
  [59 * SECOND, '59 s'],
  [90 * SECOND, '1 min 30 s'],
  [HOUR, '1 h'],
  [25 * HOUR + MINUTE + SECOND, '1 d 1 h'],
  [DAY + 2 * MINUTE, '1 d 2 min'],
])('%d ms in words: %s', (ms, words) => {
  expect(inWords(ms)).toBe(words);
});
