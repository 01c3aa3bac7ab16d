import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { httpJson } from '#lib/connectors/http-json';
import { Rig } from '#lib/connectors/testing';
import { MemoryVault } from '#lib/credentials';
import { columns } from '../../libs/sink/columns.js';

const text = readFileSync(new URL('../../docs/connectors.md', import.meta.url), 'utf8');

const open: { close(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

test.each(Object.entries(columns))('the fields of %s: are those that have a column', (stream, fields) => {
  const [, table = ''] = text.split(`| \`${stream}\` | |\n|---|---|\n`);
  const cells =
    table
      .split('\n\n')[0]
      ?.split('\n')
      .map((row) => row.split('|')[1] ?? '') ?? [];
  const named = cells.flatMap((cell) => [...cell.matchAll(/`([a-z_0-9]+)`/g)].map(([, name]) => name));
  expect(named.toSorted()).toEqual(Object.keys(fields).toSorted());
});

test('the example of http.json: reads what such an interface answers, page by page', async () => {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://acme');
    const cursor = searchParams.get('cursor');
    asked.push([pathname, cursor, request.headers.authorization]);
    const invoice = { total: '9.99', currency: 'EUR', paid_at: '2026-01-31T10:00:00Z', title: 'Acme Plus' };
    const page = cursor === null ? { data: [{ id: 'i1', ...invoice }], meta: { next: 'n' } } : { data: [{ id: 'i2', ...invoice, total: 12.5 }], meta: { next: null } }; // prettier-ignore
    response.setHeader('content-type', 'application/json').end(JSON.stringify(page));
  });
  open.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const [, body = ''] = /connections\/ann-acme -H [^{]*-d '(\{.*?\})'\n/s.exec(text) ?? [];
  const { config } = JSON.parse(body) as { config: object };
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const vault = new MemoryVault();
  await vault.write({ tenant: 'default', connection: 'connection-1' }, { api_key: 'key-0123' }, 0);
  const rig = new Rig({ connector: httpJson, config: { ...config, baseUrl }, vault, http: { allowLoopback: true } }); // prettier-ignore
  expect(await rig.engine.checkConnection('default', 'connection-1')).toMatchObject({ ok: true });
  asked.length = 0;
  expect(await rig.run()).toMatchObject({ kind: 'succeeded', counts: { read: 2, rejected: 0 } });
  expect(asked).toEqual([['/v1/invoices', null, 'Bearer key-0123'], ['/v1/invoices', 'n', 'Bearer key-0123']]); // prettier-ignore
  const told = { currency: 'EUR', occurred_on: '2026-01-31', description: 'Acme Plus' };
  expect(rig.sink.of('charges').map(({ data }) => data)).toMatchObject([
    { ...told, amount_minor: 999 },
    { ...told, amount_minor: 1250 },
  ]);
  const fields = Object.keys((config as { records: { fields: object } }).records.fields);
  expect(fields.filter((name) => !Object.hasOwn(columns.charges, name))).toEqual([]);
});
