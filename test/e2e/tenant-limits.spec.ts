import { beforeAll, expect, test } from '@jest/globals';
import { bearer, keyedService, schedule } from './key-file.js';
import { items, Service } from './support.js';

const stage = keyedService();
let service: Service;
beforeAll(() => {
  ({ service } = stage);
});

const set = (tenant: string, limits: object, as = 'operate') =>
  service.send('PUT', `/v1/tenants/${tenant}/limits`, limits, bearer(as));

/** A run of a tenant's, which goes on until it is released. */
async function run(tenant: string, connection: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  service.work.script(connection, async () => {
    await promise;
    return { kind: 'succeeded', counts: { read: 0, written: 0, rejected: 0 } };
  });
  const { body } = await service.post('/v1/schedules', schedule(connection), bearer(tenant));
  await service.post(`/v1/schedules/${String(body['id'])}/trigger`, undefined, bearer(tenant));
  return resolve;
}

test('given a limit, no more of the tenant runs at once, others run beside it, and it is told why', async () => {
  expect(await set('acme', { concurrency: 2, weight: 3 })).toMatchObject({
    status: 200,
    body: { id: 'acme', limits: { concurrency: 2, weight: 3 }, events: ['TenantLimitsChanged'] },
  });
  const started: string[] = [];
  service.engine.observers.listen((event) => {
    if (event.type === 'RunStarted') started.push(event.metadata.tenant);
  });
  const second = service.next('RunStarted', () => started.length === 2);
  const releases = [await run('acme', 'limited-1'), await run('acme', 'limited-2')];
  await second;
  releases.push(await run('acme', 'limited-3'));
  const beside = service.next('RunStarted');
  releases.push(await run('bolt', 'limited-4'));
  await beside;
  expect(started).toEqual(['acme', 'acme', 'bolt']);
  await service.settled();
  const queue = await service.get('/v1/queue', bearer('acme'));
  expect(queue.body).toMatchObject({
    providers: [{ waiting: 1, running: 3, stopped: 'tenant_concurrency' }],
  });
  expect((await service.get('/v1/queue', bearer('bolt'))).body).toMatchObject({
    providers: [expect.not.objectContaining({ stopped: expect.anything() })],
  });
  expect(items(await service.get('/v1/tenants', bearer('operate')))).toEqual([
    { id: 'acme', limits: { concurrency: 2, weight: 3 }, waiting: 1, running: 2 },
    { id: 'bolt', limits: { weight: 1 }, waiting: 0, running: 1 },
  ]);
  // More is allowed, and what waited goes on.
  const third = service.next('RunStarted');
  await set('acme', { concurrency: 3 });
  await third;
  for (const release of releases) release();
});

test('given limits that were set, they hold after a restart', async () => {
  const first = await Service.start();
  const { status } = await first.send('PUT', '/v1/tenants/default/limits', { concurrency: 7, weight: 2 });
  expect(status).toBe(200);
  await first.settled();
  await first.stop(true);
  const second = await Service.start({}, first.folder);
  expect(items(await second.get('/v1/tenants'))).toEqual([
    { id: 'default', limits: { concurrency: 7, weight: 2 }, waiting: 0, running: 0 },
  ]);
  expect(second.engine.admission.tenants.find('default')?.limits).toEqual({ concurrency: 7, weight: 2 });
  await second.stop();
});

test('given what is no limit, or a key that may not, it is refused; given none, there is none', async () => {
  expect((await set('acme', { concurrency: 0 })).body).toMatchObject({
    status: 422,
    errors: [{ field: 'concurrency' }],
  });
  expect((await set('acme', { weight: 101 })).body).toMatchObject({ errors: [{ field: 'weight' }] });
  expect((await set('not a name', {})).status).toBe(400);
  expect((await set('acme', {}, 'acme')).status).toBe(403);
  expect((await set('acme', { concurrency: null })).body).toMatchObject({ limits: { weight: 1 } });
  // As they are already: nothing happens.
  expect((await set('acme', {})).body).toMatchObject({ events: [] });
});
