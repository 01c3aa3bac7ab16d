import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SyncScheduler } from '#lib/sdk';

let scheduler: SyncScheduler;
beforeEach(async () => {
  scheduler = new SyncScheduler({ sync: async () => undefined });
  await scheduler.start();
});
afterEach(() => scheduler.stop());

const create = (connection: string, provider: string): Promise<string> =>
  scheduler.createSchedule(connection, 'ann', provider, 'daily');
const statusOf = (id: string): unknown => scheduler.getSchedule(id)?.status;

test('given a filter, all that match are paused until then, told one by one, and resumed by undoing it', async () => {
  const mine = await Promise.all([1, 2, 3].map((n) => create(`c-${n}`, 'netflix')));
  const other = await create('c-4', 'spotify');
  const until = new Date(Date.now() + 3_600_000);
  const pause = {
    filter: { provider: 'netflix' },
    change: { action: 'pause', until, note: 'moving' },
  } as const;
  expect(await scheduler.bulkChanges.preview(pause)).toMatchObject({ matched: 3, changes: 3, unchanged: 0 });
  const id = await scheduler.bulkChanges.request(pause, { expect: 3, requestKey: 'move' });
  expect(await scheduler.bulkChanges.over(id)).toMatchObject({ status: 'completed', changed: 3 });
  expect(await scheduler.bulkChanges.request(pause, { expect: 3, requestKey: 'move' })).toBe(id);
  expect(scheduler.getSchedule(mine[0]!)).toMatchObject({
    pauseNote: 'moving',
    pausedUntil: until.getTime(),
  });
  expect([...mine, other].map(statusOf)).toEqual(['paused', 'paused', 'paused', 'active']);
  await scheduler.bulkChanges.undo(id, 'moved');
  expect(await scheduler.bulkChanges.over(id)).toMatchObject({
    status: 'undone',
    undone: 3,
    undoNote: 'moved',
  });
  expect(await scheduler.bulkChanges.outcomes(id)).toEqual(
    expect.arrayContaining(mine.map((schedule) => ({ schedule, outcome: 'undone', version: 3 }))),
  );
  expect(scheduler.bulkChanges.list().map((row) => row.id)).toEqual([id]);
  expect(mine.map(statusOf)).toEqual(['active', 'active', 'active']);
});

test('given what is not valid, or would do something else, it is refused and nothing is done', async () => {
  const id = await create('c-1', 'netflix');
  const { bulkChanges } = scheduler;
  const all = { all: true } as const;
  await expect(bulkChanges.request({ filter: {}, change: { action: 'resume' } })).rejects.toMatchObject({
    reason: 'invalid_request',
    field: 'filter',
  });
  await expect(bulkChanges.request({ filter: all, change: { action: 'delete' } })).rejects.toMatchObject({
    field: 'expect',
  });
  await expect(
    bulkChanges.request({ filter: all, change: { action: 'delete' } }, { expect: 2 }),
  ).rejects.toMatchObject({
    reason: 'other_than_expected',
    details: { changes: 1 },
  });
  await expect(bulkChanges.request({ filter: all, change: { action: 'resume' } })).rejects.toMatchObject({
    reason: 'nothing_to_change',
    details: { matched: 1, unchanged: 1 },
  });
  const late = { action: 'pause', until: new Date(0) } as const;
  await expect(bulkChanges.request({ filter: all, change: late })).rejects.toMatchObject({
    field: 'change.until',
  });
  await expect(bulkChanges.undo('none')).rejects.toMatchObject({ reason: 'bulk_change_not_found' });
  await expect(bulkChanges.over('none')).rejects.toMatchObject({ reason: 'bulk_change_not_found' });
  expect(await bulkChanges.outcomes('none')).toBeUndefined();
  expect(statusOf(id)).toBe('active');
});

test('given changes of definitions, each schedule gets its own back', async () => {
  const [low, high] = [await create('c-1', 'netflix'), await create('c-2', 'netflix')];
  await scheduler.updateSchedule(high, { priority: 'high' });
  const raise = {
    filter: { schedules: [low, high] },
    change: { action: 'update', set: { priority: 'critical' } },
  } as const;
  const id = await scheduler.bulkChanges.request(raise);
  await scheduler.bulkChanges.over(id);
  expect([low, high].map((one) => scheduler.getSchedule(one)?.priority)).toEqual(['critical', 'critical']);
  await scheduler.bulkChanges.undo(id);
  await scheduler.bulkChanges.over(id);
  expect([low, high].map((one) => scheduler.getSchedule(one)?.priority)).toEqual(['normal', 'high']);
});
