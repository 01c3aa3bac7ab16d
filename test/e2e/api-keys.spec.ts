import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { may, roles, type Need, type Role } from '#lib/contracts/api';
import { routes } from '../../apps/scheduler/http/open-api.js';
import type { Route } from '../../apps/scheduler/http/route.js';
import { bearer, entry, given, keyedService, keyOf, schedule } from './key-file.js';
import { Service } from './support.js';

const stage = keyedService();
let service: Service;
let folder: string;
let path: string;
const write = (keys: readonly object[]): void => writeFileSync(path, JSON.stringify({ keys }));
beforeAll(() => {
  ({ service, folder, path } = stage);
});

/** Its status alone: a stream of events would go on. */
async function statusOf(
  { method, path: described }: Route,
  headers: Record<string, string>,
): Promise<number> {
  const abort = new AbortController();
  const url = service.server.url + described.replaceAll(/\{\w+\}/g, 'nobody');
  const { status } = await fetch(url, { method: method.toUpperCase(), headers, signal: abort.signal });
  abort.abort();
  return status;
}

/** They take a body, and change nothing. */
const asking = ['/v1/schedules:validate', '/v1/bulk-changes:preview'];
const openToAll = ['/healthz', '/readyz', '/v1/openapi.json'];
const operated = [
  '/v1/tenants',
  '/v1/tenants/{id}/limits',
  '/v1/providers/{id}/limits',
  '/v1/providers/{id}/pause',
  '/v1/providers/{id}/resume',
  '/v1/parked/{id}/replay',
];

/** As a reader of the description would say it, not as the service does. */
function needOf({ method, path: described }: Route): Need {
  if (described === '/metrics') return 'metrics';
  if (operated.includes(described)) return 'operate';
  return method === 'get' || asking.includes(described) ? 'read' : 'write';
}

describe('given keys with roles', () => {
  const guarded = routes.filter((route) => !openToAll.includes(route.path));
  test.each(guarded.map((route) => [route.method, route.path, route] as const))(
    '%s %s takes those that may, and no others',
    async (_method, _path, route) => {
      expect(await statusOf(route, {})).toBe(401);
      expect(await statusOf(route, bearer('nobody'))).toBe(401);
      for (const role of roles) {
        const status = await statusOf(route, bearer(role));
        expect({ role, refused: status === 403 }).toEqual({ role, refused: !may(role, needOf(route)) });
      }
    },
  );

  test.each(openToAll)('%s is open to all', async (open) => {
    expect((await service.get(open)).status).toBe(200);
  });

  test('a refusal names the key, its role, and what would do', async () => {
    const { status, body, headers } = await service.post('/v1/schedules', {}, bearer('read'));
    expect({ status, detail: body['detail'] }).toEqual({
      status: 403,
      detail: 'the role of the API key "read" is read: this takes write or operate',
    });
    expect(headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope"');
  });

  test('one that has ended is told when', async () => {
    const { status, body } = await service.get('/v1/schedules', bearer('over'));
    expect(status).toBe(401);
    expect(body['detail']).toBe('the API key "over" ended at 2026-01-01T00:00:00.000Z: send another');
  });

  test('events name who asked, and metrics when', async () => {
    const { body } = await service.post('/v1/schedules', schedule('named'), bearer('write'));
    const [created] = await service.engine.store.readStream(`schedule-${String(body['id'])}`);
    expect(created?.metadata).toMatchObject({ actor: 'api:write', tenant: 'default' });
    const metrics = await fetch(`${service.server.url}/metrics`, { headers: bearer('metrics') });
    const text = await metrics.text();
    expect(text).toMatch(/syncopate_api_key_last_used_timestamp_seconds\{key="write"\} \d+/);
    expect(text).toContain('syncopate_api_key_expires_timestamp_seconds{key="over"} 1767225600');
  });
});

async function turns(holds: () => Promise<boolean>): Promise<void> {
  for (let asked = 0; asked < 100_000; asked += 1) {
    if (await holds()) return;
    await setImmediate();
  }
  throw new Error('it never came');
}

/** Until the file has been looked at again. */
const until = (name: string, status: number): Promise<void> =>
  turns(async () => (await service.get('/v1/stats', bearer(name))).status === status);

describe('given a file of keys that changes', () => {
  test('one that is added is taken, one that is left out is refused', async () => {
    write([...given, entry('new', 'read')]);
    await until('new', 200);
    write(given);
    await until('new', 401);
  });

  test('one that cannot be read leaves the keys of before', async () => {
    write([...given, entry('kept', 'read')]);
    await until('kept', 200);
    writeFileSync(path, '{ "keys": [');
    const since = Date.now();
    while (Date.now() - since < 1_200)
      expect((await service.get('/v1/stats', bearer('kept'))).status).toBe(200);
    rmSync(path);
    expect((await service.get('/v1/stats', bearer('kept'))).status).toBe(200);
    write(given);
    await until('kept', 401);
  });

  test('one that loses its last key lets nobody in, and one that cannot be read is measured', async () => {
    write([entry('last', 'operate')]);
    await until('last', 200);
    writeFileSync(path, '{ "keys": [');
    const unreadable = async (): Promise<boolean> => {
      const answer = await fetch(`${service.server.url}/metrics`, { headers: bearer('last') });
      return (await answer.text()).includes('syncopate_api_keys_file_unreadable 1');
    };
    await turns(unreadable);
    write([]);
    await until('last', 401);
    write(given);
    await until('read', 200);
  });

  test('a stream of events ends with the key that it was asked for with', async () => {
    write([...given, entry('watcher', 'read')]);
    await until('watcher', 200);
    const stream = await fetch(`${service.server.url}/v1/events`, { headers: bearer('watcher') });
    const reading = stream.text();
    write(given);
    await until('watcher', 401);
    const told = await service.post('/v1/schedules', schedule('unseen'), bearer('write'));
    expect(told.status).toBe(201);
    expect(await reading).not.toContain(String(told.body['id']));
  });

  test.each([
    ['another key under its name', { sha256: 'a'.repeat(64) }],
    ['another tenant', { tenant: 'acme' }],
    ['a role that does not read', { role: 'metrics' }],
  ])('a stream of events ends when its key’s entry gets %s', async (_, change) => {
    write([...given, entry('changing', 'read')]);
    await until('changing', 200);
    const stream = await fetch(`${service.server.url}/v1/events`, { headers: bearer('changing') });
    const reading = stream.text();
    write([...given, { ...entry('changing', 'read'), ...change }, entry('marker', 'read')]);
    await until('marker', 200);
    const { body } = await service.post('/v1/schedules', schedule('after-a-change'), bearer('write'));
    await service.settled();
    expect(await reading).not.toContain(String(body['id']));
    await service.send('DELETE', `/v1/schedules/${String(body['id'])}`, undefined, bearer('write'));
    write(given);
    await until('marker', 401);
  });

  test.each([
    ['not there', undefined, 'ENOENT'],
    ['no JSON', 'name,role', 'is not valid JSON'],
    ['without keys', '{"keys":[]}', 'has no keys: nobody could ask'],
    ['a key in clear', JSON.stringify({ keys: [{ name: 'a', role: 'read', key: keyOf('a') }] }), 'sha256'],
    ['another role', JSON.stringify({ keys: [entry('a', 'admin' as Role)] }), 'metrics'],
    [
      'two of a name',
      JSON.stringify({ keys: [entry('a', 'read'), { ...entry('b', 'read'), name: 'a' }] }),
      'two keys are named "a"',
    ],
    [
      'one key twice',
      JSON.stringify({ keys: [entry('a', 'read'), { ...entry('a', 'read'), name: 'b' }] }),
      'one key is there twice',
    ],
  ])('%s at the start: it does not start, and says why', async (_name, content, why) => {
    const wrong = join(folder, 'wrong.json');
    rmSync(wrong, { force: true });
    if (content !== undefined) writeFileSync(wrong, content);
    const refused = await Service.start({ apiKeysFile: wrong }).then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(refused).toContain(why);
    expect(refused).toContain('SYNCOPATE_API_KEYS_FILE');
    expect(refused).not.toContain(keyOf('a'));
  });
});
