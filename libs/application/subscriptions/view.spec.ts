import { describe, expect, test } from '@jest/globals';
import { subscriptionStream } from '#lib/contracts/streams';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { SinkScope, SyncRecord } from '#lib/ports';
import { MemorySink } from '#lib/sink';
import { SubscriptionView } from './view.js';

const NOW = Date.UTC(2026, 10, 23);
const DAY = 86_400_000;

const scope = (connection: string, connector: string, provider: string): SinkScope => ({
  tenant: 'default',
  user: 'ann',
  connection,
  connector,
  provider,
});
const AMAZON = scope('amazon-ann', 'amazon.export', 'amazon_prime');
const subscription = (key: string, data: SyncRecord['data'] = {}): SyncRecord => ({
  stream: 'subscriptions',
  key,
  data: { status: 'active', ...data },
});
const charge = (occurredOn: string, data: SyncRecord['data'] = {}): SyncRecord => ({
  stream: 'charges',
  key: `${occurredOn} ${JSON.stringify(data)}`,
  data: { occurred_on: occurredOn, amount_minor: 899, currency: 'EUR', ...data },
});

function opened() {
  const [sink, store] = [new MemorySink(), new MemoryEventStore()];
  const view = new SubscriptionView(sink, store, () => NOW);
  return { sink, store, list: () => view.list({ tenant: 'default', user: 'ann' }) };
}

describe('rows of a provider that sells several services', () => {
  test('are of the service that they name, with the charges that name them', async () => {
    const { sink, list } = opened();
    await sink.write(
      AMAZON,
      [
        subscription('s1', { service: 'amazon_prime', price_minor: 899, currency: 'EUR' }),
        subscription('s2', { service: 'audible', price_minor: 995, currency: 'EUR' }),
        charge('2026-10-10', { service: 'amazon_prime', subscription: 's1' }),
        charge('2026-10-12', { service: 'audible', subscription: 's2', amount_minor: 995 }),
        charge('2026-10-13', { service: 'audible', amount_minor: 995 }),
      ],
      NOW,
    );
    expect(
      (await list()).map(({ id, lastCharges }) => [id, lastCharges.map((one) => one.occurredOn)]),
    ).toEqual([
      ['amazon_prime', ['2026-10-10']],
      ['audible', ['2026-10-13', '2026-10-12']],
    ]);
  });

  test('are the provider’s where they only have its words for it', async () => {
    const { sink, list } = opened();
    await sink.write(AMAZON, [subscription('s1', { service: 'Prime Membership' })], NOW);
    expect(await list()).toMatchObject([{ service: 'amazon_prime' }]);
  });
});

test('given thousands of charges over one connection, those of another are shown all the same', async () => {
  const { sink, list } = opened();
  const openai = scope('openai-ann', 'openai.org_costs', 'chatgpt');
  const daily = Array.from({ length: 5_001 }, (_, n) => charge('2026-11-01', { line: n }));
  await sink.write(openai, [subscription('plus'), ...daily], NOW);
  await sink.write(AMAZON, [subscription('s1'), charge('2026-04-10')], NOW);
  const prime = (await list()).find(({ service }) => service === 'amazon_prime');
  expect(prime?.lastCharges).toMatchObject([{ occurredOn: '2026-04-10' }]);
});

test('given an account’s other name and what the bank knows of payments, they tell what belongs together', async () => {
  const { sink, list } = opened();
  const named = { account_ref: 'acc_x', account_alias: 'ann' };
  await sink.write(scope('api', 'spotify.webapi', 'spotify'), [subscription('acc_x', named)], NOW);
  const file = subscription('ann', { account_ref: 'ann', status: null });
  await sink.write(scope('file', 'spotify.export', 'spotify'), [file], NOW);
  const left = subscription('2020', { status: 'cancelled', ended_on: '2021-01-01' });
  await sink.write(scope('nf', 'netflix.export', 'netflix'), [left], NOW);
  const paid = subscription('st_1', { provider: 'netflix', last_charged_on: '2026-11-15' });
  await sink.write(scope('bank', 'bank.plaid', 'bank'), [paid], NOW);
  expect((await list()).map(({ service, status, sources }) => [service, status, sources.length])).toEqual([
    ['netflix', 'cancelled', 1],
    ['spotify', 'active', 2],
    ['netflix', 'active', 1],
  ]);
});

test('given a row that was withdrawn, nobody tells of its subscription since then', async () => {
  const { sink, list } = opened();
  const bank = scope('bank', 'bank.plaid', 'bank');
  const stream = { provider: 'netflix', interval: 'month', renews_on: '2026-10-03' };
  await sink.write(bank, [subscription('st_1', stream)], NOW - 2 * DAY);
  await sink.write(bank, [{ stream: 'subscriptions', withdrawn: { before: NOW - DAY } }], NOW - DAY);
  expect(await list()).toMatchObject([{ status: 'unknown', renewsOn: null, goneSince: NOW - DAY }]);
});

test('given ids whose last events cannot be read, they are not given again', async () => {
  const { sink, store, list } = opened();
  const metadata = { v: 1, at: NOW, tenant: 'default', actor: 'test', correlation: 'c' };
  for (const [n, id] of ['amazon_prime', 'amazon_prime~2'].entries()) {
    const event = {
      id: `00000000-0000-4000-8000-00000000000${n}`,
      type: 'SubscriptionVanished',
      data: {},
      metadata,
    };
    await store.append(subscriptionStream('default', 'ann', id), -1, [event]);
  }
  await sink.write(AMAZON, [subscription('s1')], NOW);
  expect(await list()).toMatchObject([{ id: 'amazon_prime~3' }]);
});

test('given a charge whose day cannot be read, it is left out, and the rest is listed', async () => {
  const { sink, list } = opened();
  const netflix = scope('netflix-ann', 'netflix.export', 'netflix');
  const ended = subscription('n', { status: 'cancelled', started_on: '2024-01-01', ended_on: '2024-06-01' });
  await sink.write(netflix, [ended, charge('20.11.2026'), charge('2024-03-01')], NOW);
  const bank = scope('bank-ann', 'bank.plaid', 'bank');
  const paid = subscription('b', { provider: 'netflix', source: 'bank', price_minor: 899, currency: 'EUR' });
  await sink.write(bank, [paid, charge('', { provider: 'netflix' })], NOW);
  const found = await list();
  expect(found.map(({ service }) => service)).toContain('netflix');
  expect(found.every(({ confidence }) => Number.isFinite(confidence))).toBe(true);
  const days = found.flatMap(({ lastCharges }) => lastCharges.map(({ occurredOn }) => occurredOn));
  expect(days).toEqual(['2024-03-01']);
});
