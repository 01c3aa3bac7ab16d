import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SinkScope, SyncRecord } from '#lib/ports';
import { items, Service } from './support.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const from = (connection: string, connector: string, provider: string): SinkScope => ({
  tenant: 'default',
  user: 'ann',
  connection,
  connector,
  provider,
});
const write = (scope: SinkScope, ...records: SyncRecord[]) =>
  service.engine.records.write(scope, records, Date.now());
const changed = (service_: string) =>
  service.next('SubscriptionChanged', (data) => data['service'] === service_ && data['user'] === 'ann');

test('given a provider and a bank that tell of one subscription, it is one, and each change is told once', async () => {
  const first = changed('spotify');
  await write(from('spotify-ann', 'spotify.webapi', 'spotify'), {
    stream: 'subscriptions',
    key: 'acc',
    data: { account_ref: 'acc', plan: 'premium', status: 'active' },
  });
  expect(await first).toMatchObject({ before: null, changed: ['plan', 'status'] });

  const second = changed('spotify');
  await write(
    from('bank-ann', 'bank.plaid', 'bank'),
    {
      stream: 'subscriptions',
      key: 'stream',
      data: {
        provider: 'spotify',
        merchant: 'Spotify AB',
        status: 'active',
        price_minor: 1199,
        currency: 'EUR',
        interval: 'month',
        source: 'bank',
        confidence: 0.8,
      },
    },
    {
      stream: 'charges',
      key: 'charge-1',
      data: { provider: 'spotify', occurred_on: '2026-11-05', amount_minor: 1199, currency: 'EUR' },
    },
  );
  expect(await second).toMatchObject({ changed: ['priceMinor', 'currency', 'interval'] });

  const list = items(await service.get('/v1/subscriptions?user=ann'));
  expect(list).toHaveLength(1);
  expect(list[0]).toMatchObject({
    id: 'spotify',
    user: 'ann',
    plan: 'premium',
    priceMinor: 1199,
    currency: 'EUR',
    lastCharges: [{ occurredOn: '2026-11-05', amountMinor: 1199 }],
    sources: [{ connector: 'spotify.webapi' }, { connector: 'bank.plaid' }],
  });
  const { body } = await service.get('/v1/subscriptions/ann/spotify');
  expect((body['history'] as { type: string }[]).map(({ type }) => type)).toEqual([
    'SubscriptionChanged',
    'SubscriptionChanged',
  ]);
  expect((await service.get('/v1/subscriptions/ann/netflix')).status).toBe(404);
  expect(items(await service.get('/v1/subscriptions?user=bob'))).toEqual([]);
});

test('given two subscriptions to one service, each keeps its id and its history when the other goes', async () => {
  const told = (account: string, plan: string) =>
    write(
      { ...from(`${account}-spotify`, 'spotify.webapi', 'spotify'), user: 'two' },
      { stream: 'subscriptions', key: account, data: { account_ref: account, plan, status: 'active' } },
    );
  const next = (account: string) =>
    service.next('SubscriptionChanged', (data) => data['user'] === 'two' && data['account'] === account);
  const list = async () =>
    items(await service.get('/v1/subscriptions?user=two')).map(({ id, account }) => [id, account]);

  const [first, second] = [next('A'), next('B')];
  await told('A', 'premium');
  expect(await first).toMatchObject({ id: 'spotify' });
  await told('B', 'free');
  expect(await second).toMatchObject({ id: 'spotify~2', before: null });

  await service.engine.records.forget('default', 'A-spotify');
  expect(await list()).toEqual([['spotify~2', 'B']]);
  const [changed, third] = [next('B'), next('C')];
  await told('B', 'premium');
  expect(await changed).toMatchObject({ id: 'spotify~2', before: { plan: 'free' }, changed: ['plan'] });
  await told('C', 'duo');
  expect(await third).toMatchObject({ id: 'spotify~3', before: null });
  expect(await list()).toEqual([
    ['spotify~2', 'B'],
    ['spotify~3', 'C'],
  ]);
});

test('given a subscription that its source does not tell of any more, it is said since when', async () => {
  const gone = service.next(
    'SubscriptionChanged',
    (data) =>
      data['user'] === 'gone' && String(data['changed']).includes('status') && data['before'] !== null,
  );
  const known = service.next('SubscriptionChanged', (data) => data['user'] === 'gone');
  const scope = { ...from('bank-gone', 'bank.plaid', 'bank'), user: 'gone' };
  const data = { provider: 'netflix', status: 'active', renews_on: '2026-12-05', interval: 'month' };
  await write(scope, { stream: 'subscriptions', key: 'stream', data });
  await known;
  const withdrawn = { before: Date.now() + 1 };
  await service.engine.records.write(scope, [{ stream: 'subscriptions', withdrawn }], Date.now());
  expect(await gone).toMatchObject({ id: 'netflix', after: { status: 'unknown', renewsOn: null } });
  const since = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/);
  expect(items(await service.get('/v1/subscriptions?user=gone'))).toMatchObject([
    { status: 'unknown', renewsOn: null, goneSince: since, sources: [{ goneSince: since }] },
  ]);
});

test('given many users, all of their subscriptions are shown, page by page, whatever is asked for', async () => {
  const users = Array.from({ length: 120 }, (_, n) => `many-${String(n).padStart(3, '0')}`);
  for (const user of users) {
    const of = { ...from(`spotify-${user}`, 'spotify.webapi', 'spotify'), user };
    await write(of, { stream: 'subscriptions', key: 'a', data: { plan: 'premium', status: 'active' } });
    const other = { ...from(`netflix-${user}`, 'netflix.export', 'netflix'), user };
    await write(other, { stream: 'subscriptions', key: 'a', data: { plan: 'basic', status: 'active' } });
  }
  const seen: unknown[] = [];
  let cursor = '';
  do {
    const page = await service.get(`/v1/subscriptions?provider=spotify&limit=50${cursor}`);
    seen.push(...items(page).map(({ user }) => user));
    cursor = page.body['next'] === null ? '' : `&cursor=${String(page.body['next'])}`;
  } while (cursor !== '');
  expect(seen.filter((user) => String(user).startsWith('many-'))).toEqual(users);
  const wrong = await service.get('/v1/subscriptions?cursor=nonsense');
  expect(wrong).toMatchObject({ status: 400, body: { type: 'urn:syncopate:problem:invalid-cursor' } });
});

test('given more charges than a page has, each is told once, newest first; a cursor that is none is refused', async () => {
  const of = { ...from('paged', 'http.json', 'http'), user: 'paged' };
  const days = Array.from({ length: 23 }, (_, n) => `2026-11-${String((n % 9) + 1).padStart(2, '0')}`);
  const told = days.map((occurred_on, n) => ({
    stream: 'charges' as const,
    key: `k${n}`,
    data: { occurred_on, amount_minor: n },
  }));
  await service.engine.records.write(of, told, Date.now());
  const seen: Record<string, unknown>[] = [];
  let next: unknown = '';
  for (let page = 0; typeof next === 'string'; page += 1) {
    const cursor = next === '' ? '' : `&cursor=${next}`;
    const answer = await service.get(`/v1/charges?user=paged&limit=5${cursor}`);
    seen.push(...items(answer));
    next = answer.body['next'];
    expect(page).toBeLessThan(6);
  }
  expect(new Set(seen.map((row) => row['key'])).size).toBe(23);
  expect(seen.map((row) => row['occurredOn'])).toEqual(days.toSorted().toReversed());
  const part = await service.get('/v1/charges?user=paged&from=2026-11-02&to=2026-11-03');
  expect(new Set(items(part).map((row) => row['occurredOn']))).toEqual(new Set(['2026-11-02']));
  for (const cursor of ['nonsense', Buffer.from('["usage","","c","k"]').toString('base64url')])
    expect((await service.get(`/v1/charges?cursor=${cursor}`)).status).toBe(400);
  expect((await service.get('/v1/usage?from=yesterday')).body).toMatchObject({ errors: [{ field: 'from' }] });
});
