import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../../apps/scheduler/http/open-api.js';
import { Service } from './support.js';

const key = 'a-key-of-more-than-24-characters';
const authorization = `Bearer ${key}`;

let service: Service;
beforeAll(async () => {
  service = await Service.start({ apiKeys: [key] });
});
afterAll(() => service.stop());

/** As a browser's page of elsewhere asks. */
const foreign = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };

/** Its headers alone: a stream of events would go on. */
async function headersOf(method: string, path: string, headers: Record<string, string>): Promise<Headers> {
  const abort = new AbortController();
  const url = service.server.url + path.replaceAll(/\{\w+\}/g, 'nobody');
  const answer = await fetch(url, { method, headers: { ...foreign, ...headers }, signal: abort.signal });
  abort.abort();
  return answer.headers;
}

const strict = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

function assertStrict(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject(strict);
  const names = [...headers.keys()];
  // Nothing is shared with pages of elsewhere, no cookie is set, and nobody is told what answers.
  expect(names.filter((name) => /^access-control-|^set-cookie$|^server$|^x-powered-by$/.test(name))).toEqual(
    [],
  );
}

describe('given any route, with a key and without', () => {
  test.each(routes.map(({ method, path }) => [method.toUpperCase(), path]))(
    '%s %s answers under strict headers, and shares nothing with pages of elsewhere',
    async (method, path) => {
      for (const headers of [{}, { authorization }]) assertStrict(await headersOf(method, path, headers));
    },
  );
});

test.each(['/nothing', '/v1/%zz', `/v1/schedules/${'a'.repeat(400)}`])(
  'and so is what is no route: %s',
  async (path) => {
    for (const method of ['GET', 'OPTIONS', 'POST']) assertStrict(await headersOf(method, path, {}));
  },
);

test('and so is what is no request', async () => {
  const { hostname, port } = new URL(service.server.url);
  const answer = await new Promise<string>((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.end('NONSENSE\r\n\r\n'));
    socket.on('data', (data) => (heard += data.toString()));
    socket.on('close', () => resolve(heard)).on('error', reject);
  });
  const [head = ''] = answer.split('\r\n\r\n');
  const [status, ...lines] = head.split('\r\n');
  expect(status).toBe('HTTP/1.1 400 Bad Request');
  assertStrict(new Headers(lines.map((line) => line.split(': ') as [string, string])));
});
