import { expect, test } from '@jest/globals';
import { factNames, type SubscriptionFacts } from './observation.js';
import { ROWS_KEPT, subscription, type SubscriptionCommand } from './subscription.js';

const unknown = Object.fromEntries(factNames.map((fact) => [fact, null])) as unknown as SubscriptionFacts;
const observe = (facts: Partial<SubscriptionFacts>, estimated: readonly (keyof SubscriptionFacts)[] = []) =>
  ({
    type: 'ObserveSubscription',
    now: 1,
    id: 'netflix',
    user: 'ann',
    service: 'netflix',
    account: null,
    facts: { ...unknown, ...facts },
    estimated,
    confidence: 1,
    rows: [{ connection: 'netflix-ann', key: 'a' }],
  }) satisfies SubscriptionCommand;

test('given a renewal that was told and has passed, the one that is counted on is no news, and the told one stays', () => {
  const told = subscription.decide(observe({ plan: 'basic', renewsOn: '2026-12-05' }), { facts: null });
  if (!told.accepted || told.events[0] === undefined) throw new Error('nothing was told');
  const state = subscription.evolve({ facts: null }, told.events[0], 1);
  const later = observe({ plan: 'basic', renewsOn: '2027-01-05' }, ['renewsOn']);
  expect(subscription.decide(later, state)).toMatchObject({ accepted: true, events: [] });
  const other = observe({ plan: 'premium', renewsOn: '2027-01-05' }, ['renewsOn']);
  expect(subscription.decide(other, state)).toMatchObject({
    events: [{ data: { changed: ['plan'], after: { plan: 'premium', renewsOn: '2026-12-05' } } }],
  });
});

test('given a change, the rows that it was seen in before are remembered with those of now, the newest last', () => {
  const rows = Array.from({ length: ROWS_KEPT }, (_, n) => ({ connection: 'bank-ann', key: String(n) }));
  const told = subscription.decide(observe({ plan: 'basic' }), { facts: null, rows });
  expect(told).toMatchObject({
    events: [{ data: { rows: [...rows.slice(1), { connection: 'netflix-ann', key: 'a' }] } }],
  });
});
