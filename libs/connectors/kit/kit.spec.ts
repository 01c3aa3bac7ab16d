import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { baseUrl } from './base-url.js';
import { classify } from './error-table.js';
import { ImportFiles } from './import-files.js';
import { parseJson, pointer } from './json.js';
import type { ErrorRule } from './manifest.js';
import { parseMoney } from './money.js';
import { excerpt } from './redact.js';
import { RowQuality } from './row-quality.js';
import { retryAfter } from '#lib/domain/retry';
import { manifestFaults } from './testing/manifest-faults.js';
import { spotifyWebapi } from '../spotify-webapi/index.js';

const now = Date.parse('2026-11-20T12:00:00Z');

test.each([
  ['120', undefined, 120_000],
  ['0.5', undefined, 500],
  ['99999999', undefined, 86_400_000],
  ['Fri, 20 Nov 2026 12:01:00 GMT', undefined, 60_000],
  ['Fri, 20 Nov 2026 12:01:00 GMT', 'Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
  ['Fri, 20 Nov 2026 11:00:00 GMT', undefined, 0],
  ['Friday, 20-Nov-26 12:01:00 GMT', undefined, 60_000],
  ['Fri Nov 20 12:01:00 2026', 'Fri Nov 20 12:00:30 2026', 30_000],
  ['soon', undefined, undefined],
  ['-5', undefined, undefined],
  ['', undefined, undefined],
  [undefined, undefined, undefined],
])('Retry-After %p, Date %p: %p ms', (value, date, expected) => {
  expect(retryAfter(value, date, now)).toBe(expected);
});

test('Retry-After as asctime() writes it, in a process of another zone: UTC all the same', () => {
  const call = `import { retryAfter } from './libs/domain/retry/retry-after.ts';
    console.log(retryAfter('Fri Nov 20 12:01:00 2026', undefined, ${now}));`;
  const loader = ['--conditions=source', '--import', './test/simulation/load-typescript.mjs'];
  const told = execFileSync(process.execPath, [...loader, '--input-type=module', '--eval', call], {
    env: { TZ: 'America/New_York' },
    encoding: 'utf8',
  });
  expect(told.trim()).toBe('60000');
});

test.each([
  ['12.99', 'EUR', 1299],
  ['12,99', 'eur', 1299],
  ['1,234.50', 'USD', 123_450],
  ['1.234,50', 'EUR', 123_450],
  ['1,234', 'USD', 123_400],
  ['-3', 'EUR', -300],
  ['1500', 'JPY', 1500],
  ['1500.00', 'JPY', 1500],
  ['4490.00', 'HUF', 449_000],
  ['2990.50', 'HUF', 299_050],
  ['54000', 'IDR', 5_400_000],
  ['16900', 'COP', 1_690_000],
  ['1,234.567', 'IQD', 1_234_567],
  ['1.234', 'KWD', 1234],
  ['0.1', 'EUR', 10],
  ['12.999', 'EUR', 1_299_900],
  ['12.9999', 'EUR', undefined],
  ['twelve', 'EUR', undefined],
  ['12', '€', undefined],
  ['', 'EUR', undefined],
  ['99999999999999999', 'EUR', undefined],
])('amount %p %p: %p', (amount, currency, expected) => {
  expect(parseMoney(amount, currency)?.minor).toBe(expected);
});

describe('an excerpt', () => {
  test('of a body with secrets: holds none of them, in one bounded line', () => {
    const secret = 'canary+secret/value=';
    const body = `a ${secret}\r\n\u001b[31m ${encodeURIComponent(secret)} ${Buffer.from(secret).toString('base64')} {"refresh_token":"x1y2z3"} Basic dXNlcjpwYXNz ${'z'.repeat(400)}`;
    const quote = excerpt(body, [secret]);
    for (const canary of ['canary', 'x1y2z3', 'dXNlcjpwYXNz', '\n', '\u001b'])
      expect(quote).not.toContain(canary);
    expect(quote.length).toBeLessThanOrEqual(300);
  });

  test('cut in the middle of a secret: shows no half of it', () => {
    const secret = `c${'anary'.repeat(20)}`;
    for (let pad = 16_284; pad <= 16_384; pad++)
      expect(excerpt(`${'1a'.repeat(pad / 2)} ${secret}`, [secret])).not.toContain('anary');
  });
});

test.each([
  ['https://api.spotify.com', false, true],
  ['http://api.spotify.com', true, false],
  ['http://127.0.0.1:8080', false, false],
  ['http://127.0.0.1:8080', true, true],
  ['http://[::1]:1', true, true],
  ['https://localhost', false, false],
  ['https://user:pass@host', true, false],
  ['nonsense', true, false],
])('base URL %p with loopback %p: allowed %p', (url, loopback, allowed) => {
  const attempt = (): URL => baseUrl('api', url, loopback);
  if (allowed) expect(attempt().href).toContain(new URL(url).host);
  else expect(attempt).toThrow(expect.objectContaining({ class: 'CONFIG' }));
});

test('JSON that nests deeper than 64, or is none: undefined; a pointer reads own properties only', () => {
  expect([parseJson('['.repeat(65) + ']'.repeat(65)), parseJson('<html>'), parseJson('')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(parseJson('{"a":"[[[["}')).toEqual({ a: '[[[[' });
  expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  expect(pointer({ 'a/b': { '~': 1 } }, '/a~1b/~0')).toBe(1);
  expect(pointer({}, '/constructor')).toBeUndefined();
});

describe('an error table', () => {
  const rules: readonly ErrorRule[] = [
    { where: 'api', status: 403, header: { 'X-Reason': 'region' }, class: 'CONFIG' },
    { where: 'api', status: 403, bodyContains: 'scope', class: 'PERMISSION', advice: 'ask again' },
    { where: 'api', json: { '/error/code': 'slow' }, class: 'RATE_LIMITED', fallbackDelayMs: 5 },
  ];
  const judge = (status: number, text: string, headers = {}, where: 'api' | 'token' = 'api') =>
    classify('demo', rules, { where, what: 'GET /x', status, headers, text }, { now, secrets: [] });

  test('first match wins, by header, body text or JSON', () => {
    expect(judge(403, 'no SCOPE', { 'x-reason': 'Region locked' }).class).toBe('CONFIG');
    expect(judge(403, 'no SCOPE')).toMatchObject({
      class: 'PERMISSION',
      message: 'ask again (demo answered 403 to GET /x: no SCOPE)',
    });
    expect(judge(400, '{"error":{"code":"slow"}}')).toMatchObject({ class: 'RATE_LIMITED', retryAfterMs: 5 });
  });

  test('no match: by status', () => {
    const classes = [500, 408, 429, 404, 302].map((status) => judge(status, '').class);
    expect(classes).toEqual(['TRANSIENT', 'TRANSIENT', 'RATE_LIMITED', 'INTERNAL', 'INTERNAL']);
    expect(judge(503, '', { 'retry-after': '7' }).retryAfterMs).toBe(7_000);
    expect(judge(403, 'scope', {}, 'token').class).toBe('INTERNAL');
  });
});

test('import files outside the folder, also by a link: refused, whether they exist or not; missing ones: undefined', async () => {
  const base = mkdtempSync(join(tmpdir(), 'import-'));
  const root = join(base, 'uploads');
  mkdirSync(root);
  writeFileSync(join(base, 'secret'), 'x');
  writeFileSync(join(root, '..upload'), 'x');
  symlinkSync(join(base, 'secret'), join(root, 'link'));
  const files = new ImportFiles({ root });
  const outside = ['../secret', join(base, 'secret'), 'link', '.'];
  for (const name of [...outside, '../nothing', join(base, 'nothing'), '../../../../../../../../nothing'])
    await expect(files.open(name)).rejects.toMatchObject({ class: 'CONFIG' });
  expect(await files.open('nothing.zip')).toBeUndefined();
  await (await files.open('..upload'))?.close();
});

test('of two tenants, neither opens what is the other’s, nor learns whether it is there', async () => {
  const root = mkdtempSync(join(tmpdir(), 'import-'));
  const digest = 'b2'.repeat(32);
  mkdirSync(join(root, 'acme', 'own'), { recursive: true });
  for (const name of [join('acme', 'own', digest), 'ann.csv']) writeFileSync(join(root, name), 'x');
  symlinkSync(join(root, 'acme', 'own', digest), join(root, 'link.csv'));
  const files = new ImportFiles({ root });
  const [acme, bolt, owner] = ['acme', 'bolt', 'default'].map((tenant) => files.of(tenant));
  await (await acme?.open(join('acme', 'own', digest)))?.close();
  await (await owner?.open('ann.csv'))?.close();
  const refused = { class: 'CONFIG', message: expect.stringMatching(/lies outside/) as unknown };
  for (const name of [
    join('acme', 'own', digest),
    join('acme', 'own'),
    join('acme', 'none', digest),
    'ann.csv',
  ])
    await expect(bolt?.open(name)).rejects.toMatchObject(refused);
  for (const name of [join('acme', 'own', digest), 'link.csv'])
    await expect(owner?.open(name)).rejects.toMatchObject(refused);
});

test('an upload stored under its digest: no message calls it by that', async () => {
  const root = mkdtempSync(join(tmpdir(), 'import-'));
  const digest = 'a1'.repeat(32);
  mkdirSync(join(root, digest));
  mkdirSync(join(root, 'mine.zip'));
  const files = new ImportFiles({ root });
  await expect(files.open(digest)).rejects.toThrow('the upload is not a regular file');
  await expect(files.open('mine.zip')).rejects.toThrow('mine.zip is not a regular file');
});

test.each([
  ['one odd row of five', 4, 1, 0.1, true],
  ['two of three', 1, 2, 0.1, true],
  ['three of eighteen', 15, 3, 0.1, false],
  ['seventeen of eighteen', 1, 17, 0.1, false],
  ['all of two', 0, 2, 0.1, false],
  ['one of five, where none may be', 4, 1, 0, false],
  ['all but one of eighteen, where all may be', 1, 17, 1, true],
])('a short file with bad rows, %s: judged at its end', (_, good, bad, limit, passes) => {
  const quality = new RowQuality('rows.csv', limit);
  for (let row = 0; row < bad; row++) quality.bad();
  for (let row = 0; row < good; row++) quality.good();
  if (passes) quality.finish();
  else expect(() => quality.finish()).toThrow(expect.objectContaining({ class: 'SCHEMA_DRIFT' }));
});

test('a manifest with faults: each is told', () => {
  const { manifest } = spotifyWebapi;
  const broken = {
    ...manifest,
    id: 'other',
    version: '1',
    secrets: [],
    errors: [{ where: 'api', class: 'TRANSIENT' }, ...manifest.errors] as const,
  };
  const faults = manifestFaults(broken).join('\n');
  for (const part of ['manifest.id', 'semantic version', 'names of its secrets', 'never reached'])
    expect(faults).toContain(part);
  expect(manifestFaults(manifest)).toEqual([]);
});
