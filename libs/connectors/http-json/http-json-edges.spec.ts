import { afterEach, describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { Rig } from '../testing/index.js';
import { demoSecret, HttpJsonStandIn } from '../testing/http-json-stand-in.js';
import { httpJsonConfig } from './config.js';
import { decimalMoney } from './decimal.js';
import { createHttpJson } from './index.js';
import { isPublicAddress } from '../kit/private-address.js';
import { issuesOf } from '../kit/schema.js';
import { convert } from './values.js';

const open: HttpJsonStandIn[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()));
});

const minimal = {
  provider: 'acme',
  baseUrl: 'https://api.acme.example',
  path: '/v1/plain',
  records: { stream: 'usage', items: '/data/invoices', key: ['/id'], fields: { item: '/id' } },
};

/** A service on this machine, and a connection that tries to reach some address. */
async function neighbour(config: object, addresses: readonly string[] = [], allowLoopback = false) {
  const service = await HttpJsonStandIn.start();
  open.push(service);
  service.admits = () => true;
  service.bill();
  const asked: string[] = [];
  const connector = createHttpJson({
    async resolve(hostname) {
      asked.push(hostname);
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
  });
  const vault = new MemoryVault();
  await vault.write({ tenant: 'default', connection: 'connection-1' }, { token: demoSecret }, 0);
  const auth = { kind: 'bearer', secret: 'token' };
  const http = { allowLoopback, connectMs: 500, headersMs: 300, bodyMs: 300, totalMs: 1_000 };
  const rig = new Rig({ connector, config: { ...minimal, auth, ...config }, vault, http });
  return { service, rig, asked };
}

describe('an address', () => {
  test.each([
    ['http://api.acme.example'],
    ['ftp://api.acme.example'],
    ['https://user:pass@api.acme.example'],
    ['https://127.0.0.1'],
    ['https://localhost'],
    ['https://[::1]'],
    ['https://10.1.2.3'],
    ['https://172.31.255.255'],
    ['https://192.168.0.1:8443'],
    ['https://169.254.169.254/latest'],
    ['https://100.64.0.1'],
    ['https://0.0.0.0'],
    ['https://2130706433'],
    ['https://0x7f.1'],
    ['https://0177.0.0.1'],
    ['https://[::ffff:127.0.0.1]'],
    ['https://[::ffff:8.8.8.8]'],
    ['https://[fd00::1]'],
    ['https://[fe80::1]'],
    ['https://[64:ff9b::7f00:1]'],
    ['https://[2002:7f00:1::]'],
    ['not a url'],
    [''],
  ])('%p in the settings: CONFIG, without a lookup or a request', async (baseUrl) => {
    const { service, rig, asked } = await neighbour({ baseUrl });
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'CONFIG' } });
    expect([asked, service.requests]).toEqual([[], []]);
  });

  test.each([
    ['one private', ['10.0.0.7']],
    ['a public and a private one', ['93.184.216.34', '127.0.0.1']],
    ['the metadata service', ['169.254.169.254']],
    ['a mapped loopback', ['::ffff:127.0.0.1']],
    ['a unique local one', ['fd12::1']],
  ])('whose name leads to %s: CONFIG when connecting', async (_, addresses) => {
    const { service, rig, asked } = await neighbour({}, addresses);
    expect(await rig.run()).toMatchObject({
      kind: 'failed',
      failure: { class: 'CONFIG', code: 'private_address', message: expect.stringContaining('api.acme.example') },
    });
    expect(asked).toEqual(['api.acme.example']);
    expect(service.requests).toEqual([]);
  }); // prettier-ignore

  test('whose name leads nowhere: TRANSIENT', async () => {
    const { rig } = await neighbour({}, []);
    expect(await rig.run()).toMatchObject({ kind: 'failed', failure: { class: 'TRANSIENT', code: 'ENOTFOUND' } });
  }); // prettier-ignore

  test('on this machine, with loopback allowed: by its own names only, other names stay refused', async () => {
    const { service, rig } = await neighbour({}, ['127.0.0.1'], true);
    expect(await rig.run()).toMatchObject({ failure: { class: 'CONFIG', code: 'private_address' } });
    const config = { ...minimal, baseUrl: `http://localhost:${service.port}` };
    const records: string[] = [];
    for await (const message of rig.options.connector.read(rig.context({ config })))
      records.push(message.kind);
    expect(records).toContain('record');
    const lan = rig.context({ config: { ...minimal, baseUrl: 'https://192.168.1.1' } });
    expect(await rig.options.connector.check(lan)).toMatchObject({ ok: false, class: 'CONFIG' });
  });

  test.each([
    ['another host', 'https://evil.example/v1/next'],
    ['another port', 'http://127.0.0.1:1/v1/next'],
    ['another scheme', 'https://127.0.0.1/v1/next'],
    ['a host without a scheme', '//evil.example/next'],
    ['a host behind backslashes', '\\\\evil.example\\next'],
    ['a script', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
  ])('of the next page on %s: SCHEMA_DRIFT, and nothing is sent there', async (_, next) => {
    const paging = { kind: 'next_url', next: '/links/next' };
    const { service, rig, asked } = await neighbour({ path: '/v1/next', paging }, [], true);
    service.next = next;
    const config = { ...minimal, path: '/v1/next', paging, baseUrl: service.url };
    const kinds: string[] = [];
    const reading = (async () => {
      for await (const message of rig.options.connector.read(rig.context({ config })))
        kinds.push(message.kind);
    })();
    await expect(reading).rejects.toMatchObject({ class: 'SCHEMA_DRIFT', code: 'next_elsewhere' });
    expect(service.requests).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  test('of the next page that begins with two slashes on our own host: stays on our own host', async () => {
    const paging = { kind: 'next_url', next: '/links/next' };
    const { service, rig, asked } = await neighbour({}, [], true);
    service.next = `${service.url}//evil.example/next`;
    const config = { ...minimal, path: '/v1/next', paging, baseUrl: service.url };
    expect(await rig.options.connector.check(rig.context({ config }))).toMatchObject({ ok: true });
    const iterator = rig.options.connector.read(rig.context({ config }))[Symbol.asyncIterator]();
    await expect((async () => { while ((await iterator.next()).done !== true); })()).rejects.toMatchObject({ class: 'CONFIG', code: 'http_404' });
    expect(service.requests.at(-1)?.path).toBe('//evil.example/next');
    expect(asked).toEqual([]);
  }); // prettier-ignore

  test.each([301, 302, 303, 307, 308])('answered with %i: not followed', async (status) => {
    const { service, rig } = await neighbour({}, [], true);
    const trap = await HttpJsonStandIn.start();
    open.push(trap);
    service.script('/v1', { kind: 'status', status, headers: { location: trap.url } });
    const config = { ...minimal, baseUrl: service.url };
    expect(await rig.options.connector.check(rig.context({ config }))).toMatchObject({ class: 'CONFIG' });
    expect(trap.requests).toEqual([]);
  });
});

test.each([
  ['8.8.8.8', true], ['1.1.1.1', true], ['172.15.0.1', true], ['172.32.0.1', true], ['2606:4700::1111', true],
  ['172.16.0.1', false], ['198.19.0.1', false], ['203.0.113.9', false], ['224.0.0.1', false], ['255.255.255.255', false],
  ['2001:db8::1', false], ['2001::1', false], ['3fff::1', false], ['::', false], ['::1', false], ['::ffff:8.8.8.8', false],
  ['fec0::1', false], ['ff02::1', false], ['fe80::1%eth0', false], ['no address', false],
])('%s: public is %p', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
}); // prettier-ignore

describe('settings', () => {
  const fields = (all: object): object => ({ records: { ...minimal.records, fields: all } });
  test.each<[string, object, string]>([
    ['a literal header', { headers: { Authorization: 'Bearer x' } }, 'looks like a secret'],
    ['a literal key', { headers: { 'X-Api-Key': 'x' } }, 'looks like a secret'],
    ['a literal query', { query: { access_token: 'x' } }, 'looks like a secret'],
    ['a literal in camel case', { query: { authToken: 'x' } }, 'looks like a secret'],
    ['a literal deep in the body', { method: 'POST', body: { login: [{ password: 'x' }] } }, 'looks like a secret'],
    ['a secret in place of its name', { auth: { kind: 'bearer', secret: 'sk-live-ABC' } }, 'name of a secret in the vault'],
    ['a framing header', { headers: { 'Content-Length': '0' } }, 'not to be set'],
    ['a header with a line break', { headers: { 'X-A': 'a\r\nb: c' } }, 'plain text'],
    ['a body with GET', { body: { a: 1 } }, 'method POST only'],
    ['a path with a host', { path: '//evil.example/' }, 'must begin with one /'],
    ['a path with a backslash', { path: '/\\evil.example' }, 'must begin with one /'],
    ['a path with a query', { path: '/a?b=c' }, 'hold no query'],
    ['a base with a query', { baseUrl: 'https://a.example/?x' }, 'hold no query'],
    ['an unknown setting', { retries: 3 }, 'retries'],
    ['an unknown paging', { paging: { kind: 'link_header' } }, 'paging'],
    ['no pointer', fields({ item: 'data.id' }), 'must be a JSON pointer'],
    ['a field in capitals', fields({ Price: '/p' }), 'such as price_minor'],
    ['no field', fields({}), '1 to 60 fields'],
    ['money without a currency', fields({ price_minor: { pointer: '/p', as: 'minor_units' } }), 'needs a currency'],
    ['a price as it comes', fields({ price_minor: '/p' }), 'as: minor_units'],
    ['a day as it comes', fields({ renews_on: '/d' }), 'as: date'],
    ['a time as it comes', fields({ occurred_at: '/d' }), 'as: instant'],
    ['an error without a condition', { errors: [{ class: 'TRANSIENT' }] }, 'needs a condition'],
    ['a wait without a time', { errors: [{ status: 420, class: 'RATE_LIMITED' }] }, 'needs fallbackDelayMs'],
    ['too many pages', { limits: { maxPages: 1e9 } }, 'limits.maxPages'],
  ])('with %s: refused, saying where and why', (_, config, words) => {
    const parsed = httpJsonConfig.safeParse({ ...minimal, ...config });
    expect(parsed.success ? 'accepted' : issuesOf(parsed.error)).toContain(words);
  });

  test('with innocent names: accepted', () => {
    const config = { query: { keyword: 'x', author: 'y', tokenise: '1' }, headers: { 'X-Monkey': '1' } };
    expect(httpJsonConfig.safeParse({ ...minimal, ...config }).success).toBe(true);
  });
}); // prettier-ignore

test.each<[unknown, object, unknown]>([
  ['12.99', { as: 'minor_units', currency: 'EUR' }, { value: 1299, currency: 'EUR' }],
  [12.9, { as: 'minor_units', currency: 'eur' }, { value: 1290, currency: 'EUR' }],
  [1490, { as: 'minor_units', currency: 'JPY' }, { value: 1490, currency: 'JPY' }],
  [-0.5, { as: 'minor_units', currency: 'USD' }, { value: -50, currency: 'USD' }],
  [1.234, { as: 'minor_units', currency: 'EUR' }, undefined],
  [1.234, { as: 'minor_units', currency: 'KWD' }, { value: 1234, currency: 'KWD' }],
  [12.989999999999998, { as: 'minor_units', currency: 'EUR' }, { value: 1299, currency: 'EUR' }],
  [0.1 + 0.2, { as: 'minor_units', currency: 'EUR' }, { value: 30, currency: 'EUR' }],
  ['12.989999999999998', { as: 'minor_units', currency: 'EUR' }, undefined],
  [1e21, { as: 'minor_units', currency: 'EUR' }, undefined],
  ['2026-11-03T23:30:00-05:00', { as: 'date' }, { value: '2026-11-03' }],
  [1_793_664_000, { as: 'date' }, { value: '2026-11-03' }],
  [1_793_664_000_000, { as: 'date' }, { value: '2026-11-03' }],
  ['2026-02-30', { as: 'date' }, undefined],
  ['03.11.2026', { as: 'date' }, undefined],
  ['2026-11-03T23:30:00-05:00', { as: 'instant' }, { value: '2026-11-04T04:30:00.000Z' }],
  ['2026-11-03 23:30:00', { as: 'instant' }, undefined],
  ['2026-02-30T10:00:00Z', { as: 'instant' }, undefined],
  ['2026-04-31T10:00:00+02:00', { as: 'instant' }, undefined],
  ['2026-11-03', { as: 'instant' }, { value: '2026-11-03' }],
  [42, { as: 'text' }, { value: '42' }],
  [{}, { as: 'text' }, undefined],
  [' 42.5 ', { as: 'number' }, { value: 42.5 }],
  ['many', { as: 'number' }, undefined],
  [true, { as: 'plain' }, { value: true }],
  [[1], { as: 'plain' }, undefined],
  [null, { as: 'number' }, { value: null }],
  ['', { as: 'date' }, { value: null }],
])('%p read as %j: is %j', (value, field, expected) => {
  expect(convert({ value }, { pointer: '/value', as: 'plain', ...field })).toEqual(expected);
});

test('an amount in what is no currency: none', () => {
  expect(decimalMoney(1, 'EURO')).toBeUndefined();
});
