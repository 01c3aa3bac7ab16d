import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { routes } from '../../apps/scheduler/http/open-api.js';
import { items, Service, type Answer } from './support.js';

const key = 'a-key-of-the-operator-on-call';
let service: Service;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-attribution-'));
  const apiKeysFile = join(folder, 'keys.json');
  const sha256 = createHash('sha256').update(key).digest('hex');
  writeFileSync(apiKeysFile, JSON.stringify({ keys: [{ name: 'on-call', role: 'operate', sha256 }] }));
  service = await Service.start({ apiKeysFile });
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const send = (method: string, path: string, body?: unknown): Promise<Answer> =>
  service.send(method, path, body, { authorization: `Bearer ${key}` });

let made = 0;
const definition = (connection = `c-${(made += 1)}`): object => ({
  user: 'ann',
  connection,
  provider: 'anything',
  recurrence: { frequency: 'monthly', days: [1] },
});
const idOf = async (asked: Promise<Answer>, name = 'id'): Promise<string> => {
  const { body } = await asked;
  await service.settled();
  return String(body[name]);
};
const schedule = (): Promise<string> => idOf(send('POST', '/v1/schedules', definition()));
const webhook = (): Promise<string> => idOf(send('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/' }));
async function connection(): Promise<string> {
  const id = `own-${(made += 1)}`;
  await send('PUT', `/v1/connections/${id}`, { user: 'ann', provider: 'anything' });
  return id;
}
async function conflict(): Promise<string> {
  const given = definition();
  await send('POST', '/v1/schedules', given);
  await send('POST', '/v1/schedules', given);
  await service.settled();
  return String(items(await send('GET', '/v1/conflicts?status=open'))[0]?.['id']);
}
async function run(state: 'running' | 'given up'): Promise<string> {
  const name = `c-${(made += 1)}`;
  const begun = Promise.withResolvers<void>();
  service.work.script(name, (_, { signal }) => {
    begun.resolve();
    if (state === 'given up') return { kind: 'failed', failure: { class: 'CONFIG', message: 'no' } };
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'cancelled' })));
  });
  const id = await idOf(send('POST', '/v1/schedules', definition(name)));
  const over = state === 'given up' ? service.next('RunAbandoned') : begun.promise;
  const { body } = await send('POST', `/v1/schedules/${id}/trigger`);
  await over;
  await service.settled();
  return String(body['run']);
}
const deliveries = async (id: string): Promise<readonly Record<string, unknown>[]> => {
  await service.settled();
  return items(await send('GET', `/v1/webhooks/${id}/deliveries`));
};
/** A webhook whose first message did not arrive. */
async function failing(): Promise<string> {
  const id = await webhook();
  while ((await deliveries(id)).length === 0) {
    const failed = service.next('DeliveryFailed');
    await schedule();
    await failed;
  }
  return id;
}
async function parkedEvent(): Promise<string> {
  const { store, environment } = service.engine;
  const [at, id] = [environment.clock.now(), environment.ids.next()];
  const metadata = { v: 1, at, tenant: 'default', actor: 'test', correlation: id };
  const parked = service.next('EventParked');
  const { position } = await store.append(`schedule-broken-${id}`, -1, [
    { id, type: 'RunFailed', data: { run: 'broken.1.a', error: 'no object' }, metadata },
  ]);
  await parked;
  return `decoding.${position}`;
}
/** Of every schedule that runs. */
const bulk = { filter: { status: 'active' }, change: { action: 'pause' } };
async function bulkChange(): Promise<string> {
  await schedule();
  const completed = service.next('BulkChangeCompleted');
  const id = await idOf(send('POST', '/v1/bulk-changes', bulk));
  await completed;
  return id;
}
const then =
  (make: () => Promise<string>, ...done: readonly string[]) =>
  async (): Promise<string> => {
    const id = await make();
    const kind = make === webhook ? 'webhooks' : make === connection ? 'connections' : 'schedules';
    for (const action of done) await send('POST', `/v1/${kind}/${id}/${action}`);
    return id;
  };
const nobody = async (): Promise<string> => 'nobody';
const provider = async (): Promise<string> => `p-${(made += 1)}`;
const past = { from: '2026-01-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };

/** What each route that changes something is sent, and of what. */
const changes: Readonly<Record<string, readonly [of: () => Promise<string>, body?: () => unknown]>> = {
  'post /v1/schedules': [nobody, definition],
  'post /v1/schedules/batch': [nobody, () => ({ schedules: [definition()] })],
  'patch /v1/schedules/{id}': [schedule, () => ({ priority: 'high' })],
  'delete /v1/schedules/{id}': [schedule],
  'post /v1/schedules/{id}/pause': [schedule],
  'post /v1/schedules/{id}/resume': [then(schedule, 'pause')],
  'post /v1/schedules/{id}/skip-next': [schedule],
  'post /v1/schedules/{id}/trigger': [schedule],
  'post /v1/schedules/{id}/backfill': [schedule, () => past],
  'post /v1/runs/{id}/cancel': [() => run('running')],
  'post /v1/runs/{id}/redrive': [() => run('given up')],
  'put /v1/providers/{id}/limits': [provider, () => ({ concurrency: 2, userConcurrency: 1 })],
  'post /v1/providers/{id}/pause': [provider],
  'post /v1/providers/{id}/resume': [
    async () => {
      const id = await provider();
      await send('POST', `/v1/providers/${id}/pause`);
      return id;
    },
  ],
  'put /v1/tenants/{id}/limits': [provider, () => ({ concurrency: 5, weight: 2 })],
  'put /v1/connections/{id}': [provider, () => ({ user: 'ann', provider: 'anything' })],
  'delete /v1/connections/{id}': [connection],
  'post /v1/connections/{id}/suspend': [connection],
  'post /v1/connections/{id}/restore': [then(connection, 'suspend')],
  'post /v1/conflicts/{id}/acknowledge': [conflict],
  'post /v1/conflicts/{id}/resolve': [conflict],
  'post /v1/webhooks': [nobody, () => ({ url: 'http://127.0.0.1:9/' })],
  'patch /v1/webhooks/{id}': [webhook, () => ({ description: 'other' })],
  'delete /v1/webhooks/{id}': [webhook],
  'post /v1/webhooks/{id}/disable': [webhook],
  'post /v1/webhooks/{id}/enable': [then(webhook, 'disable')],
  'post /v1/webhooks/{id}/rotate-secret': [webhook],
  'post /v1/webhooks/{id}/replay': [webhook, () => ({ after: 0, through: 1_000_000 })],
  'post /v1/webhooks/{id}/deliveries/{position}/redeliver': [failing],
  'post /v1/parked/{id}/replay': [parkedEvent],
  'post /v1/bulk-changes': [schedule, () => bulk],
  'post /v1/bulk-changes/{id}/undo': [bulkChange],
};

/** They look, send one message, or bring a file, and decide nothing: what follows from a file is in the log. */
const withoutRecord = [
  'post /v1/schedules:validate',
  'post /v1/bulk-changes:preview',
  'post /v1/connections/{id}/check',
  'put /v1/connections/{id}/file',
  'post /v1/webhooks/{id}/test',
];

test('given the routes that are no questions, it is known of each what it changes', () => {
  const writing = routes
    .filter(({ method }) => method !== 'get')
    .map(({ method, path }) => `${method} ${path}`);
  expect(writing.toSorted()).toEqual([...Object.keys(changes), ...withoutRecord].toSorted());
});

test.each(Object.entries(changes))(
  'given %s, the log says which key asked for it',
  async (route, [of, body]) => {
    const [method = '', described = ''] = route.split(' ');
    const id = await of();
    const position = described.includes('{position}') ? String((await deliveries(id))[0]?.['position']) : '';
    const before = await service.engine.store.head();
    const path = described.replace('{id}', id).replace('{position}', position);
    const { status, body: answered } = await send(method.toUpperCase(), path, body?.());
    expect({ answered, status: status < 300 }).toMatchObject({ status: true });
    const since = await service.engine.store.readAll(before, 1_000);
    expect(since.map(({ metadata }) => metadata.actor)).toContain('api:on-call');
  },
);
