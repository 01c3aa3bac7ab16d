import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Engine, readConfiguration, silent } from '#lib/wiring';
import { startServer, type Server } from './described-server.js';

/** Connectors do the work here, so that what a connection is told is held against what they take. */
let folder: string;
let engine: Engine;
let server: Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-settings-'));
  engine = await Engine.open({ ...readConfiguration({}), port: 0, dataFolder: folder }, { log: silent });
  server = await startServer(engine, silent);
  await engine.start();
});
afterAll(async () => {
  await server.close();
  await engine.stop(100);
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

async function send(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const given = body === undefined ? {} : { headers, body: JSON.stringify(body) };
  const answer = await fetch(server.url + path, { method, ...given });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const settled = async () => engine.readModel.waitFor(await engine.store.head(), 10_000);

const register = (id: string, body: object) => send('PUT', `/v1/connections/${id}`, { user: 'ann', ...body });

describe('given a connection that is registered', () => {
  test.each<[string, object, string, string]>([
    [
      'an unknown setting',
      { provider: 'netflix', config: { dateFromat: 'day-first' } },
      'config.dateFromat',
      'there are dateFormat',
    ],
    ['a wrong value', { provider: 'netflix', config: { maxBadRows: 7 } }, 'config.maxBadRows', '<=1'],
    [
      'half of what it needs',
      { provider: 'http', config: { provider: 'acme' } },
      'config.baseUrl',
      'is missing',
    ],
    [
      'a secret by another name',
      { provider: 'chatgpt', connector: 'openai.org_costs', config: {}, credentials: { api_key: 'k' } },
      'credentials.api_key',
      'it takes admin_key',
    ],
    [
      'secrets where there are none',
      { provider: 'netflix', credentials: { password: 'p' } },
      'credentials.password',
      'it takes none',
    ],
  ])(
    'with %s, it is refused before anything is stored, and says what would be right',
    async (name, body, field, right) => {
      const id = `wrong-${field.replace('.', '-')}`;
      const refused = await register(id, body);
      expect({ name, status: refused.status }).toEqual({ name, status: 422 });
      const errors = refused.body['errors'] as { field: string; message: string }[];
      const found = errors.find((error) => error.field === field);
      expect({ errors, message: found?.message }).toMatchObject({
        message: expect.stringContaining(right) as unknown,
      });
      expect((await send('GET', `/v1/connections/${id}`)).status).toBe(404);
    },
  );

  test('for uploads, its file comes later; registered anew, it keeps the one that came', async () => {
    expect((await register('files', { provider: 'netflix', config: { profile: 'Ann' } })).status).toBe(200);
    const csv = 'Title,Date\n"A film","2026-01-31"\n';
    const uploaded = await fetch(`${server.url}/v1/connections/files/file`, {
      method: 'PUT',
      headers: { 'content-type': 'text/csv' },
      body: csv,
    });
    expect(uploaded.status).toBe(202);
    await register('files', { provider: 'netflix', config: { profile: 'Ben' } });
    await settled();
    const { body } = await send('GET', '/v1/connections/files');
    expect(body['config']).toMatchObject({ profile: 'Ben', file: expect.stringMatching(/./) as unknown });
    await register('files', {
      provider: 'netflix',
      connector: 'netflix.export',
      config: { file: 'other.zip' },
    });
    await settled();
    expect((await send('GET', '/v1/connections/files')).body['config']).toEqual({ file: 'other.zip' });
  });

  test('with a consent, when it was given may be told beside it', async () => {
    const credentials = { refresh_token: 'r', consented_at: '2026-11-01T00:00:00Z' };
    const consented = { provider: 'spotify', config: { clientId: 'c' }, credentials };
    expect((await register('consented', consented)).status).toBe(200);
  });
});

test('given a connection that nobody knows, it cannot be suspended or restored', async () => {
  for (const verb of ['suspend', 'restore'])
    expect((await send('POST', `/v1/connections/misspelt/${verb}`)).status).toBe(404);
});

test('given a connection whose records are to be forgotten, the answer says how many were', async () => {
  await register('gone', { provider: 'netflix' });
  const scope = {
    tenant: 'default',
    user: 'ann',
    connection: 'gone',
    provider: 'netflix',
    connector: 'netflix.export',
  };
  const records = Array.from({ length: 37 }, (_, n) => ({
    stream: 'usage' as const,
    key: `k${n}`,
    data: {},
  }));
  await engine.records.write(scope, records, 1);
  const removed = await send('DELETE', '/v1/connections/gone', { records: 'forget' });
  expect(removed.body).toMatchObject({ status: 'removed', forgotten: 37 });
});

test('given a removal that is asked for again under its key, what was registered since stays', async () => {
  const key = { 'idempotency-key': 'remove-once' };
  const remove = async () => {
    const init = {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', ...key },
      body: '{"records":"forget"}',
    };
    return fetch(`${server.url}/v1/connections/again`, init);
  };
  const credentials = { admin_key: 'sk-admin-first' };
  const connection = { provider: 'chatgpt', connector: 'openai.org_costs', config: {} };
  await register('again', { ...connection, credentials });
  expect((await remove()).status).toBe(200);
  await register('again', { ...connection, credentials: { admin_key: 'sk-admin-second' } });
  expect((await remove()).status).toBe(200);
  await settled();
  expect((await send('GET', '/v1/connections/again')).body).toMatchObject({ status: 'active' });
  const stored = await engine.vault.read({ tenant: 'default', connection: 'again' });
  expect(stored?.secrets).toEqual({ admin_key: 'sk-admin-second' });
});
