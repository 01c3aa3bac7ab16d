import { expect, test } from '@jest/globals';
import { mergeSubscriptions } from './merge.js';
import type { Observation, ToldCharge } from './observation.js';
import { bank, charge, netflix, NOW } from './testing/told.js';

/** The last charges of each, by the key of its first row. */
const lastOf = (rows: readonly Observation[], charges: readonly ToldCharge[]): object =>
  Object.fromEntries(
    mergeSubscriptions(rows, charges, NOW).map(({ rows: [first], lastCharges }) => [
      first?.key,
      lastCharges.map(({ occurredOn, amountMinor }) => `${occurredOn} ${amountMinor}`),
    ]),
  );
const billed = (occurredOn: string, more: Partial<ToldCharge> = {}) =>
  charge({ service: 'netflix', connection: 'netflix-ann', occurredOn, ...more });

test('given a charge that names a subscription, it is of that one, whatever service it is thought to be of', () => {
  const rows = [
    netflix({ key: 'a', startedOn: '2025-01-01' }),
    netflix({ key: 'b', startedOn: '2026-01-01' }),
  ];
  const named = [
    billed('2026-02-01', { subscription: 'a' }),
    billed('2026-03-01', { subscription: 'b', service: 'other' }),
    billed('2026-04-01', { subscription: 'gone' }),
  ];
  expect(lastOf(rows, named)).toEqual({ a: ['2026-02-01 1199'], b: ['2026-04-01 1199', '2026-03-01 1199'] });
});

test('given two that followed each other, each has the charges of its time', () => {
  const old = netflix({ key: '2023', status: 'cancelled', startedOn: '2023-01-05', endedOn: '2024-06-01' });
  const now = netflix({ key: '2026', startedOn: '2026-05-03' });
  const charges = [
    billed('2022-12-05'),
    billed('2023-01-05'),
    billed('2024-06-02', { periodStart: '2024-06-01' }),
    billed('2025-01-01'),
    billed('2026-05-03'),
    billed('2026-11-03'),
  ];
  expect(lastOf([old, now], charges)).toEqual({
    2023: ['2024-06-02 1199', '2023-01-05 1199'],
    2026: ['2026-11-03 1199', '2026-05-03 1199'],
  });
});

test('given two payments of one service at a bank, a charge is of the one whose price it is nearest to', () => {
  const rows = [bank({ key: 'own', priceMinor: 599 }), bank({ key: 'family', firstSeen: NOW + 1 })];
  const charges = [
    charge(),
    charge({ amountMinor: 649, occurredOn: '2026-11-06' }),
    charge({ account: 'card' }),
  ];
  expect(lastOf(rows, charges)).toEqual({ own: ['2026-11-06 649'], family: ['2026-11-05 1199'] });
});

test('given charges of a connection that tells of no subscription to that service, they are shown with none', () => {
  expect(lastOf([bank()], [charge({ connection: 'other' }), charge({ service: 'netflix' })])).toEqual({
    stream: [],
  });
});

test('given money that comes back after the end, or a first payment a day early, it is of the subscription it is nearest to', () => {
  const ended = netflix({
    key: 'ended',
    status: 'cancelled',
    startedOn: '2024-01-10',
    endedOn: '2024-06-01',
  });
  const charges = [
    billed('2024-01-09'),
    billed('2023-12-01'),
    billed('2024-06-20', { amountMinor: -1199 }),
    billed('2024-06-20'),
    billed('2025-06-20', { amountMinor: -1199 }),
  ];
  expect(lastOf([ended], charges)).toEqual({ ended: ['2024-06-20 -1199', '2024-01-09 1199'] });
});
