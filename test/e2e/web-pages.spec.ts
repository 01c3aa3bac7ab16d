import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Service } from './support.js';

let service: Service;
let id: string;
beforeAll(async () => {
  service = await Service.start();
  id = await service.schedule('paged');
  await service.settled();
});
afterAll(() => service.stop());

type Told = { readonly status: number; readonly body: string };

/** With headers that `fetch` would not let us name. */
const sent = (
  method: string,
  path: string,
  headers: Record<string, string>,
  url = service.server.url,
): Promise<Told> =>
  new Promise((resolve, reject) => {
    const asking = request(url + path, { method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asking.on('error', reject).end();
  });

describe('given no API keys', () => {
  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['a page of elsewhere', { origin: 'https://evil.example' }],
    ['a page of nowhere', { origin: 'null' }],
    ['a form that names no origin', { 'sec-fetch-site': 'cross-site' }],
    ['a name of elsewhere that leads here', { host: 'evil.example' }],
    ['a name that only begins like the loopback address', { host: '127.0.0.1.evil.example:8080' }],
    ['a name that only begins like localhost', { host: 'localhost.evil.example' }],
  ];
  test.each(foreign)('%s commands nothing and reads nothing', async (_name, headers) => {
    const refused = await sent('POST', `/v1/schedules/${id}/pause`, headers);
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('urn:syncopate:problem:foreign-web-page');
    expect(refused.body).toContain('SYNCOPATE_API_KEYS');
    expect((await sent('GET', '/v1/schedules', headers)).status).toBe(403);
    expect((await service.get(`/v1/schedules/${id}`)).body).toMatchObject({ status: 'active' });
  });

  const own: readonly (readonly [string, Record<string, string>])[] = [
    ['a program', {}],
    ['localhost by its name', { host: 'localhost:1234' }],
    ['the loopback address of IPv6', { host: '[::1]:1234' }],
    ['a page served from this machine', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
  ];
  test.each(own)('%s is served', async (_name, headers) => {
    expect((await sent('GET', '/v1/schedules', headers)).status).toBe(200);
  });

  test('a health check is answered by whatever name it asks', async () => {
    expect((await sent('GET', '/healthz', { host: 'scheduler.internal' })).status).toBe(200);
  });
});

test('given API keys, whoever sends one is served, by any name', async () => {
  const key = 'a-key-of-more-than-24-characters';
  const guarded = await Service.start({ apiKeys: [key] });
  const headers = { host: 'scheduler.example', authorization: `Bearer ${key}` };
  expect((await sent('GET', '/v1/schedules', headers, guarded.server.url)).status).toBe(200);
  await guarded.stop();
});
