import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { routes } from '../../../apps/scheduler/http/open-api.js';
import type { Service } from '../support.js';

const daily = { user: 'ann', provider: 'anything', recurrence: 'daily' } as const;

/** What is refused, and how; and that nothing is answered with a failure of ours. */
export function refusals(of: () => Service): void {
  let service: Service;
  beforeAll(() => {
    service = of();
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
      [
        'an unknown field',
        () => create({ ...daily, connection: 'r', colour: 'red' }),
        422,
        'colour: is not a known field; there are autoPause, bufferCap, catchUp, connection,',
      ],
      [
        'a field of another frequency',
        () => create({ ...daily, connection: 'r', recurrence: { frequency: 'daily', weekdays: ['mon'] } }),
        422,
        'recurrence.weekdays: is not a known field; there are blackouts, end, excludedDates, fold, frequency, gap, spread, start, times, zone',
      ],
      [
        'a thousand unknown fields',
        () => create(Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`field-${n}`, n] as const))),
        422,
        'not valid in 1004 places',
      ],
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
      [
        'a file where JSON is taken',
        () =>
          service.send('POST', '/v1/schedules', 'a,b', {
            'content-type': 'text/csv',
            'idempotency-key': 'file-1',
          }),
        415,
        'application/json',
      ],
      [
        'a note that would not be kept',
        () => service.post('/v1/schedules/x/resume', { note: 'back again' }),
        422,
        'note: is not a known field',
      ],
      [
        'a version for what has none',
        () => service.send('POST', '/v1/runs/x.m.y/cancel', undefined, { 'if-match': '"1"' }),
        400,
        'leave out If-Match',
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
        'a Last-Event-ID of another log',
        () => service.get('/v1/events', { 'last-event-id': '999999999' }),
        400,
        'beyond the last event',
      ],
      ['a position of another log', () => service.get('/v1/events?after=999999999'), 400, 'without it'],
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
}
