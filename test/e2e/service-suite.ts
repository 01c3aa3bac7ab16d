import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashReadModel } from '#lib/projections';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '../../apps/scheduler/http/open-api.js';
import { done, items, Service, type Answer } from './support.js';
import type { Topology } from './topology.js';

const daily = { user: 'ann', provider: 'anything', recurrence: 'daily' } as const;

const contentOf = (path: string): object => {
  const { sha256, tables } = hashReadModel(path);
  return { sha256, tables };
};

/** What a caller of the service may count on, whatever it stands on. */
export function serviceSuite(topology: Topology): void {
  const start: typeof Service.start = (settings, folder) => Service.start(settings, folder, topology);
  afterAll(() => topology.close());
  let service: Service;
  beforeAll(async () => {
    service = await start();
  });
  afterAll(() => service.stop());

  describe('creating a schedule', () => {
    test('given a good one, answers its place, version and log position, and a read at that position shows it', async () => {
      const { status, headers, body } = await service.post('/v1/schedules', {
        ...daily,
        connection: 'create-1',
      });
      expect(status).toBe(201);
      expect(headers.get('etag')).toBe('"1"');
      expect(headers.get('location')).toBe(`/v1/schedules/${String(body['id'])}`);
      const read = await service.get(
        `/v1/schedules/${String(body['id'])}?atLeast=${String(body['position'])}`,
      );
      expect(read.body).toMatchObject({
        status: 'active',
        connection: 'create-1',
        recurrence: { frequency: 'daily', times: ['03:00'] },
      });
    });

    test('given the same idempotency key, the same answer; with another body, a refusal', async () => {
      const key = { 'idempotency-key': 'k-1' };
      const first = await service.post('/v1/schedules', { ...daily, connection: 'key-1' }, key);
      const again = await service.post('/v1/schedules', { ...daily, connection: 'key-1' }, key);
      const other = await service.post('/v1/schedules', { ...daily, connection: 'key-2' }, key);
      expect(again.body).toMatchObject({
        id: first.body['id'],
        position: first.body['position'],
        repeated: true,
      });
      expect(other.status).toBe(422);
    });

    test('given a second one for the same connection and operation, a duplicate that names the first', async () => {
      const id = await service.schedule('dup-1');
      const { status, body } = await service.post('/v1/schedules', { ...daily, connection: 'dup-1' });
      expect(status).toBe(409);
      expect(body['schedule']).toBe(id);
      await service.settled();
      expect(
        items(await service.get('/v1/conflicts?kind=duplicate')).map((row) => row['schedules']),
      ).toContainEqual([id]);
    });

    test('given a question only, findings and no schedule', async () => {
      const recurrence = { frequency: 'daily', times: ['02:30'], zone: 'America/New_York' };
      const { status, body } = await service.post('/v1/schedules:validate', {
        ...daily,
        connection: 'ask',
        recurrence,
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ valid: true });
      expect(body['findings']).toContainEqual(
        expect.objectContaining({ code: 'dst_gap', severity: 'warning' }),
      );
    });
  });

  describe('creating many schedules', () => {
    type Item = { ok: boolean; result?: Record<string, unknown>; problem?: Record<string, unknown> };
    const itemsIn = ({ body }: Answer): Item[] => body['items'] as Item[];
    const saidIn = (answer: Answer) => itemsIn(answer).map(({ problem }) => problem?.['status'] ?? 'created');
    const batch = (schedules: unknown, headers?: Record<string, string>, at = service) =>
      at.post('/v1/schedules/batch', { schedules }, headers);

    test('given good ones and bad ones, answers each in its place as it would by itself', async () => {
      const taken = await service.schedule('many-taken');
      const mars = { frequency: 'daily', zone: 'Mars/X' };
      const february = { frequency: 'cron', expression: '0 0 30 2 *' };
      const answer = await batch([
        { ...daily, connection: 'many-1' },
        { ...daily, connection: 'many-2', recurrence: mars },
        { ...daily, connection: 'many-taken' },
        'no schedule',
        { ...daily, connection: 'many-1' },
        { ...daily, connection: 'many-3', recurrence: february },
        { ...daily, connection: 'many-1', operation: 'full_sync' },
      ]);
      expect(answer.status).toBe(200);
      expect(saidIn(answer)).toEqual(['created', 422, 409, 422, 409, 422, 'created']);
      const [first, zone, duplicate, none, second, cron] = itemsIn(answer);
      expect(answer.body).toMatchObject({ created: 2, repeated: 0, refused: 5 });
      expect(first?.result).toMatchObject({ status: 'active', version: 1, events: ['ScheduleCreated'] });
      expect(zone?.problem?.['errors']).toMatchObject([{ field: 'recurrence.zone' }]);
      expect(duplicate?.problem).toMatchObject({
        type: 'urn:syncopate:problem:duplicate-schedule',
        title: 'Conflict',
        schedule: taken,
      });
      expect(none?.problem?.['type']).toBe('urn:syncopate:problem:invalid-body');
      expect(second?.problem?.['schedule']).toBe(first?.result?.['id']);
      expect(cron?.problem).toMatchObject({
        type: 'urn:syncopate:problem:invalid-schedule',
        errors: [{ field: 'recurrence.expression' }],
      });
      const read = `/v1/schedules?connection=many-1&atLeast=${String(answer.body['position'])}`;
      expect(items(await service.get(read))).toHaveLength(2);
    });

    test('given the same idempotency key, the same schedules; with another batch, a refusal and no schedule', async () => {
      const key = { 'idempotency-key': 'many-k' };
      const schedules = ['many-k1', 'many-k2'].map((connection) => ({ ...daily, connection }));
      const first = await batch(schedules, key);
      const again = await batch(schedules, key);
      const other = await batch([...schedules, { ...daily, connection: 'many-k3' }], key);
      expect(again.body).toMatchObject({ created: 0, repeated: 2, refused: 0 });
      expect(itemsIn(again).map(({ result }) => result?.['id'])).toEqual(
        itemsIn(first).map(({ result }) => result?.['id']),
      );
      expect(other.status).toBe(422);
      expect(other.body['type']).toBe('urn:syncopate:problem:idempotency-key-reused');
      expect((await batch([{ ...daily, connection: 'many-k3' }])).body).toMatchObject({ created: 1 });
    });

    test('given a thousand with policies of their own, all of them are created', async () => {
      const policies = {
        name: 'a schedule with a name of some length, as people give them',
        retry: { maxAttempts: 5, base: 'PT10S', factor: 2, cap: 'PT5M', jitter: 'full' },
        catchUp: { policy: 'all', window: 'P7D', cap: 10 },
        recurrence: {
          frequency: 'weekly',
          weekdays: ['monday', 'friday'],
          times: ['02:30'],
          zone: 'Asia/Tokyo',
        },
      };
      const schedules = Array.from({ length: 1_000 }, (_, n) => ({
        ...daily,
        ...policies,
        user: `many-user-${n}`,
        connection: `many-thousand-${n}`,
      }));
      expect(JSON.stringify(schedules).length).toBeGreaterThan(256 * 1024);
      const answer = await batch(schedules);
      expect(answer.body).toMatchObject({ created: 1_000, refused: 0 });
      expect(new Set(itemsIn(answer).map(({ result }) => result?.['id'])).size).toBe(1_000);
    }, 30_000);

    test.each([
      ['no body', undefined, 400, 'schedules'],
      ['a list', [{ ...daily, connection: 'r' }], 400, 'an object like'],
      ['no list', { schedules: 7 }, 400, 'schedules: must be an array'],
      ['an empty one', { schedules: [] }, 400, 'at least one'],
      ['more than a thousand', { schedules: Array(1_001).fill(1) }, 400, '1000 schedules at most'],
      ['something beside the list', { schedules: [1], colour: 'red' }, 400, 'colour: is not a known field'],
      ['more than 2 MiB', { schedules: ['a'.repeat(2 * 1024 * 1024)] }, 413, '2048 KiB'],
    ])(
      'given %s in place of a batch, a problem that says what would be right',
      async (_, body, status, told) => {
        const answer = await service.post('/v1/schedules/batch', body);
        expect({ status: answer.status, detail: answer.body['detail'] }).toEqual({
          status,
          detail: expect.stringContaining(told),
        });
      },
    );

    test('given a quota that the batch itself uses up, those beyond it are refused; a refused one uses up none', async () => {
      const quotas = { schedulesPerUser: 4, schedulesPerUserAndProvider: 2 };
      const strict = await start({ quotas, allowShortIntervals: false });
      await strict.schedule('quota-0', { user: 'ben' });
      await strict.settled();
      const ben = (connection: string, more: object = {}) => ({ ...daily, user: 'ben', connection, ...more });
      const schedules = [
        ben('quota-0'),
        ben('quota-1', { recurrence: { frequency: 'interval', every: 1 } }),
        ben('quota-2'),
        ben('quota-2'),
        ben('quota-3'),
        ben('quota-4', { provider: 'another' }),
        ben('quota-5', { provider: 'another' }),
        ben('quota-6', { provider: 'a-third' }),
        { ...ben('quota-7'), user: 'cleo' },
      ];
      const key = { 'idempotency-key': 'quota' };
      const answer = await batch(schedules, key, strict);
      const codes = itemsIn(answer).map(({ problem }) =>
        (problem?.['errors'] as { code: string }[] | undefined)?.map(({ code }) => code).join(' '),
      );
      expect(codes).toEqual([
        'duplicate_schedule',
        'interval_too_short',
        undefined,
        'too_many_schedules_at_provider',
        'too_many_schedules_at_provider',
        undefined,
        undefined,
        'too_many_schedules',
        undefined,
      ]);
      // What the first request made does not speak against the same request made again.
      await strict.settled();
      const again = await batch(schedules, key, strict);
      expect(again.body).toMatchObject({ created: 0, repeated: 4, refused: 5 });
      await strict.stop();
    });
  });

  describe('changing a schedule', () => {
    test('given a stale version, 412; given the right one, the new ETag', async () => {
      const id = await service.schedule('change-1');
      expect(
        (await service.send('PATCH', `/v1/schedules/${id}`, { priority: 'high' }, { 'if-match': '"7"' }))
          .status,
      ).toBe(412);
      const changed = await service.send(
        'PATCH',
        `/v1/schedules/${id}`,
        { priority: 'high', name: 'a' },
        { 'if-match': '"1"' },
      );
      expect(changed.headers.get('etag')).toBe('"2"');
      const taken = await service.send('PATCH', `/v1/schedules/${id}`, { name: null });
      const read = await service.get(`/v1/schedules/${id}?atLeast=${String(taken.body['position'])}`);
      expect(read.body).not.toHaveProperty('name');
      expect(read.body).toMatchObject({ priority: 'high', version: 3 });
    });

    test('given pause, resume, skip and delete, each does what it says', async () => {
      const id = await service.schedule('life-1');
      const [first, second] = items(await service.get(`/v1/schedules/${id}/occurrences?count=2`));
      expect((await service.post(`/v1/schedules/${id}/pause`, { note: 'holiday' })).body).toMatchObject({
        status: 'paused',
      });
      expect((await service.post(`/v1/schedules/${id}/resume`)).body).toMatchObject({ status: 'active' });
      expect((await service.post(`/v1/schedules/${id}/skip-next`)).status).toBe(200);
      expect(items(await service.get(`/v1/schedules/${id}/occurrences?count=1`))).toEqual([second]);
      expect(first).not.toEqual(second);
      expect((await service.send('DELETE', `/v1/schedules/${id}`)).status).toBe(200);
      expect((await service.post(`/v1/schedules/${id}/pause`)).status).toBe(404);
    });
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
      expect(run).toMatchObject({ status: 'succeeded', records: { read: 3, written: 2, rejected: 1 } });
      expect((run['attempts'] as Record<string, unknown>[]).map((attempt) => attempt['nextAfterMs'])).toEqual(
        [50, 150, undefined],
      );
      expect(
        service.work.tasks.filter((task) => task.connection === 'retry-1').map((task) => task.state),
      ).toEqual([undefined, { page: 2 }, { page: 2 }]);
      expect((run['events'] as Record<string, unknown>[]).map((event) => event['type'])).toContain(
        'RetryScheduled',
      );
    });

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

  describe('live events', () => {
    test('given a last event id, the stream goes on from there without a gap or a repeat', async () => {
      const seen: number[] = [];
      let last = 0;
      for (const connection of ['sse-1', 'sse-2', 'sse-3']) {
        await service.schedule(connection);
        const head = await service.engine.store.head();
        const abort = new AbortController();
        const response = await fetch(`${service.server.url}/v1/events`, {
          signal: abort.signal,
          headers: { 'last-event-id': String(last) },
        });
        let text = '';
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
          text += chunk;
          const ids = [...text.matchAll(/^id: (\d+)\nevent:/gm)].map(([, id]) => Number(id));
          if (ids.at(-1)! < head) continue;
          seen.push(...ids);
          last = ids.at(-1)!;
          break;
        }
        abort.abort();
      }
      expect(seen).toEqual([...new Set(seen)]);
      const all = await service.engine.store.readAll(0, 100_000, {
        prefixes: ['schedule-', 'connection-', 'provider-', 'conflict-'],
      });
      expect(seen).toEqual(all.filter((event) => event.position <= last).map((event) => event.position));
    });
  });

  describe('refusals', () => {
    const create = (body: unknown, headers?: Record<string, string>) =>
      service.post('/v1/schedules', body, headers);
    const cases: readonly (readonly [string, () => ReturnType<typeof create>, number, string])[] = [
      [
        'an unknown zone',
        () => create({ ...daily, connection: 'r', recurrence: { frequency: 'daily', zone: 'Mars/X' } }),
        422,
        'recurrence.zone',
      ],
      [
        '30 February',
        () =>
          create({ ...daily, connection: 'r', recurrence: { frequency: 'cron', expression: '0 0 30 2 *' } }),
        422,
        'recurrence.expression',
      ],
      ['a wrong type', () => create({ ...daily, connection: 7 }), 422, 'connection'],
      ['an unknown field', () => create({ ...daily, connection: 'r', colour: 'red' }), 422, 'colour'],
      ['a body of 1 MB', () => create({ name: 'a'.repeat(1_048_576) }), 413, '256 KiB'],
      ['deep JSON', () => create('['.repeat(5_000) + ']'.repeat(5_000)), 422, '32 levels'],
      ['a prototype key', () => create('{"__proto__":{"x":1}}'), 422, '__proto__'],
      ['broken JSON', () => create('{bad'), 400, 'not valid JSON'],
      [
        'another media type',
        () => service.send('POST', '/v1/schedules', 'x', { 'content-type': 'text/plain' }),
        415,
        'application/json',
      ],
      ['an unknown route', () => service.get('/v1/nope'), 404, 'GET /v1/nope'],
      ['a bad cursor', () => service.get('/v1/runs?cursor=zzz'), 400, 'cursor'],
      [
        'a bad If-Match',
        () => service.send('PATCH', '/v1/schedules/x', { priority: 'low' }, { 'if-match': 'abc' }),
        400,
        'If-Match must be',
      ],
      [
        'a bad Last-Event-ID',
        () => service.get('/v1/events', { 'last-event-id': 'x' }),
        400,
        'Last-Event-ID',
      ],
      [
        'an empty range',
        () => service.get('/v1/report?from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z'),
        400,
        'from',
      ],
    ];
    test.each(cases)(
      'given %s, a problem that says what would be right',
      async (_name, send, status, told) => {
        const answer = await send();
        expect(answer.status).toBe(status);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
        expect(JSON.stringify(answer.body)).toContain(told);
      },
    );

    test('given any JSON at any route that takes a body, never a 5xx', async () => {
      const writing = routes.filter((route) => route.body !== undefined);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...writing),
          fc.jsonValue({ maxDepth: 4 }),
          async ({ method, path }, body) => {
            const { status } = await service.send(
              method.toUpperCase(),
              path.replaceAll('{id}', 'zzz'),
              JSON.stringify(body),
            );
            expect(status).toBeLessThan(500);
          },
        ),
        { numRuns: 200, seed: 42 },
      );
    });

    test('given the description, every route in it is served', async () => {
      for (const { method, path } of routes.filter(
        (route) => route.path !== '/metrics' && route.path !== '/v1/events',
      )) {
        const { body } = await service.send(method.toUpperCase(), path.replaceAll('{id}', 'nothing'));
        expect({ path, type: body['type'] }).not.toEqual({
          path,
          type: 'urn:syncopate:problem:no-such-route',
        });
      }
    });
  });

  test('given API keys, only those who send one get in; health stays open', async () => {
    const key = 'a-key-of-more-than-24-characters';
    const guarded = await start({ apiKeys: [key] });
    expect((await guarded.get('/v1/schedules')).status).toBe(401);
    expect((await guarded.get('/v1/schedules', { authorization: `Bearer ${key}` })).status).toBe(200);
    expect((await guarded.get('/healthz')).status).toBe(200);
    await guarded.stop();
  });

  test('given the read model is deleted, a start builds it again, equal to before', async () => {
    const first = await start();
    const succeeded = first.next('RunSucceeded');
    const id = await first.schedule('rebuilt');
    await first.post(`/v1/schedules/${id}/trigger`);
    await succeeded;
    await first.settled();
    await first.stop(true);
    const path = join(first.folder, 'read-model.sqlite');
    const before = contentOf(path);
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    const second = await start({}, first.folder);
    await second.stop(true);
    // How far it has read may differ: a log that is shared with others grows by itself.
    expect(contentOf(path)).toEqual(before);
    rmSync(first.folder, { recursive: true });
  });
}
