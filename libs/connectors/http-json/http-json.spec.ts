import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { connectorConformance } from '../kit/testing/index.js';
import { RecordingContext, Rig, type Trouble } from '../testing/index.js';
import { demoSecret, HttpJsonStandIn, type HttpJsonRequest } from '../testing/http-json-stand-in.js';
import { httpJson } from './index.js';

const owner = { tenant: 'default', connection: 'connection-1' };
const open: HttpJsonStandIn[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()));
});

const since = { cursor: '/changed', parameter: 'since' };
const records = {
  stream: 'charges',
  items: '/data/invoices',
  key: ['/id'],
  fields: {
    charge_ref: '/id',
    amount_minor: { pointer: '/total', as: 'minor_units', currency: '/currency' },
    occurred_on: { pointer: '/paid', as: 'date' },
    merchant: { constant: 'Acme' },
  },
};

/** A customer of a company with five invoices, whose connection is described in settings. */
async function invoiced(config: object = {}, invoices = 5) {
  const service = await HttpJsonStandIn.start();
  open.push(service);
  for (let each = 0; each < invoices; each++) service.bill();
  const vault = new MemoryVault();
  await vault.write(owner, { token: demoSecret }, 0);
  const settings = {
    provider: 'acme', baseUrl: `${service.url}/v1`, path: '/plain', auth: { kind: 'bearer', secret: 'token' },
    incremental: since, records, ...config,
  }; // prettier-ignore
  const http = { allowLoopback: true, headersMs: 300, bodyMs: 300, totalMs: 2_000 };
  return { service, vault, settings, rig: new Rig({ connector: httpJson, config: settings, vault, http }) };
}

const keysOf = (rig: Rig): readonly string[] => rig.sink.of('charges').map(({ key }) => key);
const ALL = ['inv_1', 'inv_2', 'inv_3', 'inv_4', 'inv_5'];

describe('a described API', () => {
  test('first, idle and grown: reads all, then nothing, then one', async () => {
    const { service, rig } = await invoiced();
    expect(await rig.run()).toMatchObject({
      kind: 'succeeded',
      counts: { read: 5, written: 5, rejected: 0 },
    });
    expect(rig.sink.of('charges')[0]).toEqual({
      stream: 'charges',
      key: 'inv_1',
      data: { provider: 'acme', source: 'http', charge_ref: 'inv_1', amount_minor: 990, currency: 'EUR', occurred_on: '2026-11-01', merchant: 'Acme' },
    }); // prettier-ignore
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 0 } });
    service.bill();
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 1, written: 1 } });
    const asked = service.requests.map(({ query }) => query['since']);
    expect(asked).toEqual([undefined, '2026-11-05T08:00:00Z', '2026-11-05T08:00:00Z']);
  });

  test('a full sync: asks without the cursor and reads everything again', async () => {
    const { service, rig } = await invoiced();
    await rig.run();
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
    expect(service.requests.at(-1)?.query).toEqual({});
  });

  test('a new item at the very instant of the last one: is read, and the last one is not read again', async () => {
    const { service, rig } = await invoiced();
    await rig.run();
    service.bill({ id: 'twin', changed: '2026-11-05T08:00:00Z' });
    expect(await rig.run()).toMatchObject({ counts: { read: 1 } });
    expect(await rig.run()).toMatchObject({ counts: { read: 0 } });
    expect(keysOf(rig)).toEqual([...ALL, 'twin']);
  });

  test('a service that ignores the parameter, or sorts backwards: old items are still left out', async () => {
    const { service, rig } = await invoiced();
    service.filters = false;
    service.invoices.reverse();
    await rig.run();
    expect(await rig.run()).toMatchObject({ counts: { read: 0 } });
  });

  test('without incremental settings: every run reads all', async () => {
    const { rig } = await invoiced({ incremental: undefined });
    await rig.run();
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
  });

  test('settings that change: the stored cursor no longer counts', async () => {
    const { rig } = await invoiced();
    await rig.run();
    rig.state = { ...rig.state, of: 'other settings' };
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
  });

  test.each<[string, object, object]>([
    ['next_url', { path: '/next', paging: { kind: 'next_url', next: '/links/next' } }, { after: '4' }],
    ['cursor', { path: '/cursor', paging: { kind: 'cursor', next: '/paging/next', parameter: 'after', more: '/paging/has_more' } }, { after: '4' }],
    ['page', { path: '/page', paging: { kind: 'page', parameter: 'page' } }, { page: '4' }],
    ['page with a size', { path: '/page', paging: { kind: 'page', parameter: 'page', size: { parameter: 'n', value: 2 } } }, { page: '3', n: '2' }],
    ['offset', { path: '/offset', paging: { kind: 'offset', parameter: 'offset', limitParameter: 'limit', limit: 3 } }, { offset: '3', limit: '3' }],
  ])('paging by %s: reads every page once, up to the last', async (_, config, last) => {
    const { service, rig } = await invoiced(config);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
    expect(keysOf(rig)).toEqual(ALL);
    expect(service.requests.at(-1)?.query).toEqual(last);
  }); // prettier-ignore

  test('POST: the body, with cursor and paging beside it', async () => {
    const config = { method: 'POST', path: '/cursor', body: { status: ['paid'] }, query: { view: 'all' }, headers: { 'X-Tenant': 'demo', Accept: 'application/vnd.acme+json' } };
    const { service, rig } = await invoiced({ ...config, paging: { kind: 'cursor', next: '/paging/next', parameter: 'after', more: '/paging/has_more' } });
    await rig.run();
    expect(service.requests[1]).toMatchObject({
      method: 'POST',
      query: { view: 'all' },
      headers: { 'content-type': 'application/json', 'x-tenant': 'demo', accept: 'application/vnd.acme+json' },
      body: { status: ['paid'], after: 2 },
    });
    await rig.run();
    expect(service.requests.at(-1)?.body).toEqual({ status: ['paid'], since: '2026-11-05T08:00:00Z' });
  }); // prettier-ignore

  test('one object in place of a list: is the only item', async () => {
    const { rig } = await invoiced({ path: '/one' });
    expect(await rig.run()).toMatchObject({ counts: { read: 1 } });
  });

  test('items that are not what the settings say: rejected one by one, and too many are SCHEMA_DRIFT', async () => {
    const { service, rig } = await invoiced();
    service.bill({ total: '12,99 EUR' });
    service.bill({ currency: 'euro' });
    service.bill({ paid: '30 Feb' });
    service.bill({ id: '' });
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 9, rejected: 4 } });
    for (let each = 0; each < 20; each++) service.bill({ total: 'much' });
    expect(await rig.run('full_sync')).toMatchObject({ kind: 'failed', failure: { class: 'SCHEMA_DRIFT' } });
  });

  test('a pace: waits once the requests of the time are spent, and goes on', async () => {
    const page = { path: '/page', paging: { kind: 'page', parameter: 'page' } };
    const { rig, settings } = await invoiced({ ...page, limits: { requests: 2, perSeconds: 10 } });
    const environment = rig.clock.environment();
    const waits: number[] = [];
    const timers: typeof environment.timers = {
      ...environment.timers,
      after(delay, callback) {
        waits.push(delay);
        rig.clock.move(delay);
        return environment.timers.after(delay, callback);
      },
    };
    const context = rig.context({ config: settings, environment: { ...environment, timers } });
    const kinds: string[] = [];
    for await (const message of httpJson.read(context)) kinds.push(message.kind);
    expect(kinds.filter((kind) => kind === 'record')).toHaveLength(5);
    expect(waits).toEqual([10_000]);
  });
});

describe('credentials', () => {
  const key = (request: HttpJsonRequest): boolean => request.headers['x-api-key'] === `Token ${demoSecret}`;
  const basic = `Basic ${Buffer.from(`me:${demoSecret}`).toString('base64')}`;
  test.each<[string, object, (request: HttpJsonRequest) => boolean]>([
    ['header', { kind: 'header', name: 'X-Api-Key', prefix: 'Token ', secret: 'token' }, key],
    ['basic', { kind: 'basic', user: 'me', secret: 'token' }, ({ headers }) => headers['authorization'] === basic],
    ['query', { kind: 'query', parameter: 'api_key', secret: 'token' }, ({ query }) => query['api_key'] === demoSecret],
    ['none', { kind: 'none' }, ({ headers }) => headers['authorization'] === undefined],
  ])('by %s: sent with every page', async (_, auth, admits) => {
    const { service, rig } = await invoiced({ auth, path: '/next', paging: { kind: 'next_url', next: '/links/next' } });
    service.admits = admits;
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
  }); // prettier-ignore

  test('never stored, refused, or unfit for a header: says what to do', async () => {
    const { service, rig, vault } = await invoiced();
    service.admits = () => false;
    expect(await rig.run()).toMatchObject({ failure: { class: 'AUTH_REVOKED', message: expect.stringContaining('store a new one') } });
    await vault.write(owner, { token: 'line\r\nbreak: 1' }, 1);
    expect(await rig.run()).toMatchObject({ failure: { class: 'CONFIG', code: 'secret_unfit' } });
    await vault.remove(owner);
    expect(await rig.run()).toMatchObject({ failure: { class: 'AUTH_REVOKED', code: 'no_credentials' } });
    expect(service.requests).toHaveLength(1);
  }); // prettier-ignore

  test('echoed by the service: no message, state or record holds them', async () => {
    const auth = { kind: 'query', parameter: 'api_key', secret: 'token' };
    const { service, rig } = await invoiced({ auth });
    service.admits = () => true;
    service.bill({ id: `for ${demoSecret}` });
    await rig.run();
    for (const status of [400, 401, 403, 429, 500]) {
      service.script('/v1', {
        kind: 'status',
        status,
        body: `you sent ${demoSecret} and api_key=${demoSecret}`,
      });
      expect(JSON.stringify([await rig.run(), rig.state, [...rig.sink.records]])).not.toContain(demoSecret);
    }
  });
});

describe('trouble', () => {
  const body = { error: { code: 'credits_used_up' } };
  test.each<[string, Trouble, object]>([
    ['a 500', { kind: 'status', status: 500 }, { failure: { class: 'TRANSIENT' } }],
    ['a 503 with a time', { kind: 'status', status: 503, headers: { 'retry-after': '7' } }, { failure: { class: 'TRANSIENT', retryAfterMs: 7_000 } }],
    ['a 429 with a time', { kind: 'status', status: 429, headers: { 'retry-after': '2' } }, { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 2_000 }],
    ['a 429 with a date', { kind: 'status', status: 429, headers: { date: 'Fri, 20 Nov 2026 12:00:00 GMT', 'retry-after': 'Fri, 20 Nov 2026 12:01:30 GMT' } }, { kind: 'snoozed', delayMs: 90_000 }],
    ['a 429 without', { kind: 'status', status: 429 }, { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 60_000 }],
    ['a row of the settings', { kind: 'status', status: 402, body }, { kind: 'snoozed', class: 'QUOTA_EXHAUSTED', delayMs: 3_600_000 }],
    ['a 403', { kind: 'status', status: 403, body: 'Forbidden' }, { failure: { class: 'PERMISSION' } }],
    ['a 404', { kind: 'status', status: 404 }, { failure: { class: 'CONFIG' } }],
    ['a 409', { kind: 'status', status: 409 }, { failure: { class: 'INTERNAL' } }],
    ['an HTML page', { kind: 'status', status: 200, body: '<!doctype html>' }, { failure: { class: 'TRANSIENT' } }],
    ['JSON without the items', { kind: 'status', status: 200, body: { data: 1 } }, { failure: { class: 'SCHEMA_DRIFT' } }],
    ['JSON nested too deep', { kind: 'status', status: 200, body: `${'['.repeat(5_000)}${']'.repeat(5_000)}` }, { failure: { class: 'TRANSIENT' } }],
    ['a body that is too large', { kind: 'status', status: 200, body: `"${'x'.repeat(5_000_000)}"` }, { failure: { class: 'SCHEMA_DRIFT' } }],
    ['a dropped connection', { kind: 'drop' }, { failure: { class: 'TRANSIENT' } }],
    ['a truncated body', { kind: 'truncate' }, { failure: { class: 'TRANSIENT' } }],
    ['a body that stalls', { kind: 'stall' }, { failure: { class: 'TRANSIENT' } }],
  ])('%s: its own outcome, and a later run is whole again', async (_, trouble, expected) => {
    const errors = [{ status: 402, json: { '/error/code': 'credits_used_up' }, class: 'QUOTA_EXHAUSTED', fallbackDelayMs: 3_600_000 }];
    const { service, rig } = await invoiced({ errors });
    service.script('/v1', trouble);
    expect(await rig.run()).toMatchObject(expected);
    expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 5 } });
  }); // prettier-ignore

  test('in page 2: what was read stays, no cursor is stored, and the next run is whole', async () => {
    const { service, rig } = await invoiced({ path: '/page', paging: { kind: 'page', parameter: 'page' } });
    const admits = service.admits;
    service.admits = (request) => {
      if (request.query['page'] === '2') service.script('/v1', { kind: 'drop' });
      return admits(request);
    };
    expect(await rig.run()).toMatchObject({ kind: 'failed', counts: { read: 4 } });
    expect(rig.state).toBeUndefined();
    service.admits = admits;
    await rig.run();
    expect(keysOf(rig)).toEqual(ALL);
  });

  test.each<[string, object, object]>([
    ['pages in a circle', { path: '/next', paging: { kind: 'next_url', next: '/links/next' } }, { class: 'SCHEMA_DRIFT', code: 'paging_loop' }],
    ['a page parameter it does not know', { path: '/plain', paging: { kind: 'page', parameter: 'page' } }, { class: 'SCHEMA_DRIFT', code: 'paging_loop' }],
    ['more pages than allowed', { path: '/page', paging: { kind: 'page', parameter: 'page' }, limits: { maxPages: 2 } }, { class: 'CONFIG', code: 'too_much' }],
    ['more items than allowed', { limits: { maxItems: 4 } }, { class: 'CONFIG', code: 'too_much' }],
  ])('%s: ends, and says so', async (_, config, failure) => {
    const { service, rig } = await invoiced(config);
    service.next = '/v1/next?after=2';
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure });
    expect(rig.state).toBeUndefined();
  }); // prettier-ignore
});

describe('the connector', () => {
  test('cancelled while the service stalls: ends at once as cancelled', async () => {
    const { service, rig } = await invoiced();
    service.script('/v1', { kind: 'stall' });
    const context = new RecordingContext();
    const running = rig.run('incremental_sync', {}, context);
    context.abort.abort();
    expect(await running).toEqual({ kind: 'cancelled' });
  });

  test('held against the contract: nothing is missing', async () => {
    const { rig, service, settings } = await invoiced({ path: '/page', paging: { kind: 'page', parameter: 'page' } });
    const missing = await connectorConformance(httpJson, {
      good: (overrides) => rig.context(overrides),
      broken: [
        { name: 'no settings', class: 'CONFIG', context: (o) => rig.context({ ...o, config: {} }) },
        { name: 'no secret', class: 'AUTH_REVOKED', context: (o) => rig.context({ ...o, owner: { ...owner, tenant: 'other' } }) },
        { name: 'a wrong path', class: 'CONFIG', context: (o) => rig.context({ ...o, config: { ...settings, path: '/elsewhere' } }) },
      ],
      canaries: [demoSecret],
    }); // prettier-ignore
    expect(missing).toEqual([]);
    expect(service.requests.length).toBeGreaterThan(8);
    expect(await rig.engine.checkConnection('default', 'connection-1')).toEqual({ ok: true, account: `acme at 127.0.0.1:${service.port}` });
  }); // prettier-ignore
});
