import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SyncScheduler, type StoredEvent, type SyncRequest } from '#lib/sdk';
import { laterThan } from './support.js';

let scheduler: SyncScheduler;
let requests: SyncRequest[];
/** Of connections that wait for the test. */
let held: Map<string, Promise<void>>;
beforeEach(async () => {
  requests = [];
  held = new Map();
  scheduler = new SyncScheduler({
    async sync(request) {
      requests.push(request);
      await held.get(request.connectionId);
    },
  });
  await scheduler.start();
});
afterEach(() => scheduler.stop());

const create = (connection = 'c-1'): Promise<string> =>
  scheduler.createSchedule(connection, 'ann', 'netflix', 'daily');
const told = (type: StoredEvent['type']): Promise<StoredEvent> =>
  new Promise((resolve) => {
    const stop = scheduler.on(type, (event) => {
      stop();
      resolve(event);
    });
  });
const count = (type: StoredEvent['type']): { readonly seen: () => number } => {
  let seen = 0;
  scheduler.on(type, () => (seen += 1));
  return { seen: () => seen };
};

test('given a version that was read, a change is made to that one, and refused where it is another by now', async () => {
  const id = await create();
  const version = scheduler.getSchedule(id)?.version ?? 0;
  await scheduler.updateSchedule(id, { priority: 'high' }, { version });
  const stale = { reason: 'stale_version' };
  await expect(scheduler.updateSchedule(id, { priority: 'low' }, { version })).rejects.toMatchObject(stale);
  await expect(scheduler.pauseSchedule(id, { version })).rejects.toMatchObject(stale);
  await expect(scheduler.triggerSchedule(id, { version })).rejects.toMatchObject(stale);
  await expect(scheduler.schedules.skipNext(id, { version })).rejects.toMatchObject(stale);
  await expect(scheduler.deleteSchedule(id, { version })).rejects.toMatchObject(stale);
  expect(scheduler.getSchedule(id)).toMatchObject({ status: 'active', priority: 'high' });
  await scheduler.pauseSchedule(id, { version: version + 1 });
  await expect(scheduler.resumeSchedule(id, { version })).rejects.toMatchObject(stale);
  await scheduler.resumeSchedule(id, { version: scheduler.getSchedule(id)?.version });
  await scheduler.deleteSchedule(id, { version: scheduler.getSchedule(id)?.version, note: 'over' });

  const { id: hook } = await scheduler.webhooks.register({ url: 'https://product.example/hooks' });
  await scheduler.webhooks.update(hook, { description: 'ours' }, { version: 1 });
  await expect(scheduler.webhooks.delete(hook, { version: 1 })).rejects.toMatchObject(stale);
});

test('given a schedule that was changed and deleted, it is told as it was, and not as it will be', async () => {
  const id = await create();
  const before = scheduler.getSchedule(id);
  await laterThan(before?.createdAt ?? 0);
  await scheduler.pauseSchedule(id);
  await scheduler.deleteSchedule(id);
  const { schedules } = scheduler;
  expect(await schedules.asOf(id, new Date((before?.createdAt ?? 0) - 1))).toBeUndefined();
  expect(await schedules.asOf(id, new Date(before?.createdAt ?? 0))).toEqual(before);
  expect(await schedules.asOf(id, new Date())).toEqual(scheduler.getSchedule(id));
  const refused = { reason: 'invalid_request', field: 'at' };
  await expect(schedules.asOf(id, new Date(Date.now() + 60_000))).rejects.toMatchObject(refused);
  await expect(schedules.asOf(id, new Date('no'))).rejects.toMatchObject(refused);
});

test('given changes under their caller’s keys, made again they are done once, and refused under another body', async () => {
  const id = await create();
  const paused = count('SchedulePaused');
  const pause = (note: string) => scheduler.pauseSchedule(id, { note, requestKey: 'pause-1' });
  await pause('holiday');
  await scheduler.resumeSchedule(id, { requestKey: 'resume-1' });
  // Out of order, as retries come: neither undoes the other.
  await pause('holiday');
  await scheduler.resumeSchedule(id, { requestKey: 'resume-1' });
  expect(scheduler.getSchedule(id)?.status).toBe('active');
  await expect(pause('another')).rejects.toMatchObject({
    reason: 'idempotency_key_reused',
    message: 'this requestKey was used for another request; take a new one',
    field: 'requestKey',
  });
  const rename = () => scheduler.updateSchedule(id, { name: 'mine' }, { requestKey: 'update-1' });
  await rename();
  await scheduler.updateSchedule(id, { name: 'yours' });
  await rename();
  expect(scheduler.getSchedule(id)?.name).toBe('yours');
  const remove = () => scheduler.deleteSchedule(id, { note: 'over', requestKey: 'delete-1' });
  await remove();
  await remove();
  expect(scheduler.schedules.list()).toEqual([]);
  expect(paused.seen()).toBe(1);
});

test('given a run that is open, another is triggered under an overlap policy of its own, and as another operation', async () => {
  const id = await create();
  const { promise, resolve } = Promise.withResolvers<void>();
  held.set('c-1', promise);
  const started = told('RunStarted');
  await scheduler.triggerSchedule(id);
  await started;
  const refused = { reason: 'run_in_progress', message: expect.stringContaining('another overlap policy') };
  await expect(scheduler.triggerSchedule(id)).rejects.toMatchObject(refused);
  const full = { overlap: 'buffer_one', operation: 'full_sync', requestKey: 'full-1' } as const;
  const run = await scheduler.triggerSchedule(id, full);
  expect(await scheduler.triggerSchedule(id, full)).toBe(run);
  await expect(scheduler.triggerSchedule(id, { requestKey: 'full-1' })).rejects.toMatchObject({
    reason: 'idempotency_key_reused',
  });
  const second = new Promise((done) =>
    scheduler.on('RunSucceeded', (event) => (JSON.stringify(event.data).includes(run) ? done(event) : 0)),
  );
  resolve();
  await second;
  expect(requests.map(({ operationType }) => operationType)).toEqual(['incremental_sync', 'full_sync']);
});

test('given a range of the past, its occurrences run, and their ids are answered, again too', async () => {
  const id = await create();
  const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
  const backfill = () => scheduler.schedules.backfill(id, day(1), day(4), { requestKey: 'fill-1' });
  const runs = await backfill();
  expect(runs.map((run) => scheduler.executor.run(run)?.nominal)).toEqual(
    [1, 2, 3].map((n) => Date.UTC(2026, 0, n, 3)),
  );
  expect(await backfill()).toEqual(runs);
  expect(await scheduler.schedules.backfill(id, new Date(7), new Date(8))).toEqual([]);
  await expect(scheduler.schedules.backfill(id, day(4), day(1))).rejects.toMatchObject({
    reason: 'invalid_backfill',
    field: 'from',
  });
  expect(scheduler.executor.runs({ trigger: 'backfill' })).toHaveLength(3);
});

test('given ranges of the past that overlap, each answers the runs of its own, up to the last instant of it', async () => {
  const id = await create();
  const due = (n: number): Date => new Date(Date.UTC(2026, 0, n, 3));
  const first = await scheduler.schedules.backfill(id, due(0), due(3));
  const second = await scheduler.schedules.backfill(id, due(1), due(3));
  const nominals = (runs: readonly string[]) => runs.map((run) => scheduler.executor.run(run)?.nominal);
  expect(nominals(first)).toEqual([1, 2, 3].map((n) => due(n).getTime()));
  expect(nominals(second)).toEqual([2, 3].map((n) => due(n).getTime()));
  expect(first.filter((run) => second.includes(run))).toEqual([]);
});

test('given a provider, its limits are changed and it is paused and resumed, under any of its names', async () => {
  const { providers } = scheduler;
  expect(providers.list().map(({ id }) => id)).toEqual(['amazon_prime', 'chatgpt', 'netflix', 'spotify']);
  const before = providers.get('openai');
  expect(before).toMatchObject({ id: 'chatgpt', limits: { concurrency: 2 }, circuit: { status: 'closed' } });
  const limits = { concurrency: 7, userConcurrency: 3, rate: { starts: 5, per: 'PT1M' } };
  await providers.changeLimits('openai', limits, { requestKey: 'limits-1' });
  await providers.changeLimits('openai', limits, { requestKey: 'limits-1' });
  expect(providers.get('chatgpt').limits).toEqual({
    concurrency: 7,
    userConcurrency: 3,
    rate: { starts: 5, perMs: 60_000 },
    breaker: before.limits.breaker,
  });
  const until = new Date(Date.now() + 3_600_000);
  await providers.pause('netflix', { note: 'maintenance', until });
  expect(providers.get('netflix').pause).toMatchObject({
    cause: 'request',
    note: 'maintenance',
    until: until.getTime(),
  });
  await expect(providers.pause('netflix', { until: new Date(7) })).rejects.toMatchObject({
    reason: 'invalid_pause',
  });
  const id = await create();
  await scheduler.triggerSchedule(id);
  expect(requests).toEqual([]);
  const ran = told('RunSucceeded');
  await providers.resume('netflix', { requestKey: 'resume-1' });
  await ran;
  expect(providers.get('netflix').pause).toBeUndefined();
  await expect(providers.resume('netflix')).rejects.toMatchObject({ reason: 'not_paused' });
});

test('given a conflict, it is acknowledged and resolved, with a note that says why', async () => {
  await create();
  await expect(create()).rejects.toMatchObject({ reason: 'duplicate_schedule' });
  const { reporter } = scheduler;
  const [conflict] = await reporter.conflicts({ status: 'open' });
  const id = conflict?.id ?? '';
  await reporter.acknowledgeConflict(id, { note: 'seen' });
  expect(await reporter.conflicts()).toMatchObject([{ status: 'acknowledged', note: 'seen' }]);
  await reporter.resolveConflict(id);
  expect(await reporter.conflicts({ status: ['resolved'] })).toMatchObject([{ resolution: 'request' }]);
  expect(await reporter.conflicts({ status: 'open' })).toEqual([]);
  await expect(reporter.acknowledgeConflict(id)).rejects.toMatchObject({ reason: 'conflict_resolved' });
  await expect(reporter.resolveConflict('none')).rejects.toMatchObject({ reason: 'conflict_not_found' });
});
