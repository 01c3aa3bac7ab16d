import { beforeAll, describe, expect, test } from '@jest/globals';
import { done, items, type Service } from '../support.js';

/** What becomes of runs: retried, cancelled, redriven, skipped. */
export function runs(of: () => Service): void {
  let service: Service;
  beforeAll(() => {
    service = of();
  });

  describe('runs', () => {
    test('given two failures, the run is retried with a growing delay, takes up its checkpoint, and succeeds', async () => {
      const failing = { kind: 'failed', failure: { class: 'TRANSIENT', message: 'no luck' } } as const;
      service.work.script(
        'retry-1',
        async (_task, context) => {
          await context.checkpoint({ page: 2 }, { read: 1, written: 1, rejected: 0 });
          return failing;
        },
        () => failing,
        () => done,
      );
      const id = await service.schedule('retry-1', { retry: { base: 'PT0.05S', factor: 3, jitter: 'none' } });
      const succeeded = service.next('RunSucceeded', (data) => String(data['run']).startsWith(id));
      const { body } = await service.post(`/v1/schedules/${id}/trigger`);
      await succeeded;
      await service.settled();
      const run = (await service.get(`/v1/runs/${String(body['run'])}`)).body;
      // What the first attempt had read before its checkpoint, and what the last one read from there on.
      expect(run).toMatchObject({ status: 'succeeded', records: { read: 4, written: 3, rejected: 1 } });
      expect((run['attempts'] as Record<string, unknown>[]).map((attempt) => attempt['nextAfterMs'])).toEqual(
        [50, 150, undefined],
      );
      expect(
        service.work.tasks.filter((task) => task.connection === 'retry-1').map((task) => task.state),
      ).toEqual([undefined, { page: 2 }, { page: 2 }]);
      const events = run['events'] as Record<string, unknown>[];
      const actorOf = (type: string): unknown => events.find((event) => event['type'] === type)?.['actor'];
      expect(actorOf('RetryScheduled')).toBeDefined();
      expect(actorOf('RunCheckpointed')).toBe(actorOf('RunStarted'));
    });

    test.each<[string, Parameters<Service['work']['script']>[1], string]>([
      ['answers nothing', () => undefined as unknown as typeof done, 'malformed_outcome'],
      [
        'checkpoints what is no state',
        async (_task, context) => {
          await context.checkpoint(new Date(0));
          return done;
        },
        'malformed_checkpoint',
      ],
    ])(
      'given an engine that %s, its attempt fails at once, and the schedule goes on',
      async (name, work, code) => {
        const connection = `odd-${code}`;
        service.work.script(connection, work);
        const id = await service.schedule(connection, { retry: { base: 'PT0.05S' } });
        const failed = service.next('RunFailed', (data) => String(data['run']).startsWith(id));
        const succeeded = service.next('RunSucceeded', (data) => String(data['run']).startsWith(id));
        await service.post(`/v1/schedules/${id}/trigger`);
        expect({ name, ...(await failed) }).toMatchObject({ name, error: { class: 'INTERNAL', code } });
        await succeeded;
        const { status, body } = await service.get(`/v1/schedules/${id}/events`);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toContain('RunCheckpointed');
      },
    );

    test('given a running one, cancel reaches its engine', async () => {
      service.work.script(
        'cancel-1',
        (_task, { signal }) =>
          new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'cancelled' }))),
      );
      const id = await service.schedule('cancel-1');
      const started = service.next('RunStarted', (data) => String(data['run']).startsWith(id));
      const { body } = await service.post(`/v1/schedules/${id}/trigger`);
      await started;
      const cancelled = service.next('RunCancelled', (data) => data['run'] === body['run']);
      expect((await service.post(`/v1/runs/${String(body['run'])}/cancel`)).status).toBe(202);
      expect(await cancelled).toMatchObject({ reason: 'requested' });
    });

    test('given consent that is gone, connection and schedule stop and say why, until it is restored', async () => {
      service.work.script('auth-1', () => ({
        kind: 'failed',
        failure: { class: 'AUTH_REVOKED', message: 'connect again' },
      }));
      const id = await service.schedule('auth-1');
      const paused = service.next('SchedulePaused', (data) => data['cause'] === 'connection_suspended');
      await service.post(`/v1/schedules/${id}/trigger`);
      expect(await paused).toMatchObject({ note: 'connect again' });
      expect((await service.post(`/v1/schedules/${id}/resume`)).body).toMatchObject({
        type: 'urn:syncopate:problem:connection-suspended',
      });
      const resumed = service.next('ScheduleResumed');
      await service.post('/v1/connections/auth-1/restore');
      expect(await resumed).toEqual({ automatic: true });
    });

    test('given a dead letter, redriving runs it again', async () => {
      service.work.script('dead-1', () => ({
        kind: 'failed',
        failure: { class: 'CONFIG', message: 'bad file' },
      }));
      const id = await service.schedule('dead-1');
      const abandoned = service.next('RunAbandoned', (data) => String(data['run']).startsWith(id));
      const { body } = await service.post(`/v1/schedules/${id}/trigger`);
      await abandoned;
      const succeeded = service.next('RunSucceeded', (data) => data['run'] === body['run']);
      await service.post(`/v1/runs/${String(body['run'])}/redrive`);
      expect(await succeeded).toMatchObject({ attempt: 2 });
    });

    test('given as many runs by hand as occurrences may run, what comes next is told all the same, and no more than may', async () => {
      const id = await service.schedule('most-1', { user: 'gus', maxRuns: 2, overlap: 'allow_all' });
      for (let n = 0; n < 2; n += 1) {
        const succeeded = service.next('RunSucceeded', (data) => String(data['run']).startsWith(id));
        await service.post(`/v1/schedules/${id}/trigger`);
        await succeeded;
      }
      await service.settled();
      const { body } = await service.get(`/v1/schedules/${id}`);
      const ahead = await service.get(`/v1/schedules/${id}/occurrences?count=5`);
      expect(body).toMatchObject({ counters: { runs: 2 } });
      expect(items(ahead)[0]).toEqual(body['nextOccurrence']);
      expect(items(ahead)).toHaveLength(2);
      expect(ahead.body['more']).toBe(false);
    });

    test('given a limit that was met by one connection alone, another of its provider runs meanwhile', async () => {
      const waits = { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 3_600_000, message: 'later' } as const;
      service.work.script('own-1', () => ({ ...waits, bucket: 'own' }));
      const [first, second] = [
        await service.schedule('own-1', { user: 'hal', provider: 'limited' }),
        await service.schedule('own-2', { user: 'ida', provider: 'limited' }),
      ];
      const snoozed = service.next('RunSnoozed', (data) => String(data['run']).startsWith(first));
      await service.post(`/v1/schedules/${first}/trigger`);
      expect(await snoozed).toMatchObject({ bucket: 'own' });
      const succeeded = service.next('RunSucceeded', (data) => String(data['run']).startsWith(second));
      await service.post(`/v1/schedules/${second}/trigger`);
      await succeeded;
    });

    test('given an engine that answers with what is no number, the attempt has failed, and the schedule goes on', async () => {
      service.work.script(
        'nan-1',
        () => ({ kind: 'snoozed', class: 'RATE_LIMITED', delayMs: Number.NaN, message: 'later' }),
        () => done,
      );
      const id = await service.schedule('nan-1', { user: 'hal', retry: { base: 'PT0.05S', jitter: 'none' } });
      const failed = service.next('RunFailed', (data) => String(data['run']).startsWith(id));
      const succeeded = service.next('RunSucceeded', (data) => String(data['run']).startsWith(id));
      await service.post(`/v1/schedules/${id}/trigger`);
      expect(await failed).toMatchObject({ error: { code: 'not_a_number' } });
      expect(await succeeded).toMatchObject({ attempt: 2 });
    });

    test('given schedules at a provider, what will be due there is told by quarters of an hour', async () => {
      for (const n of [1, 2])
        await service.schedule(`foreseen-${n}`, { user: 'hal', provider: 'foreseen', recurrence: 'daily' });
      await service.settled();
      const { body } = await service.get('/v1/providers/foreseen/forecast?hours=48');
      expect(body).toMatchObject({ provider: 'foreseen', due: 4, capacity: null, peak: null });
      const slots = body['slots'] as { at: string; due: number }[];
      expect(slots).toHaveLength(192);
      const busy = slots.filter(({ due }) => due > 0);
      expect(busy.map(({ at, due }) => [at.slice(11, 16), due])).toEqual([
        ['03:00', 2],
        ['03:00', 2],
      ]);
      const refused = await service.get('/v1/providers/foreseen/forecast?hours=200');
      expect([refused.status, refused.body['errors']]).toMatchObject([400, [{ field: 'hours' }]]);
    });

    test('given a connection, its log says who claimed, suspended and restored it; of one that nobody named there is none', async () => {
      await service.schedule('logged-1', { user: 'hal' });
      await service.post('/v1/connections/logged-1/suspend', { message: 'for now' });
      await service.post('/v1/connections/logged-1/restore', { note: 'again' });
      const { body } = await service.get('/v1/connections/logged-1/events');
      const told = (body['items'] as { type: string; actor: string; data: object }[]).map(({ type }) => type);
      expect(told).toEqual(['ScheduleClaimed', 'ConnectionSuspended', 'ConnectionRestored']);
      const last = await service.get('/v1/connections/logged-1/events?limit=1');
      expect(last.body).toMatchObject({ items: [{ actor: 'api', data: { note: 'again' } }] });
      expect((await service.get('/v1/connections/nobody-1/events')).status).toBe(404);
      expect((await service.get('/v1/connections/logged-1/events?limit=0')).status).toBe(400);
    });

    test('given a connection that is suspended, what does not concern it can be changed', async () => {
      const id = await service.schedule('suspended-1', { user: 'hal' });
      const paused = service.next('SchedulePaused', (data) => data['cause'] === 'connection_suspended');
      await service.post('/v1/connections/suspended-1/suspend', { message: 'for now' });
      await paused;
      const refused = await service.post(`/v1/schedules/${id}/trigger`);
      expect(refused.body).toMatchObject({ type: 'urn:syncopate:problem:connection-suspended' });
      expect([409, 422]).toContain(refused.status);
      const changed = await service.send('PATCH', `/v1/schedules/${id}`, { name: 'later' });
      expect(changed.status).toBe(200);
    });

    test('given another name of a provider, what is of it is found by either', async () => {
      const id = await service.schedule('alias-1', { user: 'kim', provider: 'openai' });
      await service.settled();
      for (const provider of ['openai', 'chatgpt']) {
        const found = items(await service.get(`/v1/schedules?user=kim&provider=${provider}`));
        expect(found.map((row) => row['id'])).toEqual([id]);
      }
    });

    test('given a pause, what comes next is after it', async () => {
      const id = await service.schedule('pause-1', { user: 'gus', recurrence: 'hourly' });
      const until = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString();
      await service.post(`/v1/schedules/${id}/pause`, { until });
      const [first] = items(await service.get(`/v1/schedules/${id}/occurrences?count=1`));
      expect(String(first?.['nominal']) >= until).toBe(true);
      expect(Date.parse(String(first?.['nominal'])) - Date.parse(until)).toBeLessThanOrEqual(3_600_000);
    });

    test('given two keys that are alike for long, each triggers a run of its own; the same key again does not', async () => {
      const id = await service.schedule('keys-1', { user: 'gus', overlap: 'allow_all' });
      const trigger = async (key: string): Promise<unknown> =>
        (await service.post(`/v1/schedules/${id}/trigger`, undefined, { 'idempotency-key': key })).body[
          'run'
        ];
      const long = `billing:evening-sync:${'x'.repeat(60)}`;
      const [first, second, again] = [
        await trigger(`${long}:1`),
        await trigger(`${long}:2`),
        await trigger(`${long}:1`),
      ];
      expect(again).toBe(first);
      await service.settled();
      const runs = items(await service.get(`/v1/runs?schedule=${id}`)).map((row) => row['id']);
      expect(runs.toSorted()).toEqual([first, second].toSorted());
    });

    test('given two backfills one after the other, each runs what its range holds', async () => {
      const id = await service.schedule('back-1', {
        user: 'gus',
        recurrence: { frequency: 'daily', times: ['12:00'] },
      });
      for (const month of ['01', '02']) {
        const succeeded = service.next('RunSucceeded', (data) => String(data['run']).startsWith(id));
        const range = { from: `2024-${month}-01T00:00:00Z`, to: `2024-${month}-02T00:00:00Z` };
        expect((await service.post(`/v1/schedules/${id}/backfill`, range)).status).toBe(202);
        await succeeded;
      }
      await service.settled();
      const ran = items(await service.get(`/v1/runs?schedule=${id}`));
      expect(ran.map(({ nominal, trigger, status }) => [nominal, trigger, status])).toEqual([
        ['2024-02-01T12:00:00.000Z', 'backfill', 'succeeded'],
        ['2024-01-01T12:00:00.000Z', 'backfill', 'succeeded'],
      ]);
    });

    test('given an interval shorter than the work, the overlap is skipped, told, and raised as a conflict', async () => {
      let finish: () => void = () => undefined;
      service.work.script('slow-1', () => new Promise((resolve) => (finish = () => resolve(done))));
      const skipped = service.next('OccurrenceSkipped');
      const raised = service.next('ConflictDetected', (data) => data['kind'] === 'overlap');
      const id = await service.schedule('slow-1', { recurrence: { frequency: 'interval', every: 1 } });
      expect(await skipped).toMatchObject({ reason: 'overlap' });
      expect(await raised).toMatchObject({ schedules: [id] });
      finish();
      await service.send('DELETE', `/v1/schedules/${id}`);
      await service.settled();
      expect(items(await service.get(`/v1/runs?schedule=${id}&status=skipped`)).length).toBeGreaterThan(0);
    });
  });
}
