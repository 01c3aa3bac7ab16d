import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorClass } from '#lib/domain/retry';
import type { SyncOutcome } from '#lib/ports';
import { done, items, Service } from './support.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const succeeding = (state: object): SyncOutcome => ({
  kind: 'succeeded',
  counts: { read: 1, written: 1, rejected: 0 },
  state,
});
const failed = (errorClass: ErrorClass, message: string): SyncOutcome => ({
  kind: 'failed',
  failure: { class: errorClass, message },
});
/** A schedule of its own provider, run once with these answers; resolves with its id. */
async function runs(name: string, ...outcomes: readonly SyncOutcome[]): Promise<string> {
  service.work.script(name, ...outcomes.map((outcome) => () => outcome));
  const id = await service.schedule(name, {
    provider: `of-${name}`,
    retry: { maxAttempts: 3, base: 'PT0.02S', jitter: 'none' },
  });
  await service.post(`/v1/schedules/${id}/trigger`);
  return id;
}
const body = async (path: string) => (await service.get(path)).body;
const tasksOf = (name: string) => service.work.tasks.filter(({ connection }) => connection === name);

describe('what an attempt’s error does to its schedule', () => {
  test.each(['AUTH_REVOKED', 'PERMISSION'] as const)(
    '%s: the connection is suspended, says why, and its schedules pause until it is connected again',
    async (errorClass) => {
      const name = errorClass.toLowerCase();
      const suspended = service.next('ConnectionSuspended');
      const paused = service.next('SchedulePaused', ({ cause }) => cause === 'connection_suspended');
      const id = await runs(name, failed(errorClass, 'consent was withdrawn'));
      expect(await suspended).toMatchObject({ message: 'consent was withdrawn' });
      await paused;
      await service.settled();
      expect(await body(`/v1/schedules/${id}`)).toMatchObject({ status: 'paused' });
      expect(await body(`/v1/connections/${name}`)).toMatchObject({ status: 'suspended' });
      expect(tasksOf(name)).toHaveLength(1);
    },
  );

  test('APP_BLOCKED: the whole provider pauses for hours; what is triggered meanwhile waits', async () => {
    const paused = service.next('ProviderPaused', ({ provider }) => provider === 'of-blocked');
    const id = await runs('blocked', failed('APP_BLOCKED', 'this app was suspended'));
    const at = Date.now();
    const { cause, until } = await paused;
    expect(cause).toBe('app_blocked');
    expect(Number(until) - at).toBeGreaterThan(3_600_000);
    const queued = service.next('RunQueued', ({ schedule }) => schedule === undefined || schedule === id);
    await service.post(`/v1/schedules/${id}/trigger`);
    await queued;
    await service.settled();
    expect(items(await service.get(`/v1/runs?schedule=${id}&status=queued`))).toHaveLength(1);
    expect(tasksOf('blocked')).toHaveLength(1);
  });

  test('APP_BLOCKED, of an app that is the connection’s own: its run is given up, and the provider’s others go on', async () => {
    const ended = service.next('RunAbandoned');
    const failure = { class: 'APP_BLOCKED', message: 'no such client', bucket: 'own' } as const;
    const id = await runs('own-app', { kind: 'failed', failure });
    await ended;
    await service.settled();
    const provider = await body('/v1/providers/of-own-app');
    expect(provider).toMatchObject({ circuit: { status: 'closed' } });
    expect(provider).not.toHaveProperty('pause');
    const succeeded = service.next('RunSucceeded', ({ run }) => String(run).startsWith(id));
    service.work.script('own-app', () => done);
    await service.post(`/v1/schedules/${id}/trigger`);
    await succeeded;
  });

  test('INTERRUPTED, said by an engine: it is a failed attempt like others, and uses one up', async () => {
    const ended = service.next('RunAbandoned');
    const says = failed('INTERRUPTED', 'I was interrupted');
    await runs('says-so', says, says, says, says);
    expect(await ended).toMatchObject({ reason: 'attempts_exhausted' });
    expect(tasksOf('says-so')).toHaveLength(3);
  });

  test.each(['INTERNAL'] as const)('%s: however often, the provider’s others go on', async (errorClass) => {
    const name = `ours-${errorClass.toLowerCase()}`;
    const opened = service.next('CircuitOpened', ({ provider }) => provider === `of-${name}`);
    const ended: Promise<unknown>[] = [];
    for (let n = 0; n < 6; n += 1) {
      const connection = `${name}-${n}`;
      const failure = failed(errorClass, 'no fault of the provider');
      service.work.script(
        connection,
        () => failure,
        () => failure,
      );
      const more = { provider: `of-${name}`, retry: { maxAttempts: 9, base: 'PT0.01S', jitter: 'none' } };
      const id = await service.schedule(connection, { ...more, user: connection });
      ended.push(service.next('RunSucceeded', ({ run }) => String(run).startsWith(id)));
      await service.post(`/v1/schedules/${id}/trigger`);
    }
    await Promise.race([Promise.all(ended), opened]);
    await service.settled();
    expect(await body(`/v1/providers/of-${name}`)).toMatchObject({ circuit: { status: 'closed' } });
  });

  test('RATE_LIMITED: the run is snoozed without using up an attempt', async () => {
    const snoozed = service.next('RunSnoozed', (data) => data['class'] === 'RATE_LIMITED');
    const succeeded = service.next('RunSucceeded');
    const wait = { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 50, message: '429' } as const;
    await runs('limited', wait, done);
    await snoozed;
    await succeeded;
    expect(tasksOf('limited').map(({ fence }) => fence)).toEqual([1, 2]);
  });

  test('DATA_NOT_READY: the run is snoozed, and done when the data is there', async () => {
    const succeeded = service.next('RunSucceeded');
    const wait = { kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 30, message: 'being made' } as const;
    await runs('unready', wait, wait, wait, wait, done);
    await succeeded;
    expect(tasksOf('unready')).toHaveLength(5);
  });

  test('CURSOR_INVALID: the next attempt begins without the state that was stored', async () => {
    const first = service.next('RunSucceeded');
    const id = await runs('cursor', succeeding({ v: 1, cursor: 'old' }));
    await first;
    service.work.script('cursor', () => failed('CURSOR_INVALID', 'the cursor is too old'));
    const second = service.next('RunSucceeded');
    await service.post(`/v1/schedules/${id}/trigger`);
    await second;
    expect(tasksOf('cursor').map(({ state }) => state)).toEqual([
      undefined,
      { v: 1, cursor: 'old' },
      undefined,
    ]);
  });

  test.each(['SCHEMA_DRIFT', 'CONFIG'] as const)(
    '%s: given up at once; the state of the last success is kept for the next run',
    async (errorClass) => {
      const name = errorClass.toLowerCase();
      const first = service.next('RunSucceeded');
      const id = await runs(name, succeeding({ v: 1, cursor: 'kept' }));
      await first;
      service.work.script(name, () => failed(errorClass, 'unknown format'));
      const abandoned = service.next('RunAbandoned');
      await service.post(`/v1/schedules/${id}/trigger`);
      expect(await abandoned).toMatchObject({ reason: 'non_retryable' });
      const again = service.next('RunSucceeded');
      await service.post(`/v1/schedules/${id}/trigger`);
      await again;
      expect(tasksOf(name).at(-1)?.state).toEqual({ v: 1, cursor: 'kept' });
    },
  );

  test('TRANSIENT: tried as often as the schedule says, then given up', async () => {
    const abandoned = service.next('RunAbandoned');
    const bad = failed('TRANSIENT', 'connection reset');
    await runs('flapping', bad, bad, bad);
    expect(await abandoned).toMatchObject({ reason: 'attempts_exhausted' });
    expect(tasksOf('flapping').map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });
});
