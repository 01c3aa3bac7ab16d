import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashReadModel } from '#lib/projections';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { items, laterThan, Service } from './support.js';
import { bulkChanges } from './suites/bulk-changes.js';
import { creations } from './suites/creations.js';
import { parked } from './suites/parked.js';
import { refusals } from './suites/refusals.js';
import { runs } from './suites/runs.js';
import { webhooks } from './suites/webhooks.js';
import type { Topology } from './topology.js';

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

  const of = (): Service => service;
  creations(of, start);

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
      const stale = { 'if-match': '"2"' };
      expect((await service.post(`/v1/schedules/${id}/trigger`, undefined, stale)).status).toBe(412);
      const past = { from: '2026-01-01T00:00:00Z', to: '2026-02-02T00:00:00Z' };
      expect((await service.post(`/v1/schedules/${id}/backfill`, past, stale)).status).toBe(412);
      expect(read.body).toMatchObject({ priority: 'high', version: 3 });
    });

    test('given a schedule that was changed, paused and deleted, it can be read as it was at any time before', async () => {
      const id = await service.schedule('past-1', { name: 'first' });
      const before = new Date().toISOString();
      await laterThan(Date.parse(before));
      await service.send('PATCH', `/v1/schedules/${id}`, { name: 'second' });
      await service.post(`/v1/schedules/${id}/pause`, { note: 'holiday' });
      const paused = new Date().toISOString();
      await laterThan(Date.parse(paused));
      const { body } = await service.send('DELETE', `/v1/schedules/${id}`);
      expect((await service.get(`/v1/schedules/${id}?atLeast=${String(body['position'])}`)).status).toBe(404);
      const then = await service.get(`/v1/schedules/${id}/as-of?at=${before}`);
      expect(then.body).toMatchObject({ id, name: 'first', status: 'active', version: 1, asOf: before });
      // Nobody changes what was.
      expect(then.headers.get('etag')).toBeNull();
      expect((await service.get(`/v1/schedules/${id}/as-of?at=${paused}`)).body).toMatchObject({
        name: 'second',
        status: 'paused',
        version: 3,
        pause: { note: 'holiday' },
      });
      for (const none of ['2020-01-01T00:00:00Z', new Date().toISOString()])
        expect((await service.get(`/v1/schedules/${id}/as-of?at=${none}`)).status).toBe(404);
      for (const wrong of ['2999-01-01T00:00:00Z', 'yesterday'])
        expect((await service.get(`/v1/schedules/${id}/as-of?at=${wrong}`)).body).toMatchObject({
          status: 400,
          errors: [{ field: 'at' }],
        });
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

  bulkChanges(of);
  runs(of);
  webhooks(of);

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
        prefixes: ['schedule-', 'connection-', 'provider-', 'conflict-', 'webhook-', 'bulk-'],
      });
      expect(seen).toEqual(all.filter((event) => event.position <= last).map((event) => event.position));
    });
  });

  refusals(of);
  parked(of);

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
