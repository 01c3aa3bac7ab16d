import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeSubscriptions } from './merge.js';
import type { Observation } from './observation.js';
import { api, bank, charge, netflix, NOW, seen } from './testing/told.js';

const merge = (...observations: Observation[]) => mergeSubscriptions(observations, [], NOW);

describe('several sources about one service', () => {
  test('given the provider and the bank, one subscription: the plan of the one, the price of the other', () => {
    const found = merge(api(), bank());
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      id: 'spotify',
      plan: 'premium',
      priceMinor: 1199,
      currency: 'EUR',
      interval: 'month',
      renewsOn: '2026-12-05',
      account: 'acc',
    });
    const alone = merge(api({ confidence: 0.7 }))[0]?.confidence ?? 1;
    expect(merge(api({ confidence: 0.7 }), bank())[0]?.confidence).toBeGreaterThan(alone);
  });

  test('given two accounts and one payment, the payment goes where the price fits', () => {
    const family = netflix({ key: 'a', account: 'a', priceMinor: 1999, currency: 'EUR', interval: 'month' });
    const own = netflix({
      key: 'b',
      account: 'b',
      connection: 'netflix-bob',
      priceMinor: 799,
      currency: 'EUR',
      interval: 'month',
    });
    const found = merge(family, own, bank({ service: 'netflix', priceMinor: 799 }));
    expect(found).toHaveLength(2);
    expect(found.find(({ account }) => account === 'b')?.sources).toHaveLength(2);
    expect(found.find(({ account }) => account === 'a')?.sources).toHaveLength(1);
  });

  test('given two payments of one service, two subscriptions, numbered by when they were seen first', () => {
    const found = merge(
      api({ firstSeen: 1 }),
      bank({ key: 'one', firstSeen: 2 }),
      bank({ key: 'two', firstSeen: 3, priceMinor: 599 }),
    );
    expect(found.map(({ id }) => id)).toEqual(['spotify', 'spotify~2']);
  });

  test('given a subscription that ended and one that lives, both are told apart', () => {
    const old = netflix({ key: '2020', status: 'cancelled', startedOn: '2020-01-01', endedOn: '2022-01-01' });
    const now = netflix({ key: '2024', status: 'active', startedOn: '2024-01-01' });
    expect(
      merge(old, now)
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['active', 'cancelled']);
  });

  test('given an old export and a new payment, the newer price counts, and the difference is told', () => {
    const exported = netflix({ priceMinor: 1299, currency: 'EUR', interval: 'month', asOf: '2026-01-10' });
    const [found] = merge(exported, bank({ service: 'netflix', priceMinor: 1499 }));
    expect(found).toMatchObject({ priceMinor: 1499, currency: 'EUR' });
    expect(found?.disagreements).toEqual([
      {
        fact: 'priceMinor',
        said: [
          { connection: 'netflix-ann', value: 1299 },
          { connection: 'bank-ann', value: 1499 },
        ],
      },
    ]);
  });

  test('given a price in another currency, price and currency stay together', () => {
    const exported = netflix({ priceMinor: 1299, currency: 'USD', interval: 'month', asOf: '2026-11-20' });
    const [found] = merge(exported, bank({ service: 'netflix', currency: 'EUR', asOf: '2026-03-01' }));
    expect(found).toMatchObject({ priceMinor: 1299, currency: 'USD' });
  });
});

describe('the renewal', () => {
  test.each([
    ['2026-12-05', 'month', 'active', '2026-12-05', false],
    ['2026-09-30', 'month', 'active', '2026-11-30', true],
    ['2026-01-31', 'month', 'active', '2026-11-30', true],
    ['2026-10-31', '3 month', 'active', '2027-01-31', true],
    ['2025-02-28', 'year', 'active', '2027-02-28', true],
    ['2026-11-20', 'week', 'active', '2026-11-27', true],
    ['2026-09-30', 'half month', 'active', null, false],
    ['2026-12-05', 'month', 'cancelled', null, false],
    ['2019-01-01', 'month', 'active', null, false],
  ])('told as %s, each %s, %s: %s', (renewsOn, interval, status, expected, estimated) => {
    const [found] = merge(netflix({ renewsOn, interval, status }));
    expect(found).toMatchObject({ renewsOn: expected, renewalEstimated: estimated });
  });
});

describe('the renewal of what began on the 31st', () => {
  test.each([
    ['2026-02-28', '2026-03-31'],
    ['2026-09-30', '2026-10-31'],
    ['2026-10-30', '2026-10-30'],
  ])('told as %s, comes back to the last day of longer months', (renewsOn, next) => {
    const told = netflix({ startedOn: '2025-10-31', interval: 'month', renewsOn });
    const [found] = mergeSubscriptions([told], [], Date.parse(`${next}T00:00:00Z`));
    expect(found).toMatchObject({ renewsOn: next });
  });
});

describe('what sources say in other words', () => {
  test.each(['canceled', 'Cancelled', 'terminated', 'incomplete_expired', 'ended'])(
    'status %s is over, and renews no more',
    (status) => {
      const [found] = merge(seen({ status, interval: 'month', renewsOn: '2026-10-01' }));
      expect(['cancelled', 'expired']).toContain(found?.status);
      expect(found).toMatchObject({ renewsOn: null });
    },
  );

  test.each(['trialing', 'past_due', 'Active'])('status %s lives', (status) => {
    const [found] = merge(seen({ status, interval: 'monthly', renewsOn: '2026-11-01' }));
    expect(found).toMatchObject({ interval: 'month', renewsOn: '2026-12-01', renewalEstimated: true });
  });

  test('a currency in small letters is the same currency', () => {
    const [found] = merge(api({ priceMinor: 1199, currency: 'eur', interval: 'month' }), bank());
    expect(found).toMatchObject({ currency: 'EUR', disagreements: [] });
  });

  test('days that are none are not known, and what is told of one weighs as what was seen last', () => {
    const odd = { asOf: '20.11.2026', startedOn: 'May', renewsOn: '12/05/2026', endedOn: 'never' };
    const [found] = merge(api({ ...odd, priceMinor: 999, currency: 'EUR' }), bank({ asOf: '2026-11-20' }));
    expect(found).toMatchObject({ startedOn: null, endedOn: null, renewsOn: '2026-12-05', priceMinor: 999 });
    expect(found?.asOf).toBe('2026-11-20');
    expect(found?.confidence).toBe(1);
  });
});

describe('price, currency and interval', () => {
  test('of one source are not completed by another that tells another price', () => {
    const yearly = netflix({ priceMinor: 8990, currency: 'EUR', asOf: '2026-11-20', confidence: 0.95 });
    const [found] = merge(yearly, bank({ service: 'netflix', asOf: '2026-11-20' }));
    expect(found).toMatchObject({ priceMinor: 8990, currency: 'EUR', interval: null });
  });

  test('are completed by another that tells the same price', () => {
    const told = netflix({ priceMinor: 1199, currency: 'EUR', asOf: '2026-11-20', confidence: 0.95 });
    const [found] = merge(told, bank({ service: 'netflix', asOf: '2026-11-20' }));
    expect(found).toMatchObject({ priceMinor: 1199, currency: 'EUR', interval: 'month' });
  });

  test('come rather from who knows the currency', () => {
    const [found] = merge(api({ priceMinor: 999 }), bank({ currency: 'USD', confidence: 0.5 }));
    expect(found).toMatchObject({ priceMinor: 1199, currency: 'USD', interval: 'month' });
  });
});

describe('an end in the past', () => {
  const end = { startedOn: '2024-01-10', endedOn: '2026-07-10', interval: 'month' };
  test.each([
    [{ status: 'active', renewsOn: '2026-12-10' }, null],
    [{ status: 'active', autoRenew: true }, null],
    [{ status: 'active', renewsOn: '2026-12-10', endedOn: '2026-12-09' }, '2026-12-09'],
    [{ status: 'cancelled', renewsOn: '2026-12-10' }, '2026-07-10'],
    [{ status: 'active' }, '2026-07-10'],
  ])('of what is told as %j is %s', (more, expected) => {
    expect(merge(netflix({ ...end, ...more }))[0]?.endedOn).toBe(expected);
  });

  test('does not make what ended then less sure as time goes by', () => {
    const [found] = merge(
      netflix({ ...end, status: 'cancelled', endedOn: '2021-07-10', startedOn: '2020-01-01' }),
    );
    expect(found).toMatchObject({ asOf: '2021-07-10', confidence: 1 });
  });
});

test('given charges, the newest five of the service and its connections', () => {
  const charges = Array.from({ length: 8 }, (_, n) =>
    charge({ service: n === 7 ? 'netflix' : 'spotify', occurredOn: `2026-0${n + 1}-05` }),
  );
  const [found] = mergeSubscriptions([api(), bank()], charges, NOW);
  expect(found?.lastCharges.map(({ occurredOn }) => occurredOn)).toEqual([
    '2026-07-05',
    '2026-06-05',
    '2026-05-05',
    '2026-04-05',
    '2026-03-05',
  ]);
});

test('whatever the rows and their order: every row is in one subscription, and the answer is the same', () => {
  const observation = fc
    .record({
      service: fc.constantFrom('spotify', 'netflix', 'bank:gym'),
      connection: fc.constantFrom('a', 'b', 'c'),
      source: fc.constantFrom('api' as const, 'export' as const, 'bank' as const),
      account: fc.constantFrom(null, 'x', 'y'),
      key: fc.uuid(),
      status: fc.constantFrom('active', 'cancelled', null),
      plan: fc.constantFrom(null, 'premium', 'basic'),
      priceMinor: fc.option(fc.integer({ min: 0, max: 3_000 })),
      currency: fc.constantFrom('EUR', 'USD', null),
      confidence: fc.constantFrom(0.3, 0.8, 1),
      firstSeen: fc.integer({ min: 0, max: 1_000 }),
      lastSeen: fc.integer({ min: 500, max: 1_500 }),
      goneSince: fc.constantFrom(null, null, 2_000),
      startedOn: fc.constantFrom(null, '2024-01-01', '2026-01-01'),
      endedOn: fc.constantFrom(null, '2025-01-01', '2026-08-01'),
      paidOn: fc.constantFrom(null, '2025-06-01', '2026-11-01'),
    })
    .map(seen);
  fc.assert(
    fc.property(fc.uniqueArray(observation, { selector: ({ key }) => key, maxLength: 12 }), (rows) => {
      const found = mergeSubscriptions(rows, [], NOW);
      expect(found.flatMap(({ sources }) => sources)).toHaveLength(rows.length);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      expect(mergeSubscriptions(rows.toReversed(), [], NOW)).toEqual(found);
    }),
  );
});
