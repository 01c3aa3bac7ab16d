import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  RequestRejected,
  SyncOperationType,
  SyncPriority,
  SyncScheduler,
  type SyncManager,
  type SyncRequest,
  type WebhookMessage,
  type WebhookSender,
} from '#lib/sdk';

class OwnSyncManager implements SyncManager {
  readonly requests: SyncRequest[] = [];
  async sync(request: SyncRequest) {
    this.requests.push(request);
    return { recordsRead: 2, recordsWritten: 2, state: { seen: this.requests.length } };
  }
}

const options = { operationType: SyncOperationType.INCREMENTAL_SYNC, priority: SyncPriority.NORMAL } as const;

test('given the caller’s own sync manager, the scheduler runs it, counts it and reports it', async () => {
  const manager = new OwnSyncManager();
  const scheduler = new SyncScheduler(manager, {});
  await scheduler.initialize();
  await scheduler.start();
  const id = await scheduler.createSchedule('connection-1', 'user-1', 'spotify', 'daily', options);
  await expect(
    scheduler.createSchedule('connection-1', 'user-1', 'spotify', 'hourly', options),
  ).rejects.toThrow(RequestRejected);

  const run = async (): Promise<void> => {
    const succeeded = new Promise((resolve) => scheduler.on('RunSucceeded', resolve));
    await scheduler.triggerSchedule(id);
    await succeeded;
  };
  await run();
  await run();
  expect(manager.requests.map((request) => request.state)).toEqual([undefined, { seen: 1 }]);
  expect(manager.requests[0]).toMatchObject({
    connectionId: 'connection-1',
    userId: 'user-1',
    providerId: 'spotify',
    attempt: 1,
  });

  await scheduler.updateSchedule(id, { priority: 'high' });
  await scheduler.pauseSchedule(id, { note: 'holiday' });
  expect(scheduler.getSchedule(id)).toMatchObject({
    status: 'paused',
    priority: 'high',
    pauseNote: 'holiday',
  });
  await scheduler.resumeSchedule(id);

  const stats = await scheduler.getScheduleStats();
  expect(stats.schedules).toMatchObject({ total: 1, byStatus: { active: 1 } });
  const report = await scheduler.generateReport(
    new Date(Date.now() - 7 * 24 * 60 * 60 * 1000),
    new Date(Date.now() + 1_000),
  );
  expect(report.totals).toMatchObject({ succeeded: 2, recordsWritten: 4 });
  expect((await scheduler.reporter.conflicts()).map((conflict) => conflict.kind)).toEqual(['duplicate']);
  expect(scheduler.executor.runs({ schedule: id })).toHaveLength(2);
  expect(await scheduler.reporter.forecast('spotify', 48)).toMatchObject({
    provider: 'spotify',
    due: expect.any(Number),
  });
  await expect(scheduler.reporter.forecast('spotify', 0)).rejects.toThrow('1 to 168 whole hours');

  await scheduler.deleteSchedule(id);
  expect(scheduler.schedules.list()).toEqual([]);
  await scheduler.stop();
});

test('given many schedules, each is answered in its place, and a read sees those that were created', async () => {
  const scheduler = new SyncScheduler(new OwnSyncManager(), {});
  await scheduler.start();
  const one = { user: 'user-1', provider: 'spotify', recurrence: 'daily' } as const;
  const results = await scheduler.schedules.createMany([
    { ...one, connection: 'many-1' },
    { ...one, connection: 'many-1' },
    { ...one, connection: 'many-2', recurrence: { frequency: 'daily', zone: 'Mars/X' } },
    { ...one, connection: 'not a name' },
    { ...one, connection: 'many-3' },
  ]);
  expect(
    results.map((result) => (result.ok ? scheduler.getSchedule(result.id)?.connection : result.error.name)),
  ).toEqual(['many-1', 'RequestRejected', 'RequestRejected', 'RequestRejected', 'many-3']);
  expect(results[1]).toMatchObject({ error: { reason: 'duplicate_schedule' } });
  expect(results[3]).toMatchObject({ error: { reason: 'invalid_request', field: 'connection' } });
  expect(scheduler.schedules.list()).toHaveLength(2);
  await scheduler.stop();
});

test('given many schedules under a key, asked for again, they are answered like the first time, and others refused', async () => {
  const scheduler = new SyncScheduler(new OwnSyncManager(), {});
  await scheduler.start();
  const one = { user: 'user-1', provider: 'spotify', recurrence: 'daily' } as const;
  // One more than a user may have with a provider.
  const some = Array.from({ length: 21 }, (_, n) => ({ ...one, connection: `many-${n}` }));
  const create = (inputs = some) => scheduler.schedules.createMany(inputs, { requestKey: 'import-7' });
  const first = await create();
  expect(first.map(({ ok }) => ok)).toEqual([...Array(20).fill(true), false]);
  expect(await create()).toEqual(first);
  expect(scheduler.schedules.list()).toHaveLength(20);
  await expect(create(some.toReversed())).rejects.toMatchObject({ reason: 'idempotency_key_reused' });
  await expect(scheduler.schedules.createMany(some, { requestKey: 'two words' })).rejects.toMatchObject({
    field: 'requestKey',
  });
  await scheduler.stop();
});

test('given more schedules than a page holds, all are listed, and so many runs as are asked for', async () => {
  const scheduler = new SyncScheduler(new OwnSyncManager(), {});
  await scheduler.initialize();
  const one = { provider: 'spotify', recurrence: 'daily' } as const;
  const inputs = Array.from({ length: 520 }, (_, n) => ({ ...one, user: `u-${n}`, connection: `c-${n}` }));
  await scheduler.schedules.createMany(inputs);
  const all = scheduler.schedules.list();
  expect(new Set(all.map(({ id }) => id)).size).toBe(520);
  expect(scheduler.schedules.list({}, 7)).toHaveLength(7);
  for (const { id } of all.slice(0, 3)) await scheduler.triggerSchedule(id);
  expect(scheduler.executor.runs()).toHaveLength(3);
  expect(scheduler.executor.runs({}, 2)).toHaveLength(2);
  await scheduler.stop();
});

test('given changes that name a field and leave it undefined, it stays as it is', async () => {
  const scheduler = new SyncScheduler(new OwnSyncManager(), {});
  await scheduler.initialize();
  const id = await scheduler.createSchedule('c', 'u', 'spotify', 'daily', { name: 'mine', maxRuns: 3 });
  const absent = { name: undefined, maxRuns: undefined, overlap: undefined } as object;
  await scheduler.updateSchedule(id, { ...absent, priority: 'high' });
  expect(scheduler.getSchedule(id)).toMatchObject({
    name: 'mine',
    priority: 'high',
    definition: { maxRuns: 3, overlap: 'skip' },
  });
  await expect(scheduler.updateSchedule(id, absent)).rejects.toThrow('names nothing to change');
  await scheduler.stop();
});

test('given a scheduler that was stopped, it does not start again, and says so', async () => {
  const never = new SyncScheduler(new OwnSyncManager(), {});
  await never.stop();
  await expect(never.start()).rejects.toThrow('it was stopped');
  const once = new SyncScheduler(new OwnSyncManager(), {});
  await once.start();
  await once.stop();
  await expect(once.start()).rejects.toThrow('it was stopped');
});

test('given it is asked to open twice at once, or to stop while it opens, there is one, and it stops', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-sdk-twice-'));
  const scheduler = new SyncScheduler(new OwnSyncManager(), { dataFolder: folder });
  await Promise.all([scheduler.initialize(), scheduler.start()]);
  await scheduler.createSchedule('connection-1', 'user-1', 'spotify', 'daily', options);
  await scheduler.stop();
  const other = new SyncScheduler(new OwnSyncManager(), { dataFolder: folder });
  const starting = other.start();
  await other.stop();
  await starting;
  // Its log is free again.
  const last = new SyncScheduler(new OwnSyncManager(), { dataFolder: folder });
  await last.initialize();
  await last.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('given a data folder, a second scheduler goes on where the first stopped', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'syncopate-sdk-'));
  const first = new SyncScheduler(new OwnSyncManager(), { dataFolder });
  await first.start();
  const id = await first.createSchedule(
    'connection-1',
    'user-1',
    'netflix',
    { frequency: 'weekly', weekdays: ['monday'] },
    options,
  );
  await first.stop();
  const second = new SyncScheduler(new OwnSyncManager(), { dataFolder });
  await second.start();
  expect(second.getSchedule(id)).toMatchObject({ status: 'active', frequency: 'weekly' });
  await second.stop();
  rmSync(dataFolder, { recursive: true });
});

test('given a request under its caller’s key, made again it is answered like the first time, and under another body refused', async () => {
  const scheduler = new SyncScheduler(new OwnSyncManager());
  await scheduler.start();
  const create = (frequency: 'daily' | 'hourly', requestKey = 'order-7') =>
    scheduler.createSchedule('connection-1', 'user-1', 'netflix', frequency, { ...options, requestKey });
  const id = await create('daily');
  expect(await create('daily')).toBe(id);
  await expect(create('hourly')).rejects.toMatchObject({ reason: 'idempotency_key_reused' });
  await expect(create('daily', 'zwölf')).rejects.toMatchObject({ field: 'requestKey' });
  const run = await scheduler.triggerSchedule(id, { requestKey: 'click-1' });
  expect(await scheduler.triggerSchedule(id, { requestKey: 'click-1' })).toBe(run);
  const { webhooks } = scheduler;
  const hook = { url: 'https://product.example/hooks' };
  const registered = await webhooks.register(hook, { requestKey: 'hook-1' });
  expect(await webhooks.register(hook, { requestKey: 'hook-1' })).toEqual(registered);
  const rotate = () => webhooks.rotateSecret(registered.id, 0, { requestKey: 'turn-1' });
  expect(await rotate()).toBe(await rotate());
  const replay = () => webhooks.replay(registered.id, 0, 1_000, { requestKey: 'again-1' });
  expect(await replay()).toBe(await replay());
  await scheduler.stop();
});

test('given a scheduler that is not started yet, what it creates counts once against quotas; a request sent twice at once is one', async () => {
  const scheduler = new SyncScheduler(new OwnSyncManager());
  await scheduler.initialize();
  const create = (n: number, requestKey?: string) =>
    scheduler.createSchedule(`connection-${n}`, 'user-1', 'netflix', 'daily', { ...options, requestKey });
  // As many as a user may have with a provider.
  for (let n = 1; n < 20; n += 1) await create(n);
  const [one, other] = await Promise.all([create(20, 'last'), create(20, 'last')]);
  expect(other).toBe(one);
  await expect(create(21)).rejects.toMatchObject({ reason: 'too_many_schedules_at_provider' });
  await scheduler.stop();
});

test('given the caller’s own webhook system, it is handed each message that an endpoint is told', async () => {
  const messages: WebhookMessage[] = [];
  const told = Promise.withResolvers<void>();
  const webhookSender: WebhookSender = {
    send: (message) => {
      messages.push(message);
      if (message.type === 'RunSucceeded') told.resolve();
      return Promise.resolve({ kind: 'delivered', status: 200, durationMs: 0 });
    },
  };
  const scheduler = new SyncScheduler(new OwnSyncManager(), { webhookSender });
  await scheduler.start();
  const filter = { types: ['RunSucceeded', 'ScheduleCreated'] } as const;
  const { id, secret } = await scheduler.webhooks.register({
    url: 'https://product.example/hooks',
    filter: { ...filter, types: [...filter.types] },
  });
  expect(secret).toMatch(/^whsec_/);
  const schedule = await scheduler.createSchedule('connection-1', 'user-1', 'spotify', 'daily', options);
  await scheduler.triggerSchedule(schedule);
  await told.promise;
  expect(messages.map(({ type, webhook, url }) => [type, webhook, url])).toEqual(
    ['ScheduleCreated', 'RunSucceeded'].map((type) => [type, id, 'https://product.example/hooks']),
  );
  expect(JSON.parse(messages[1]?.body ?? '')).toMatchObject({ subject: { schedule, user: 'user-1' } });
  await expect(scheduler.webhooks.register({ url: 'http://10.0.0.1/' })).rejects.toThrow(RequestRejected);
  await scheduler.webhooks.update(id, { description: 'ours' });
  await scheduler.webhooks.disable(id);
  expect(scheduler.webhooks.list()).toMatchObject([{ status: 'disabled', description: 'ours' }]);
  await scheduler.webhooks.enable(id, { fromNow: true });
  expect(scheduler.webhooks.get(id)?.status).toBe('active');
  await expect(scheduler.webhooks.rotateSecret(id, Infinity)).rejects.toMatchObject({ field: 'overlapMs' });
  await expect(scheduler.webhooks.replay(id, 0, Infinity)).rejects.toThrow(RequestRejected);
  expect(await scheduler.webhooks.rotateSecret(id)).not.toBe(secret);
  await scheduler.webhooks.delete(id);
  expect(scheduler.webhooks.list()).toEqual([]);
  await scheduler.stop();
});

test('given a webhook system that answers with what is no result, the delivery has failed and says so', async () => {
  const answers: unknown[] = [
    { kind: 'delivered', status: undefined },
    undefined,
    'ok',
    { kind: 'failed', message: 7 },
  ];
  const webhookSender = { send: () => Promise.resolve(answers.shift()) } as unknown as WebhookSender;
  const scheduler = new SyncScheduler(new OwnSyncManager(), { webhookSender });
  await scheduler.start();
  const { id } = await scheduler.webhooks.register({
    url: 'https://product.example/hooks',
    filter: { types: ['ScheduleCreated'] },
  });
  for (let n = 0; answers.length > 0; n += 1) {
    const failed = new Promise((resolve) => scheduler.on('DeliveryFailed', resolve));
    await scheduler.createSchedule(`c-${n}`, 'user-1', 'spotify', 'daily', options);
    expect(await failed).toMatchObject({
      data: { message: expect.stringContaining('answered what is no result') },
    });
  }
  expect(scheduler.webhooks.get(id)).toMatchObject({ status: 'active', delivered: 0 });
  await scheduler.stop();
});
