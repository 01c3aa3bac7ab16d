import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { HOUR } from '#lib/domain/kernel';
import { Rig, type Trouble } from '../testing/index.js';
import { demoSecret, HttpJsonStandIn } from '../testing/http-json-stand-in.js';
import { closeOpened, opened, owner, shortWaits } from '../testing/stand-ins.js';
import { httpJson } from './index.js';

afterEach(closeOpened);

const fields = {
  amount_minor: { pointer: '/total', as: 'minor_units', currency: '/currency' },
  occurred_on: { pointer: '/paid', as: 'date' },
};
const charges = { stream: 'charges', items: '/data/invoices', key: ['/id'], fields };

const subscribed = {
  stream: 'subscriptions',
  items: '/data/invoices',
  key: ['/id'],
  fields: { status: '/status', interval: '/every' },
};

async function connected(config: object, invoices = 5) {
  const service = opened(await HttpJsonStandIn.start());
  for (let each = 0; each < invoices; each++) service.bill();
  const vault = new MemoryVault();
  await vault.write(owner, { token: demoSecret }, 0);
  const auth = { kind: 'bearer', secret: 'token' };
  const settings = { provider: 'acme', baseUrl: `${service.url}/v1`, path: '/plain', auth, records: charges };
  const rig = new Rig({ connector: httpJson, config: { ...settings, ...config }, vault, http: shortWaits });
  const change = (more: object): void => void Object.assign(rig.options.config as object, more);
  const rows = (stream: 'charges' | 'subscriptions' = 'charges') =>
    rig.sink.of(stream).map(({ key, data }) => [key, data['amount_minor'] ?? data['status']]);
  /** Once more, later: what was told before is older than what is told now. */
  const again = async (operation?: 'full_sync') => {
    rig.clock.move(HOUR);
    return await rig.run(operation);
  };
  return { service, rig, change, rows, again };
}

const answer = (invoices: unknown): Trouble => ({
  kind: 'status',
  status: 200,
  body: typeof invoices === 'string' ? `{"data":{"invoices":${invoices}}}` : { data: { invoices } },
});

describe('a service that counts pages', () => {
  const since = { incremental: { cursor: '/changed', parameter: 'since' } };
  const page = (value: number) => ({
    ...since,
    path: '/page',
    paging: { kind: 'page', parameter: 'page', size: { parameter: 'n', value } },
  });
  const offset = (limit: number) => ({
    ...since,
    path: '/offset',
    paging: { kind: 'offset', parameter: 'offset', limitParameter: 'limit', limit },
  });

  test.each([
    ['pages', page(500)],
    ['offsets', offset(500)],
  ])('by %s, and tells fewer at once than it is asked for: is read to the end', async (_, config) => {
    const { service, rig, rows } = await connected(config);
    service.most = 2;
    service.invoices.reverse();
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
    expect(rows()).toHaveLength(5);
  });

  const notFound: Trouble = { kind: 'status', status: 404, body: { detail: 'Invalid page.' } };
  test.each([
    ['a full last page', page(2), 4],
    ['a short last page', page(2), 3],
    ['a page that is the only one', page(500), 1],
    ['a full last page of offsets', offset(2), 4],
  ])('and has nothing behind %s, which it says with 404: that is the end', async (_, config, invoices) => {
    const { service, rig } = await connected(config, invoices);
    service.behind = notFound;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: invoices } });
    expect(rig.state).toMatchObject({ cursor: expect.any(String) });
  });

  test.each([
    ['pages', { ...page(500), path: '/plain' }],
    ['offsets', { ...offset(500), path: '/plain' }],
  ])(
    'by %s, and tells its only page again for what is behind it: that is the end, and all of it',
    async (_, config) => {
      const { service, rig, rows, again } = await connected({ ...config, records: subscribed }, 3);
      expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 3 } });
      expect(rig.state).toMatchObject({ cursor: expect.any(String) });
      service.invoices.shift();
      expect(await again('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 2 } });
      expect(rows('subscriptions').map(([key]) => key)).toEqual(['inv_2', 'inv_3']);
    },
  );

  test('tells fewer at once than it is asked for, and its last page again for what is behind it: that is the end', async () => {
    const { service, rig, rows } = await connected(offset(500));
    service.most = 2;
    service.behind = answer(service.invoices.slice(-1));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
    expect(rows()).toHaveLength(5);
  });

  test('that are full, and knows nothing of the parameter: ends, and says so', async () => {
    const { rig } = await connected({ ...page(5), path: '/plain' });
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { code: 'paging_loop' } });
  });

  test.each([
    ['pages', page(2), 'page', '2'],
    ['offsets', offset(2), 'offset', '2'],
  ])(
    'by %s, and loses an item while they are read: what slipped past is not gone',
    async (_, config, name, second) => {
      const { service, rig, rows, again } = await connected({ ...config, records: subscribed });
      await rig.run();
      const { admits } = service;
      service.admits = (request) => {
        if (request.query[name] === second) service.invoices.shift();
        return admits(request);
      };
      expect(await again('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 4 } });
      expect(rows('subscriptions').map(([key]) => key)).toContain('inv_3');
    },
  );

  test('of charges whose key is set anew: each is there once', async () => {
    const { rig, change, rows, again } = await connected(page(2), 3);
    await rig.run();
    change({ records: { ...charges, key: ['/paid'] } });
    await again();
    expect(rows().map(([key]) => key)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03']);
  });

  test('and calls what is behind its only page a bad request: that is the end; behind more pages it is not', async () => {
    const { service, rig } = await connected(page(500), 1);
    service.behind = { kind: 'status', status: 400, body: { code: 'invalid_page_number' } };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    for (let each = 0; each < 3; each++) service.bill();
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'failed', failure: { class: 'CONFIG' } });
  });

  test('and does not know the first: 404 is no end but CONFIG, as is what the settings call so', async () => {
    const { service, rig } = await connected(page(2), 0);
    service.behind = notFound;
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'CONFIG' } });
    const busy = await connected({ ...page(2), errors: [{ status: 404, class: 'TRANSIENT' }] }, 4);
    busy.service.behind = notFound;
    expect(await busy.rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT' } });
  });
});

describe('an item', () => {
  test('that changes within the instant of the cursor: is read again, once', async () => {
    const { service, rig, rows } = await connected({ incremental: { cursor: '/paid', parameter: 'since' } });
    service.filters = false;
    await rig.run();
    service.invoices.splice(4, 1, { ...service.invoices[4]!, total: '19.90' });
    expect(await rig.run()).toMatchObject({ counts: { read: 1 } });
    expect(rows()).toContainEqual(['inv_5', 1990]);
    expect(await rig.run()).toMatchObject({ counts: { read: 0 } });
  });

  test('at the cursor of an earlier version, which remembered keys only: is read once more', async () => {
    const { rig } = await connected({ incremental: { cursor: '/changed', parameter: 'since' } });
    await rig.run();
    rig.state = { ...rig.state, at: ['AAAAAAAAAAAA'] };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1 } });
    expect(await rig.run()).toMatchObject({ counts: { read: 0 } });
  });

  const item = '"total":1,"currency":"EUR","paid":"2026-01-01"';
  test('whose number is larger than JavaScript can tell apart: is refused, not merged with its neighbours', async () => {
    const { service, rig, rows } = await connected({});
    const ids = ['1234567890123456788', '1234567890123456789', '9007199254740991', '"1234567890123456790"'];
    service.script('/v1', answer(`[${ids.map((id) => `{"id":${id},${item}}`).join()}]`));
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 4, rejected: 2, rejections: [{ reason: expect.stringContaining('2^53') }] },
    });
    expect(rows()).toEqual([['9007199254740991', 100], ['1234567890123456790', 100]]); // prettier-ignore
  });

  test('in minor units and a lower-case currency: is a charge in that currency', async () => {
    const records = {
      ...charges,
      fields: {
        amount_minor: { pointer: '/amount', as: 'number' },
        currency: '/currency',
        occurred_on: { pointer: '/created', as: 'date' },
      },
    };
    const { service, rig } = await connected({ records });
    service.script('/v1', answer([{ id: 'ch_1', created: 1_767_225_600, amount: 1299, currency: 'eur' }]));
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { rejected: 0 } });
    expect(rig.sink.of('charges')[0]?.data).toMatchObject({ amount_minor: 1299, currency: 'EUR', occurred_on: '2026-01-01' }); // prettier-ignore
  });
});

describe('subscriptions', () => {
  const records = (more: object = {}) => ({ ...subscribed, fields: { ...subscribed.fields, ...more } });

  test('in the words of the service: in ours, with the raw word beside; a word that nobody knows stays', async () => {
    const { service, rig } = await connected({ records: records() });
    const told = [['canceled', 'monthly'], ['Incomplete_Expired', 'annually'], ['trialing', 'P3M'], ['active', 'month'], ['on hold', null]]; // prettier-ignore
    service.script(
      '/v1',
      answer(told.map(([status, every], at) => ({ id: `s${at}`, status, every }))),
    ); // prettier-ignore
    await rig.run();
    expect(
      rig.sink.of('subscriptions').map(({ data }) => [data['status'], data['status_raw'], data['interval']]),
    ).toEqual([
      ['cancelled', 'canceled', 'month'],
      ['expired', 'Incomplete_Expired', 'year'],
      ['trialing', undefined, '3 month'],
      ['active', undefined, 'month'],
      ['paused', 'on hold', null],
    ]);
  });

  test('in words that the settings translate: in those', async () => {
    const status = { pointer: '/status', words: { gekündigt: 'cancelled', läuft: 'active' } };
    const { service, rig, rows } = await connected({ records: records({ status, status_raw: '/status' }) });
    service.script('/v1', answer([{ id: 'a', status: 'gekündigt' }, { id: 'b', status: 'läuft' }, { id: 'c', status: 'ruht' }])); // prettier-ignore
    await rig.run();
    expect(rows('subscriptions')).toEqual([['a', 'cancelled'], ['b', 'active'], ['c', 'ruht']]); // prettier-ignore
    expect(rig.sink.of('subscriptions')[0]?.data['status_raw']).toBe('gekündigt');
  });

  test('of which one is not told any more: is gone after a whole read; not where a row could not be read', async () => {
    const { service, rig, rows, again } = await connected({ records: records({ price_minor: { pointer: '/total', as: 'minor_units', currency: '/currency' } }) }, 3); // prettier-ignore
    await rig.run();
    const [first, second, third] = service.invoices.splice(0);
    service.invoices.push(first!, { ...second!, total: 'much' });
    await again();
    expect(rows('subscriptions')).toHaveLength(3);
    service.invoices.splice(0, 2, first!, third!);
    await again();
    expect(rows('subscriptions').map(([key]) => key)).toEqual(['inv_1', 'inv_3']);
  });

  test('read from a cursor on: what is not told is not gone', async () => {
    const { rig, rows, again } = await connected({ records: records(), incremental: { cursor: '/changed', parameter: 'since' } }); // prettier-ignore
    await rig.run();
    await again();
    expect(rows('subscriptions')).toHaveLength(5);
  });
});

describe('charges', () => {
  test('whose key is set anew: each is there once, and what is older than the service tells stays', async () => {
    const { service, rig, change, rows, again } = await connected({}, 3);
    await rig.run();
    service.invoices.shift();
    change({ records: { ...charges, key: ['/paid'] } });
    expect(await again()).toMatchObject({ kind: 'succeeded', counts: { read: 2 } });
    expect(rows()).toEqual([['inv_1', 990], ['2026-11-02', 990], ['2026-11-03', 990]]); // prettier-ignore
  });

  test('that are not told any more, by the same settings: stay, because services tell of some time only', async () => {
    const { service, rig, rows, again } = await connected({}, 3);
    await rig.run();
    service.invoices.splice(1, 1);
    await again('full_sync');
    expect(rows()).toHaveLength(3);
  });
});
