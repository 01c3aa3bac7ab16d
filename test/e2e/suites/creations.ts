import { beforeAll, describe, expect, test } from '@jest/globals';
import { items, type Answer, type Service } from '../support.js';

const daily = { user: 'ann', provider: 'anything', recurrence: 'daily' } as const;

/** Schedules come into being: one, or many at once. */
export function creations(of: () => Service, start: typeof Service.start): void {
  let service: Service;
  beforeAll(() => {
    service = of();
  });

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
      const reordered = { connection: 'key-1', ...Object.fromEntries(Object.entries(daily).toReversed()) };
      expect((await service.post('/v1/schedules', reordered, key)).body).toMatchObject({ repeated: true });
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

    test('given a quota of three and ten schedules right after each other, three are made, however far behind reads are', async () => {
      const strict = await start({ quotas: { schedulesPerUser: 3, schedulesPerUserAndProvider: 3 } });
      const statuses: number[] = [];
      for (let n = 0; n < 10; n += 1) {
        const { status } = await strict.post('/v1/schedules', {
          ...daily,
          user: 'dan',
          connection: `dan-${n}`,
        });
        statuses.push(status);
      }
      expect(statuses).toEqual([201, 201, 201, ...Array.from({ length: 7 }, () => 422)]);
      await strict.stop();
    });

    test('given a quota of three and ten schedules at once, one by one and in a batch, three are made; one that is deleted makes room for one', async () => {
      const strict = await start({ quotas: { schedulesPerUser: 3, schedulesPerUserAndProvider: 3 } });
      const eve = (n: number) => ({ ...daily, user: 'eve', connection: `eve-${n}` });
      const create = async (n: number) => (await strict.post('/v1/schedules', eve(n))).status;
      const many = async (...from: readonly number[]) => {
        const { body } = await strict.post('/v1/schedules/batch', { schedules: from.map(eve) });
        return Number(body['created']);
      };
      const [inBatch, ...singly] = await Promise.all([many(1, 2, 3, 4, 5), ...[6, 7, 8, 9, 10].map(create)]);
      expect(inBatch + singly.filter((status) => status === 201).length).toBe(3);
      await strict.settled();
      const [first] = items(await strict.get('/v1/schedules?user=eve'));
      await strict.send('DELETE', `/v1/schedules/${String(first?.['id'])}`);
      await strict.settled();
      const again = await Promise.all([11, 12, 13].map(create));
      expect(again.toSorted()).toEqual([201, 422, 422]);
      await strict.stop();
    });

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
}
