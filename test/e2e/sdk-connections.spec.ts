import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SyncScheduler, type StoredEvent, type SyncManager } from '#lib/sdk';

/** Of connections whose user took consent back. */
const revoked = new Set<string>();
const manager: SyncManager = {
  sync({ connectionId }) {
    if (!revoked.has(connectionId)) return Promise.resolve({ recordsWritten: 1 });
    return Promise.reject(Object.assign(new Error('consent is gone'), { class: 'AUTH_REVOKED' }));
  },
};

let scheduler: SyncScheduler;
beforeEach(async () => {
  scheduler = new SyncScheduler(manager);
  await scheduler.start();
});
afterEach(async () => {
  revoked.clear();
  await scheduler.stop();
});

const next = (type: StoredEvent['type']): Promise<StoredEvent> =>
  new Promise((resolve) => {
    const stop = scheduler.on(type, (event) => {
      stop();
      resolve(event);
    });
  });
const after = async <T>(type: StoredEvent['type'], work: () => Promise<T>): Promise<T> => {
  const told = next(type);
  const answer = await work();
  await told;
  return answer;
};
const create = (connection: string, user = 'ann'): Promise<string> =>
  scheduler.createSchedule(connection, user, 'netflix', 'daily');

test('given a connection whose consent is gone, its schedule is not resumed until it is restored, and then runs', async () => {
  const id = await create('c-1');
  revoked.add('c-1');
  await after('SchedulePaused', () => scheduler.triggerSchedule(id));
  const suspended = { reason: 'connection_suspended', field: 'connection' };
  await expect(scheduler.resumeSchedule(id)).rejects.toMatchObject({
    ...suspended,
    message: 'connection c-1 is suspended (auth_revoked): consent is gone; restore it first',
  });
  await expect(scheduler.triggerSchedule(id)).rejects.toMatchObject(suspended);
  expect(scheduler.getSchedule(id)).toMatchObject({ status: 'paused', pauseCause: 'connection_suspended' });
  expect(scheduler.connections.get('c-1')).toMatchObject({
    status: 'suspended',
    suspendCause: 'auth_revoked',
    suspendMessage: 'consent is gone',
  });

  revoked.delete('c-1');
  await after('ScheduleResumed', () => scheduler.connections.restore('c-1', { note: 'consented anew' }));
  expect(scheduler.connections.get('c-1')?.status).toBe('active');
  await after('RunSucceeded', () => scheduler.triggerSchedule(id));
  const events = await scheduler.connections.events('c-1');
  expect(events.map(({ type }) => type)).toEqual([
    'ScheduleClaimed',
    'ConnectionSuspended',
    'ConnectionRestored',
  ]);
  expect(events.at(-1)?.data).toEqual({ note: 'consented anew' });
  expect((await scheduler.connections.events('c-1', 1)).map(({ type }) => type)).toEqual([
    'ConnectionRestored',
  ]);
});

test('given a connection that is suspended on request, its schedules pause, and what may be asked of it is told', async () => {
  const { connections } = scheduler;
  const id = await create('c-1');
  await create('c-2', 'bob');
  await after('SchedulePaused', () =>
    connections.suspend('c-1', { message: 'holiday', requestKey: 'click-1' }),
  );
  await connections.suspend('c-1', { message: 'holiday', requestKey: 'click-1' });
  await expect(connections.suspend('c-1', { requestKey: 'click-1' })).rejects.toMatchObject({
    reason: 'idempotency_key_reused',
    field: 'requestKey',
  });
  expect(scheduler.getSchedule(id)).toMatchObject({ status: 'paused', pauseNote: 'holiday' });
  expect(connections.list().map(({ id: one }) => one)).toEqual(['c-1', 'c-2']);
  expect(connections.list({ status: 'suspended' }).map(({ id: one }) => one)).toEqual(['c-1']);
  expect(connections.list({}, 1)).toHaveLength(1);
  await expect(connections.restore('c-2')).rejects.toMatchObject({ reason: 'not_suspended' });
  await after('ScheduleResumed', () => connections.restore('c-1'));
});

test('given a connection that nobody knows, or whose schedules are there, that is told rather than done', async () => {
  const { connections } = scheduler;
  const unknown = { reason: 'connection_not_found', message: 'there is no connection c-9' };
  await expect(connections.suspend('c-9')).rejects.toMatchObject(unknown);
  await expect(connections.restore('c-9')).rejects.toMatchObject(unknown);
  await expect(connections.remove('c-9')).rejects.toMatchObject(unknown);
  expect(connections.get('c-9')).toBeUndefined();
  expect(await connections.events('c-9')).toEqual([]);

  const id = await create('c-1');
  await expect(connections.remove('c-1')).rejects.toMatchObject({ reason: 'connection_in_use' });
  await after('ClaimReleased', () => scheduler.deleteSchedule(id));
  await connections.suspend('c-1');
  await connections.remove('c-1', { records: 'forget', note: 'asked by its user' });
  expect(connections.get('c-1')).toBeUndefined();
  await create('c-1', 'bob');
});
