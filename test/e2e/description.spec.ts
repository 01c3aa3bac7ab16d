import { RequestMethod } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { may, roles } from '#lib/contracts/api';
import type { Engine } from '#lib/wiring';
import { isOpen } from '../../apps/scheduler/http/authentication.js';
import { needOf } from '../../apps/scheduler/http/needs.js';
import { AppModule } from '../../apps/scheduler/app.module.js';
import { openApi, routes } from '../../apps/scheduler/http/open-api.js';
import { differenceOf, type Answered } from './described.js';
import { items, Service } from './support.js';

type Response = {
  readonly description: string;
  readonly headers?: object;
  readonly content: Record<string, { readonly schema?: { readonly $ref: string } }>;
};
type Operation = {
  readonly operationId: string;
  readonly description: string;
  readonly security?: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Record<string, Response>;
};
type Description = {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
};

const description = (await openApi()) as Description;
const { paths, components } = description;
const operations = routes.map((route) => ({ route, operation: paths[route.path]![route.method]! }));
const named = (path: string, method: string) => paths[path]?.[method]?.parameters.map(({ name }) => name);

/** Every object of the document, with where it is. */
function* objectsOf(value: unknown, at = '#'): Generator<readonly [string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [at, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) yield* objectsOf(inner, `${at}/${key}`);
}

const resolve = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], description);

/** Of the controllers, as the router is told them; `:id` as `{id}`. */
function* served(): Generator<string> {
  const { controllers = [] } = AppModule.with({} as Engine);
  for (const controller of controllers) {
    const prototype = controller.prototype as Record<string, object>;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const handler = prototype[name];
      if (typeof handler !== 'function' || !Reflect.hasMetadata('method', handler)) continue;
      const method = RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '';
      const parts = [controller, handler].map((part) => String(Reflect.getMetadata('path', part) ?? ''));
      const path = `/${parts.join('/')}`.replaceAll(/\/+/g, '/').replace(/(?<=.)\/$/, '');
      const written = path
        .replaceAll('::', '\0')
        .replaceAll(/:(\w+)/g, '{$1}')
        .replaceAll('\0', ':');
      yield `${method.toLowerCase()} ${written}`;
    }
  }
}

test('the description has every route that is served, but for the page and its files', () => {
  const told = routes.map(({ method, path }) => `${method} ${path}`);
  expect([...served()].toSorted()).toEqual([...told, 'get /', 'get /assets/{file}'].toSorted());
});

describe('the description of requests', () => {
  test('tells the parameters of every query', () => {
    expect(named('/v1/events', 'get')).toEqual(['after', 'schedule', 'types', 'Last-Event-ID']);
    expect(named('/v1/statistics', 'get')).toEqual(expect.arrayContaining(['bucket', 'scope', 'subject']));
    for (const { route, operation } of operations)
      if (route.query !== undefined)
        expect(operation.parameters.some((one) => one.in === 'query')).toBe(true);
  });

  test('tells which changes take a version, what an upload is sent as, and that a disk may be full', () => {
    expect(named('/v1/schedules/{id}', 'patch')).toContain('If-Match');
    expect(named('/v1/runs/{id}/cancel', 'post')).not.toContain('If-Match');
    const upload = paths['/v1/connections/{id}/file']?.['put'];
    expect(Object.keys(upload?.requestBody?.content ?? {})).toContain('application/zip');
    expect(upload?.responses).toHaveProperty('507');
  });
});

describe('the description of answers', () => {
  test.each(operations)('$route.method $route.path has a name and tells what it answers', (given) => {
    const { operationId, responses } = given.operation;
    expect(operationId).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
    const { content } = responses[given.route.status ?? 200]!;
    expect(Object.keys(content)).toHaveLength(1);
    const [[media, told]] = Object.entries(content) as [[string, { readonly schema?: object }]];
    if (media === 'application/json') expect(resolve((told.schema as { $ref: string }).$ref)).toBeDefined();
    else expect(['text/event-stream', 'text/plain']).toContain(media);
    expect(responses['4XX']?.content).toHaveProperty(['application/problem+json']);
  });

  test('has no name twice', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids).toEqual([...new Set(ids)]);
  });

  test('refers to nothing that is not there, and is one document', () => {
    for (const [at, value] of objectsOf(description)) {
      const { $ref } = value;
      if (typeof $ref === 'string') expect([at, $ref, resolve($ref)]).toEqual([at, $ref, expect.anything()]);
      // Each of these would begin a document of its own, whose references are other ones.
      expect(Object.keys(value)).not.toContain('$defs');
      expect(Object.keys(value)).not.toContain('$schema');
      expect(Object.keys(value)).not.toContain('$id');
    }
  });

  test('has only parts that something refers to', () => {
    const references = new Set([...objectsOf(description)].map(([, { $ref }]) => $ref));
    const unused = Object.keys(components.schemas).filter(
      (name) => !references.has(`#/components/schemas/${name}`),
    );
    expect(unused).toEqual([]);
  });

  test('names what a path has between braces, and nothing besides', () => {
    for (const { route, operation } of operations) {
      const inPath = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  test.each([
    ['/healthz', 'get', 'Answered without an API key.'],
    ['/metrics', 'get', 'Takes an API key of role metrics or operate.'],
    ['/v1/schedules', 'get', 'Takes an API key of role read, write, or operate.'],
    ['/v1/schedules', 'post', 'Takes an API key of role write or operate.'],
    ['/v1/schedules:validate', 'post', 'Takes an API key of role read, write, or operate.'],
    ['/v1/providers/{id}/limits', 'put', 'Takes an API key of role operate.'],
  ])('tells who may: %s, %s', (path, method, told) => {
    expect(paths[path]?.[method]?.description).toBe(told);
  });

  test('tells of each operation who may, in line with what a key is asked for', () => {
    for (const { route, operation } of operations) {
      if (operation.security !== undefined) {
        expect([operation.security, isOpen(route.path)]).toEqual([[], true]);
        continue;
      }
      const pattern = route.path.replaceAll(':', '::').replaceAll(/\{(\w+)\}/g, ':$1');
      for (const role of roles)
        expect({ path: route.path, role, told: operation.description.includes(role) }).toEqual({
          path: route.path,
          role,
          told: may(role, needOf(route.method, pattern)),
        });
    }
  });

  test('leaves a later release free to answer more', () => {
    for (const name of ['Schedule', 'Run', 'Webhook'])
      expect(components.schemas[name]).not.toHaveProperty('additionalProperties');
  });
});

describe('given an answer', () => {
  let service: Service;
  let seen: Answered;
  beforeAll(async () => {
    service = await Service.start();
    const url = `/v1/schedules/${await service.listed('d-1')}`;
    const { status, headers, body } = await service.get(url);
    seen = { method: 'GET', url, status, headers: Object.fromEntries(headers), body };
  });
  afterAll(() => service.stop());

  const differing = (change: (body: Record<string, unknown>) => void): string | undefined => {
    const body = structuredClone(seen.body) as Record<string, unknown>;
    change(body);
    return differenceOf({ ...seen, body });
  };

  test('as it is described, nothing differs', () => {
    expect(differenceOf(seen)).toBeUndefined();
  });

  test('with a field too many, or one too few, that is noticed, however deep', () => {
    expect(differing((body) => (body['colour'] = 'blue'))).toContain('colour');
    expect(differing((body) => delete body['provider'])).toContain('provider');
    expect(differing((body) => delete (body['counters'] as { missed?: number }).missed)).toContain('missed');
    expect(differing((body) => ((body['recurrence'] as { at?: number }).at = 1))).toContain('"at"');
  });

  test('with another status, type, or header than is described, that is noticed', () => {
    expect(differenceOf({ ...seen, status: 201 })).toContain('status');
    expect(differenceOf({ ...seen, status: 418 })).toContain('no problem');
    const { etag: _, ...untagged } = seen.headers;
    expect(differenceOf({ ...seen, headers: untagged })).toContain('ETag');
    expect(differenceOf({ ...seen, headers: { ...seen.headers, location: '/' } })).toContain('Location');
    expect(differenceOf({ ...seen, headers: { ...seen.headers, 'content-type': 'text/plain' } })).toContain(
      'text/plain',
    );
    expect(differenceOf({ ...seen, url: '/v1/unheard-of' })).toContain('of a route');
  });

  test('that refuses, it is a problem, which may tell more', () => {
    const body = { type: 'urn:x', title: 'x', status: 409, detail: 'x', position: 3 };
    const headers = { 'content-type': 'application/problem+json' };
    expect(differenceOf({ ...seen, status: 409, headers, body })).toBeUndefined();
    expect(differenceOf({ ...seen, status: 409, headers, body: { ...body, title: 1 } })).toContain('title');
    expect(differenceOf({ ...seen, status: 502, headers, body })).toContain('status');
  });

  test('of the description itself, it is one', async () => {
    expect((await service.get('/v1/openapi.json')).body).toEqual(JSON.parse(JSON.stringify(description)));
  });
});

describe('given answers that no other test asks for', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(() => service.stop());

  test.each([
    { frequency: 'hourly', minute: 7, gap: 'skip', fold: 'both' },
    { frequency: 'daily', times: ['03:00', '15:30:30'], excludedDates: ['2027-12-24'], spread: 'PT15M' },
    {
      frequency: 'weekly',
      weekdays: ['monday'],
      blackouts: [{ weekdays: ['friday'], from: '22:00', to: '02:00' }],
    },
    { frequency: 'monthly', days: [1, 'last', { nth: 2, weekday: 'friday' }], shortMonth: 'skip' },
    {
      frequency: 'interval',
      every: 'PT1H30M',
      anchor: '2027-01-01T00:00:00.000Z',
      end: '2029-01-01T00:00:00.000Z',
    },
    { frequency: 'cron', expression: '0 3 * * 1', zone: 'Europe/Berlin', start: '2027-01-01T00:00:00.000Z' },
  ])('a schedule that is $frequency is as it is described', async (recurrence) => {
    const more = { recurrence, name: 'a', maxRuns: 9, expectedDuration: 'PT0.5S' };
    const id = await service.listed(`f-${recurrence.frequency}`, more);
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({ recurrence });
  });

  test('a conflict is as it is described, open and resolved', async () => {
    await service.schedule('c-1');
    const twice = { user: 'ann', connection: 'c-1', provider: 'anything', recurrence: 'daily' };
    expect((await service.post('/v1/schedules', twice)).status).toBe(409);
    await service.settled();
    const [{ id } = {}] = items(await service.get('/v1/conflicts'));
    const path = `/v1/conflicts/${String(id)}`;
    expect((await service.get(path)).body).toMatchObject({ status: 'open' });
    const { body } = await service.post(`${path}/resolve`);
    const read = await service.get(`${path}?atLeast=${String(body['position'])}`);
    expect(read.body).toMatchObject({ status: 'resolved', resolution: 'request' });
  });
});
