import { expect, test } from '@jest/globals';
import { factNames, type SubscriptionFacts } from './observation.js';
import { subscription, type SubscriptionCommand } from './subscription.js';

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
