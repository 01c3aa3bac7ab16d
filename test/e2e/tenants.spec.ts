import { beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../../apps/scheduler/http/open-api.js';
import { bearer, keyedService, schedule } from './key-file.js';
import type { Answer, Service } from './support.js';

const LISTS = ['schedules', 'runs', 'connections', 'webhooks', 'conflicts', 'subscriptions', 'bulk-changes'];
const pause = { filter: { all: true }, change: { action: 'pause' } };

const stage = keyedService();
let service: Service;
beforeAll(() => {
  ({ service } = stage);
});

describe('given two tenants', () => {
  /** What a stranger is told of a thing that is there must be what is told of one that is not. */
  const told = ({ status, body: { position: _, ...body } }: Answer, id: string): object => ({
    status,
    body: JSON.parse(JSON.stringify(body).replaceAll(id, 'ID')) as object,
  });

  test('whatever is the one’s, is not there for the other', async () => {
    const connection = 'shared-name';
    const registered = await service.send(
      'PUT',
      `/v1/connections/${connection}`,
      { user: 'ann', provider: 'anything' },
      bearer('bolt'),
    );
    expect(registered.status).toBe(200);
    const created = await service.post('/v1/schedules', schedule(connection), bearer('bolt'));
    const id = String(created.body['id']);
    const run = await service.post(`/v1/schedules/${id}/trigger`, undefined, bearer('bolt'));
    const hook = await service.post('/v1/webhooks', { url: 'http://127.0.0.1:9/' }, bearer('bolt'));
    const bulk = await service.post('/v1/bulk-changes', pause, bearer('bolt'));
    expect([created, run, hook, bulk].map(({ status }) => status)).toEqual([201, 202, 201, 202]);
    const ids = {
      '/v1/schedules/{id}': id,
      '/v1/runs/{id}': String(run.body['run']),
      '/v1/webhooks/{id}': String(hook.body['id']),
      '/v1/connections/{id}': connection,
      '/v1/bulk-changes/{id}': String(bulk.body['id']),
    };
    await service.settled();
    for (const list of LISTS) {
      const { status, body } = await service.get(`/v1/${list}`, bearer('acme'));
      expect({ list, status, items: body['items'] }).toEqual({ list, status: 200, items: [] });
    }
    let asked = 0;
    const past = new Date().toISOString();
    for (const { method, path: described } of routes) {
      const found = Object.entries(ids).find(([prefix]) => described.startsWith(prefix));
      if (found === undefined || method === 'put') continue;
      const [prefix, own] = found;
      const other = own.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      const ask = (one: string): Promise<Answer> =>
        service.send(
          method.toUpperCase(),
          described.replace(prefix, prefix.replace('{id}', one)).replace('{position}', '1') +
            (described.endsWith('/as-of') ? `?at=${past}` : ''),
          method === 'get' ? undefined : {},
          bearer('acme'),
        );
      const [mine, nobodys] = [await ask(own), await ask(other)];
      expect({ described, ...told(mine, own) }).toEqual({ described, ...told(nobodys, other) });
      // A connection is its tenant's by its name: another's of that name is another, which may be suspended.
      expect([404, 409, 422]).toContain(
        prefix === '/v1/connections/{id}' && mine.status === 200 ? 404 : mine.status,
      );
      asked += 1;
    }
    expect(asked).toBeGreaterThan(20);
    expect((await service.get(`/v1/schedules/${id}`, bearer('bolt'))).status).toBe(200);
  });

  test('what an error says is its tenant’s: the circuit of a provider says of which kind it was', async () => {
    const limits = {
      concurrency: 5,
      userConcurrency: 5,
      breaker: { failures: 2, open: 'PT30S', maxOpen: 'PT1M' },
    };
    await service.send('PUT', '/v1/providers/shared/limits', limits, bearer('operate'));
    const opened = service.next('CircuitOpened', ({ provider }) => provider === 'shared');
    const failing = () =>
      ({
        kind: 'failed',
        failure: { class: 'TRANSIENT', code: 'http_500', message: 'GET https://billing.acme.internal/ann' },
      }) as const;
    for (const connection of ['broken-1', 'broken-2']) {
      service.work.script(connection, failing);
      const body = { ...schedule(connection), provider: 'shared', retry: { maxAttempts: 1 } };
      const { body: created } = await service.post('/v1/schedules', body, bearer('acme'));
      await service.post(`/v1/schedules/${String(created['id'])}/trigger`, undefined, bearer('acme'));
    }
    expect(await opened).toMatchObject({ message: 'TRANSIENT (http_500)' });
    await service.settled();
    const shown = await service.get('/v1/providers/shared', bearer('bolt'));
    expect(shown.body).toMatchObject({ circuit: { status: 'open' } });
    expect(JSON.stringify(shown.body)).not.toContain('acme.internal');
  });

  test('the one’s live events are not told to the other', async () => {
    const from = await service.engine.store.head();
    const told = async (tenant: string, until: string): Promise<string> => {
      const abort = new AbortController();
      const { signal } = abort;
      const url = `${service.server.url}/v1/events?after=${from}`;
      const { body } = await fetch(url, { headers: bearer(tenant), signal });
      let heard = '';
      for await (const piece of body!.pipeThrough(new TextDecoderStream())) {
        heard += piece;
        if (heard.includes(until)) break;
      }
      abort.abort();
      return heard;
    };
    const [acme, bolt] = [told('acme', 'of-acme'), told('bolt', 'of-bolt')];
    for (const tenant of ['bolt', 'acme', 'bolt'])
      await service.post('/v1/schedules', schedule(`of-${tenant}`), bearer(tenant));
    expect(await acme).not.toContain('of-bolt');
    expect(await bolt).not.toContain('of-acme');
  });

  test('one Idempotency-Key is two requests', async () => {
    const headers = { 'idempotency-key': 'alike' };
    const ids = [];
    for (const tenant of ['acme', 'bolt', 'acme'])
      ids.push(
        (await service.post('/v1/schedules', schedule('keyed'), { ...headers, ...bearer(tenant) })).body[
          'id'
        ],
      );
    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
  });
});
