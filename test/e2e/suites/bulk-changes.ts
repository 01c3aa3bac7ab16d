import { beforeAll, describe, expect, test } from '@jest/globals';
import { items, type Answer, type Service } from '../support.js';

/** One change asked of many schedules. */
export function bulkChanges(of: () => Service): void {
  let service: Service;
  beforeAll(() => {
    service = of();
  });

  /** Schedules of a provider of their own. */
  const made = async (provider: string, count: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1)
      ids.push(await service.schedule(`${provider}-${n}`, { provider, name: `${provider} ${n}` }));
    return ids;
  };
  const asked = async (body: object, headers = {}): Promise<Answer> => {
    const completed = service.next('BulkChangeCompleted');
    const answer = await service.post('/v1/bulk-changes', body, headers);
    if (answer.status === 202) {
      await completed;
      await service.settled();
    }
    return answer;
  };
  const undone = async (id: unknown, note?: string): Promise<Answer> => {
    const completed = service.next('BulkUndoCompleted');
    const answer = await service.post(
      `/v1/bulk-changes/${String(id)}/undo`,
      note === undefined ? {} : { note },
    );
    if (answer.status === 202) {
      await completed;
      await service.settled();
    }
    return answer;
  };
  const statesOf = async (provider: string): Promise<readonly unknown[]> =>
    items(await service.get(`/v1/schedules?provider=${provider}`)).map(({ status }) => status);

  describe('a change asked of many schedules', () => {
    test('given a filter, tells what it would do, does that to each, and takes back just that', async () => {
      const [first, second, third] = await made('bulk-pause', 3);
      await service.post(`/v1/schedules/${String(third)}/pause`, { note: 'by hand' });
      const body = { filter: { provider: 'bulk-pause' }, change: { action: 'pause', note: 'maintenance' } };
      const preview = await service.post('/v1/bulk-changes:preview', body);
      expect(preview).toMatchObject({
        status: 200,
        body: { matched: 3, changes: 2, unchanged: 1, refused: {}, sample: [first, second] },
      });
      const answer = await asked({ ...body, expect: 2 });
      expect(answer).toMatchObject({ status: 202, body: { planned: 2, status: 'running' } });
      const { id } = answer.body;
      expect(answer.headers.get('location')).toBe(`/v1/bulk-changes/${String(id)}`);
      expect(await statesOf('bulk-pause')).toEqual(['paused', 'paused', 'paused']);
      expect((await service.get(`/v1/bulk-changes/${String(id)}`)).body).toMatchObject({
        status: 'completed',
        action: 'pause',
        filter: { provider: 'bulk-pause' },
        changed: 2,
        unchanged: 1,
        refused: {},
      });
      // Somebody resumes one of them, which the undo leaves alone.
      await service.post(`/v1/schedules/${String(second)}/resume`);
      await service.post(`/v1/schedules/${String(second)}/pause`, { note: 'again' });
      expect(await undone(id, 'over')).toMatchObject({
        status: 202,
        body: { planned: 2, status: 'undoing' },
      });
      expect(await statesOf('bulk-pause')).toEqual(['active', 'paused', 'paused']);
      expect((await service.get(`/v1/bulk-changes/${String(id)}`)).body).toMatchObject({
        status: 'undone',
        undo: { note: 'over', planned: 2, undone: 1, refused: { stale_version: 1 } },
      });
      expect(items(await service.get(`/v1/bulk-changes/${String(id)}/schedules`))).toEqual([
        { schedule: first, outcome: 'undone', version: 3 },
        { schedule: second, outcome: 'not_undone', reason: 'stale_version', version: 2 },
      ]);
      const left = await service.get(`/v1/bulk-changes/${String(id)}/schedules?outcome=not_undone`);
      expect(items(left)).toHaveLength(1);
      expect((await undone(id)).body).toMatchObject({
        status: 409,
        detail: expect.stringContaining('undone'),
      });
    });

    test('given changes of definitions, each keeps the rest of its own, and gets its own back', async () => {
      const [first, second] = await made('bulk-update', 2);
      await service.send('PATCH', `/v1/schedules/${String(second)}`, {
        priority: 'high',
        retry: { maxAttempts: 9, cap: 'PT2H' },
      });
      const change = { action: 'update', set: { priority: 'high', retry: { maxAttempts: 7 } } };
      const answer = await asked({ filter: { schedules: [first, second] }, change });
      const read = async (id: string | undefined) => (await service.get(`/v1/schedules/${String(id)}`)).body;
      expect(await read(first)).toMatchObject({ priority: 'high', retry: { maxAttempts: 7 } });
      expect(await read(second)).toMatchObject({ priority: 'high', retry: { maxAttempts: 7, cap: 'PT2H' } });
      await undone(answer.body['id']);
      expect(await read(first)).toMatchObject({ priority: 'normal', version: 3 });
      expect(await read(second)).toMatchObject({ priority: 'high', retry: { maxAttempts: 9, cap: 'PT2H' } });
    });

    test('given that it would change other schedules than were told, none; and none for a second one of the same key', async () => {
      await made('bulk-expect', 2);
      const body = { filter: { provider: 'bulk-expect' }, change: { action: 'delete' } };
      expect((await asked(body)).body).toMatchObject({ status: 422, errors: [{ field: 'expect' }] });
      expect((await asked({ ...body, expect: 1 })).body).toMatchObject({ status: 412, changes: 2 });
      expect(await statesOf('bulk-expect')).toEqual(['active', 'active']);
      const key = { 'idempotency-key': 'bulk-delete' };
      const { body: first } = await asked({ ...body, expect: 2 }, key);
      expect(await statesOf('bulk-expect')).toEqual([]);
      const again = await service.post('/v1/bulk-changes', { ...body, expect: 2 }, key);
      expect(again).toMatchObject({ status: 202, body: { id: first['id'], repeated: true } });
      expect((await undone(first['id'])).body).toMatchObject({ status: 409 });
    });

    test('given what cannot be changed, says why of each, and nothing where nothing can', async () => {
      const [first] = await made('bulk-refused', 1);
      const of = { filter: { schedules: [first] } };
      const resume = { ...of, change: { action: 'resume' } };
      expect((await asked(resume)).body).toMatchObject({ status: 409, matched: 1, unchanged: 1 });
      const times = { frequency: 'daily', times: ['02:30'], zone: 'Mars/Base' };
      const wrong = { ...of, change: { action: 'update', set: { recurrence: times } } };
      expect((await asked(wrong)).body).toMatchObject({
        status: 409,
        refused: { invalid_schedule: 1 },
        refusals: [{ schedule: first, message: expect.stringContaining('Mars/Base') }],
      });
      const over = { ...of, change: { action: 'pause', until: '2020-01-01T00:00:00Z' } };
      expect((await asked(over)).body).toMatchObject({ status: 422, errors: [{ field: 'change.until' }] });
      const everybody = { filter: {}, change: { action: 'resume' } };
      expect((await asked(everybody)).body).toMatchObject({ status: 422, errors: [{ field: 'filter' }] });
      expect((await service.get('/v1/bulk-changes/none')).status).toBe(404);
      expect((await service.get('/v1/bulk-changes/none/schedules')).status).toBe(404);
      expect((await undone('none')).status).toBe(404);
    });

    test('given many, lists them with the newest first', async () => {
      const listed = await service.get('/v1/bulk-changes?limit=1');
      expect(items(listed)).toEqual([expect.objectContaining({ action: 'delete', status: 'completed' })]);
      const rest = await service.get(`/v1/bulk-changes?cursor=${String(listed.body['next'])}`);
      expect(items(rest).map(({ action }) => action)).toEqual(['update', 'pause']);
    });
  });
}
