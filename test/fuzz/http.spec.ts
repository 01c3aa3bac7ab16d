import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createScheduleBody, structureProblem } from '#lib/contracts/api';
import { routes } from '../../apps/scheduler/http/open-api.js';
import { Service } from '../e2e/support.js';
import type { Random } from '../simulation/random.js';
import { hostileStrings, hostileTexts } from './hostile.js';
import { CASES, draws, MOST_MS, mutatedBytes } from './mutate.js';
import { query, requestBody } from './requests.js';
import { Complaints, timed } from './verdict.js';

let service: Service;
let ids: readonly string[];
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

beforeAll(async () => {
  service = await Service.start();
  ids = await Promise.all(['fuzz-a', 'fuzz-b'].map((connection) => service.schedule(connection)));
});
afterAll(async () => {
  agent.destroy();
  await service.stop();
});

type Request = {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
};
type Answer = { readonly status: number; readonly type: string; readonly body: string };

/** Byte by byte as it stands: a well-meaning client would refuse to send most of it. */
const send = ({ method, path, headers, body }: Request): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.server.url);
    const framed = { ...headers, 'content-length': String(body.length) };
    const asking = request({ hostname, port, method, path, headers: framed, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers['content-type'] ?? '',
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });

const HEADER = /^[\t\x20-\x7e\x80-\xff]*$/;
const TYPES = ['application/json', 'application/json', 'application/json; charset=x', 'text/plain', ''];

function headersOf(random: Random): Record<string, string> {
  const text = (): string => {
    const value = random.pick(hostileStrings);
    return HEADER.test(value) ? value.slice(0, 4_000) : 'x';
  };
  return {
    'content-type': random.pick(TYPES),
    ...(random.chance(0.1)
      ? { 'if-match': random.pick(['"1"', '*', '"99999999999999999999"', text()]) }
      : {}),
    ...(random.chance(0.1) ? { 'idempotency-key': random.pick(['same-key', text()]) } : {}),
    ...(random.chance(0.05) ? { authorization: text(), 'x-request-id': text() } : {}),
  };
}

/** Streams that never end have tests of their own. */
const asked = routes.filter(({ path }) => path !== '/v1/events');

function drawn(random: Random): Request {
  const { method, path } = random.pick(asked);
  const id = encodeURIComponent(
    random.chance(0.6) ? random.pick(ids) : random.pick(hostileStrings).toWellFormed(),
  );
  const search = new URLSearchParams(random.chance(0.5) ? query(random) : {}).toString();
  const where = path.replaceAll(/\{\w+\}/g, id.slice(0, 2_000)) + (search === '' ? '' : `?${search}`);
  const raw = JSON.stringify(requestBody(random)) ?? '';
  const body = random.chance(0.15)
    ? Buffer.from(random.pick(hostileTexts))
    : random.chance(0.15)
      ? mutatedBytes(random, Buffer.from(raw))
      : Buffer.from(raw);
  const bare = method === 'get' && random.chance(0.9);
  return {
    method: method.toUpperCase(),
    path: random.chance(0.02) ? `${where}%` : where.slice(0, 12_000),
    headers: headersOf(random),
    body: bare ? Buffer.alloc(0) : body,
  };
}

function judge(sent: Request, { status, type, body }: Answer, complaints: Complaints): void {
  const shown = { ...sent, body: sent.body.toString().slice(0, 300) };
  if (status >= 500 || status < 200) return complaints.add(shown, `answered ${status} ${body.slice(0, 200)}`);
  if (status < 400) return;
  if (!type.includes('application/problem+json'))
    return complaints.add(shown, `${status} as ${type}: ${body}`);
  const told = JSON.parse(body) as Record<string, unknown>;
  if (typeof told['type'] !== 'string' || typeof told['detail'] !== 'string' || told['status'] !== status)
    complaints.add(shown, `an unfinished problem: ${body.slice(0, 200)}`);
}

test(
  'given any request, the service answers, or refuses it with a problem that says what was wrong',
  async () => {
    const complaints = new Complaints('http');
    const seen = new Map<number, number>();
    await Promise.all(
      Array.from({ length: 32 }, async () => {
        while (complaints.cases < CASES) {
          const sent = drawn(draws(1, complaints.cases++));
          try {
            const answer = await send(sent);
            seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
            judge(sent, answer, complaints);
          } catch (error) {
            complaints.add({ ...sent, body: sent.body.toString() }, String(error));
          }
        }
      }),
    );
    complaints.settle(CASES);
    // Both ends were reached: what is good is taken, what is bad refused.
    for (const status of [200, 201, 400, 404, 422])
      expect([status, seen.get(status) ?? 0]).not.toEqual([status, 0]);
    expect((await service.get('/healthz')).status).toBe(200);
    await service.schedule('after-all-that');
  },
  MOST_MS,
);

test('given bytes that are no request, the connection is told so and closed', async () => {
  const { hostname, port } = new URL(service.server.url);
  const told = (bytes: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let answer = '';
      socket.on('data', (data) => (answer += data.toString()));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
      socket.write(bytes);
    });
  const [garbled, crowded] = await Promise.all([
    told('GET /v1/runs NONSENSE\r\n\r\n'),
    told(`GET /v1/runs HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`),
  ]);
  expect(garbled).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*invalid-request/);
  expect(crowded).toMatch(/^HTTP\/1\.1 431 [^]*headers-too-large/);
});

test('given any body, judging it never holds the loop', () => {
  const complaints = new Complaints('schemas');
  for (; complaints.cases < CASES; complaints.cases += 1) {
    const body = requestBody(draws(7, complaints.cases));
    timed(
      () => structureProblem(body) ?? createScheduleBody.safeParse(body),
      (ms) => complaints.add(body, `took ${ms} ms`),
    );
  }
  complaints.settle(CASES);
});
