import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '#lib/ports/testing';
import { readConfiguration } from '#lib/wiring';
import { items, Service } from './support.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

describe('numbers and instants', () => {
  test('given a provider that is named like an instant, how many schedules it has is a number', async () => {
    await service.schedule('s-1', { user: 'eve', provider: 'start' });
    await service.settled();
    const { body } = await service.get('/v1/stats');
    expect(body).toMatchObject({
      schedules: { byProvider: { start: 1 } },
      nextDue: { wakeAt: expect.stringMatching(INSTANT) as unknown },
    });
  });

  test('given a run that waits, the queue shows its instants as instants', async () => {
    await service.post('/v1/providers/queued/pause');
    const id = await service.schedule('q-1', { user: 'eve', provider: 'queued' });
    await service.post(`/v1/schedules/${id}/trigger`);
    await service.settled();
    const open = (await service.get('/v1/queue')).body['open'] as Record<string, unknown>[];
    const instant: unknown = expect.stringMatching(INSTANT);
    expect(open).toMatchObject([{ schedule: id, nominal: instant, effective: instant, queuedAt: instant }]);
  });
});

describe('given an executor that serves one provider', () => {
  let narrow: Service;
  beforeAll(async () => {
    const { executorProviders } = readConfiguration({ SYNCOPATE_EXECUTOR_PROVIDERS: 'openai' });
    narrow = await Service.start({ leaseMs: 500, executorProviders: executorProviders ?? [] });
  });
  afterAll(() => narrow.stop());

  test('the queue and the provider say of the others that nobody does their work', async () => {
    const served = await narrow.schedule('a', { provider: 'chatgpt' });
    const over = narrow.next('RunSucceeded');
    await narrow.post(`/v1/schedules/${served}/trigger`);
    expect(await over).toMatchObject({ run: expect.stringContaining(served) as unknown });
    const unserved = await narrow.schedule('b', { provider: 'netflix' });
    await narrow.post(`/v1/schedules/${unserved}/trigger`);
    const told = async (): Promise<unknown> =>
      ((await narrow.get('/v1/queue')).body['providers'] as Record<string, unknown>[])[0]?.['stopped'];
    await until(async () => (await told()) === 'no_executor');
    expect((await narrow.get('/v1/providers/netflix')).body).toMatchObject({ stopped: 'no_executor' });
    expect((await narrow.get('/v1/providers/chatgpt')).body).not.toHaveProperty('stopped');
    expect((await narrow.get('/v1/queue')).body).toMatchObject({
      providers: [{ provider: 'netflix', stopped: 'no_executor' }],
    });
  });
});

describe('statistics', () => {
  test('given schedules without a bucket, their days are told, by any name of a provider', async () => {
    const id = await service.schedule('d-1', { user: 'eve', provider: 'openai' });
    const over = service.next('RunSucceeded', (data) => String(data['run']).startsWith(id));
    await service.post(`/v1/schedules/${id}/trigger`);
    await over;
    await service.settled();
    const ofSchedule = await service.get(`/v1/statistics?scope=schedule&subject=${id}`);
    expect(ofSchedule.body).toMatchObject({ bucket: 'day', items: [{ subject: id, succeeded: 1 }] });
    expect(items(ofSchedule)[0]?.['start']).toMatch(INSTANT);
    const ofProvider = await service.get('/v1/statistics?scope=provider&subject=openai');
    expect(ofProvider.body).toMatchObject({ bucket: 'hour', items: [{ subject: 'chatgpt', succeeded: 1 }] });
  });

  test.each([
    ['hours of schedules', 'scope=schedule&bucket=hour', 'bucket'],
    ['a subject of no scope', 'subject=spotify', 'subject'],
  ])('given %s are asked for, the answer says what there is', async (_name, query, field) => {
    const refused = await service.get(`/v1/statistics?${query}`);
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ errors: [{ field }] });
  });

  test('given a report of more than a year, it is refused as too long', async () => {
    const refused = await service.get('/v1/report?from=2020-01-01T00:00:00Z');
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('at most 366 days');
  });
});

describe('queries', () => {
  test('given a schedule, so many of its last events are told as were asked for', async () => {
    const id = await service.schedule('l-1', { user: 'eve' });
    await service.post(`/v1/schedules/${id}/pause`);
    await service.post(`/v1/schedules/${id}/resume`);
    const types = items(await service.get(`/v1/schedules/${id}/events?limit=2`)).map(({ type }) => type);
    expect(types).toEqual(['SchedulePaused', 'ScheduleResumed']);
    expect((await service.get(`/v1/schedules/${id}/events?limit=0`)).status).toBe(400);
    const last = await service.get(`/v1/schedules/${id}/events?limit=1`);
    expect(last.body).toMatchObject({ items: [{ type: 'ScheduleResumed' }], next: 2 });
    const before = await service.get(`/v1/schedules/${id}/events?before=2`);
    expect(before.body).toMatchObject({
      items: [{ type: 'ScheduleCreated' }, { type: 'SchedulePaused' }],
      next: null,
    });
    expect(items(await service.get(`/v1/schedules/${id}/events?before=0`))).toEqual([]);
  });

  test('given a lateness in seconds, it is taken as one', async () => {
    expect((await service.get('/v1/runs?minLateness=60')).status).toBe(200);
    expect((await service.get('/v1/runs?minLateness=PT1M')).status).toBe(200);
    expect((await service.get('/v1/runs?minLateness=-1')).status).toBe(400);
  });

  test('given a range that ends before it begins, or a position that is none, it is refused in words', async () => {
    const range = 'from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z';
    expect((await service.get(`/v1/runs?${range}`)).body).toMatchObject({
      errors: [{ code: 'empty_range' }],
    });
    const [wrong] = (await service.get('/v1/events?after=abc')).body['errors'] as { message: string }[];
    expect(wrong?.message).toContain('expected number');
    const missing = await service.post('/v1/schedules');
    expect(missing.body['detail']).toBe('the body is not valid: is missing: an object is needed');
    const key = await service.post('/v1/schedules', {}, { 'idempotency-key': 'x'.repeat(129) });
    expect(key.body).toMatchObject({ status: 400, errors: [{ field: 'Idempotency-Key' }] });
  });

  test('given a type of event that there is none of, the stream is refused and the types are named', async () => {
    const refused = await service.get('/v1/events?types=RunSucceded');
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('RunSucceded; there are');
    expect(JSON.stringify(refused.body)).toContain('RunSucceeded');
  });

  test('given blanks and an empty place, the stream begins now and has the types that were named', async () => {
    const abort = new AbortController();
    const url = `${service.server.url}/v1/events?after=&types=SchedulePaused,%20ScheduleCreated%20,`;
    const response = await fetch(url, { signal: abort.signal });
    const id = await service.schedule('e-1', { user: 'eve' });
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('event: ')) break;
    }
    expect(/event: (\w+)\ndata: (.*)/.exec(text)?.slice(1)).toEqual([
      'ScheduleCreated',
      expect.stringContaining(id),
    ]);
    abort.abort();
  });
});
