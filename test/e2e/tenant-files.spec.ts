import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';

const folder = mkdtempSync(join(tmpdir(), 'syncopate-tenant-files-'));
const keysFile = `${folder}-keys.json`;
const tenants = ['default', 'acme', 'bolt'];
const keyOf = (tenant: string): string => `key-of-the-tenant-${tenant}`;
let engine: Engine;
let server: Server;

beforeAll(async () => {
  const keys = tenants.map((tenant) => ({
    name: tenant,
    tenant,
    role: 'write',
    sha256: createHash('sha256').update(keyOf(tenant)).digest('hex'),
  }));
  writeFileSync(keysFile, JSON.stringify({ keys }));
  const configuration = { ...readConfiguration({}), port: 0, dataFolder: folder, apiKeysFile: keysFile };
  engine = await Engine.open(configuration, { log: silent });
  server = await startServer(engine, silent);
  await engine.start();
});
afterAll(async () => {
  await server.close();
  await engine.stop(0);
  rmSync(folder, { recursive: true });
  rmSync(keysFile);
});

const send = async (tenant: string, method: string, path: string, body?: object | string) => {
  const type = typeof body === 'string' ? 'text/csv' : 'application/json';
  const answer = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${keyOf(tenant)}`, 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
  });
  return (await answer.json()) as Record<string, unknown>;
};

/** What a tenant's connection finds that names a file. */
async function found(tenant: string, file: string): Promise<object> {
  const about = { user: 'eve', provider: 'netflix', connector: 'netflix.export', config: { file } };
  await send(tenant, 'PUT', '/v1/connections/eve', about);
  return send(tenant, 'POST', '/v1/connections/eve/check');
}

const csv = 'Title,Date\nA film,1/2/27\n';

test('given the files of a tenant, and those that lie in the folder by hand, another tenant’s connections read none of them', async () => {
  const about = { user: 'ann', provider: 'netflix', connector: 'netflix.export' };
  await send('acme', 'PUT', '/v1/connections/ann', about);
  const { sha256 } = await send('acme', 'PUT', '/v1/connections/ann/file', csv);
  await send('bolt', 'PUT', '/v1/connections/own', about);
  const own = await send('bolt', 'PUT', '/v1/connections/own/file', csv);
  writeFileSync(join(folder, 'imports', 'by-hand.csv'), csv);
  const uploaded = `acme/ann/${String(sha256)}`;
  const outside = { ok: false, message: expect.stringContaining('outside the import folder') };
  for (const file of [uploaded, `./bolt/../${uploaded}`, 'by-hand.csv', 'bolt'])
    expect({ file, ...(await found('bolt', file)) }).toMatchObject({ file, ...outside });
  for (const file of [`bolt/own/${String(own['sha256'])}`])
    expect({ file, ...(await found('bolt', file)) }).toMatchObject({ file, ok: true });
  expect(await found('acme', uploaded)).toMatchObject({ ok: true });
  expect(await found('default', 'by-hand.csv')).toMatchObject({ ok: true });
  expect(await found('default', uploaded)).toMatchObject(outside);
});
