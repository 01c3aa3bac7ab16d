import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { MemoryVault } from '#lib/credentials';
import type { DeliveryResult } from '#lib/domain/webhook';
import type { Resolve } from '#lib/connectors';
import type { CredentialVault } from '#lib/ports';
import { HttpWebhookSender, WebhookSecrets } from '#lib/workers/webhooks';
import { signatures } from '../workers/webhooks/sign.js';
import { readConfiguration } from './config.js';
import { systemEnvironment } from './system-environment.js';
import { openWebhooks, outgoing, type Webhooks } from './webhooks.js';

const stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const owner = { tenant: 'default', webhook: 'w1' };
const body = '{"type":"RunSucceeded","timestamp":"2026-11-27T12:00:00.000Z","data":{}}';
const messageTo = (url: string) => ({ id: 'm1', type: 'RunSucceeded', ...owner, url, body });

type Opening = { loopback?: boolean; resolve?: Resolve; vault?: CredentialVault };

function open({ loopback = true, resolve, vault = new MemoryVault() }: Opening = {}): Webhooks {
  const configuration = { ...readConfiguration({}), allowLoopbackWebhooks: loopback };
  const webhooks = openWebhooks(configuration, {
    vault,
    environment: systemEnvironment,
    resolve,
  });
  stops.push(() => webhooks.close());
  return webhooks;
}

async function sent(webhooks: Webhooks, url: string): Promise<DeliveryResult> {
  await webhooks.secrets.ensure(owner);
  return webhooks.sender.send(messageTo(url), new AbortController().signal);
}

const urlOf = (server: { address(): unknown }): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return urlOf(server);
}

/** A server that writes what the test says, whatever HTTP thinks of it. */
async function raw(answer: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
    stops.push(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => void server.close());
  return urlOf(server);
}

describe('a signature', () => {
  test('is that of the specification’s example', () => {
    const signed = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(signatures(signed, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  test('is verified by the specification’s own library, and not where a byte, the id or the time was changed', async () => {
    const webhooks = open();
    const secret = await webhooks.secrets.ensure(owner);
    const seen: { headers: Record<string, string>; raw: string }[] = [];
    const url = await serve((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        seen.push({ headers: request.headers as Record<string, string>, raw: text });
        response.end();
      });
    });
    expect(await sent(webhooks, url)).toMatchObject({ kind: 'delivered', status: 200 });
    const [{ headers, raw: told } = { headers: {}, raw: '' }] = seen;
    const verifier = new Webhook(secret);
    expect(verifier.verify(told, headers)).toEqual(JSON.parse(body));
    expect(told).toBe(body);
    const timestamp = String(Number(headers['webhook-timestamp']) - 1);
    for (const wrong of [
      () => verifier.verify(told.replace('Run', 'run'), headers),
      () => verifier.verify(told.slice(0, -1), headers),
      () => verifier.verify(told, { ...headers, 'webhook-id': 'm1.x' }),
      () => verifier.verify(told, { ...headers, 'webhook-timestamp': timestamp }),
      () => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(told, headers),
    ])
      expect(wrong).toThrow();
  });
});

describe('an address that is not on the public internet', () => {
  test('is refused where any of a name’s addresses is one, when it is connected to', async () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fd00::1', '64:ff9b::7f00:1']) {
      const family = address.includes(':') ? 6 : 4;
      const both = [
        { address: '93.184.216.34', family: 4 },
        { address, family },
      ];
      const webhooks = open({ loopback: false, resolve: () => Promise.resolve(both) });
      for (const name of ['example.com', 'localhost', 'localhost.', 'metadata.google.internal']) {
        const result = await sent(webhooks, `https://${name}/hook`);
        expect(result).toMatchObject({ kind: 'failed', message: expect.stringContaining('public internet') });
      }
    }
  });

  test('is looked up anew at every try: a name that was public is refused once it is not', async () => {
    let asked = 0;
    const resolve: Resolve = () => {
      asked += 1;
      // Nobody is there, and nothing is connected to that could answer.
      return asked === 1
        ? Promise.reject(Object.assign(new Error('not now'), { code: 'EAI_AGAIN' }))
        : Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    };
    const webhooks = open({ loopback: false, resolve });
    expect(await sent(webhooks, 'https://example.com/')).toMatchObject({
      message: expect.stringContaining('no address right now'),
    });
    expect(await sent(webhooks, 'https://example.com/')).toMatchObject({
      message: expect.stringContaining('public internet'),
    });
    expect(asked).toBe(2);
  });
});

describe('a receiver', () => {
  test('that redirects is not followed', async () => {
    let followed = 0;
    const target = await serve((_, response) => {
      followed += 1;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await serve((_, response) => void response.writeHead(status, { location: target }).end());
      const result = await sent(open(), url);
      expect(result).toMatchObject({
        kind: 'failed',
        status,
        message: expect.stringContaining('not followed'),
      });
    }
    expect(followed).toBe(0);
  });

  test('that says when to come again is quoted, on one line and without what looks like a secret', async () => {
    const url = await serve((_, response) => {
      response.writeHead(429, { 'retry-after': '120' });
      response.end('slow\u0007down\nplease, api_key=abcdefghijklmnopqrstuvwxyz');
    });
    const result = await sent(open(), url);
    expect(result).toMatchObject({ kind: 'failed', status: 429, retryAfterMs: 120_000 });
    const { message } = result as Extract<DeliveryResult, { kind: 'failed' }>;
    expect(message).toContain('answered 429: slow down please');
    expect(message).not.toContain('abcdefghij');
  });

  test('that sends without end is believed by its status, and left', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200);
      const piece = Buffer.alloc(16_384, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more);
      more();
    });
    expect(await sent(open(), url)).toMatchObject({ kind: 'delivered', status: 200 });
  });

  test('that bombs with what is packed is not unpacked', async () => {
    const url = await serve((_, response) => {
      response.writeHead(500, { 'content-encoding': 'gzip' });
      response.end(Buffer.alloc(1_000_000, 31));
    });
    const before = process.memoryUsage().rss;
    expect(await sent(open(), url)).toMatchObject({ kind: 'failed', status: 500 });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 ** 2);
  });

  test.each([
    [
      'headers without end',
      (socket: Socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(200_000)}\r\n`),
    ],
    ['no HTTP', (socket: Socket) => void socket.end('hello\r\n')],
    ['nothing, and hangs up', (socket: Socket) => void socket.destroy()],
  ])('that answers with %s has failed, in words', async (_, answer) => {
    const result = await sent(open(), await raw(answer));
    expect(result).toMatchObject({ kind: 'failed' });
    expect((result as { message: string }).message).toMatch(/^127\.0\.0\.1:\d+ [a-z ]+/);
  });

  test.each([
    ['answers nothing', () => {}],
    ['drips', (socket: Socket) => void setInterval(() => socket.write('H'), 20).unref()],
    [
      'drips its body',
      (socket: Socket) => void socket.write('HTTP/1.1 503 No\r\ncontent-length: 10\r\n\r\nx'),
    ],
  ])('that %s is given up after the time of one try', async (_, answer) => {
    const secrets = new WebhookSecrets(new MemoryVault());
    await secrets.ensure(owner);
    const sender = new HttpWebhookSender({
      secrets,
      environment: systemEnvironment,
      outgoing: outgoing(true, () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])),
      totalMs: 200,
    });
    stops.push(() => sender.close());
    const result = await sender.send(messageTo(await raw(answer)), new AbortController().signal);
    expect(result.kind).toBe('failed');
  });
});

describe('secrets', () => {
  test('given a vault whose key was lost, a message fails and says so, and a rotation makes a new one', async () => {
    const vault = new MemoryVault();
    await new WebhookSecrets(vault).ensure(owner);
    let lost = true;
    const locked: CredentialVault = {
      read: (of) =>
        lost
          ? Promise.reject(Object.assign(new Error('no key'), { name: 'VaultError', code: 'key_unknown' }))
          : vault.read(of),
      write: (...given) => vault.write(...given),
      remove: (of) => vault.remove(of).then(() => void (lost = false)),
    };
    const webhooks = open({ vault: locked });
    const url = await serve((_, response) => void response.end());
    const send = () => webhooks.sender.send(messageTo(url), new AbortController().signal);
    expect(await send()).toMatchObject({ kind: 'failed', message: expect.stringContaining('rotate it') });
    await webhooks.secrets.rotate(owner, 1_000);
    expect(await send()).toMatchObject({ kind: 'delivered' });
  });

  test('given none, a message is not sent unsigned', async () => {
    const webhooks = open();
    const url = await serve((_, response) => void response.end());
    expect(await webhooks.sender.send(messageTo(url), new AbortController().signal)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('rotate it'),
    });
  });
});
