import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Random } from '../simulation/random.js';
import { hostileStrings, hostileTexts } from './hostile.js';
import { mutated, mutatedBytes } from './mutate.js';

const statuses = [
  200, 200, 201, 204, 206, 301, 304, 400, 401, 403, 404, 409, 410, 418, 422, 429, 500, 502, 503, 599,
];
const RETRY_AFTER = [
  '0',
  '-1',
  '1e9',
  'tomorrow',
  '99999999999999',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  '5, 7',
  '',
];
const TYPES = ['application/json', 'text/html', 'application/json; charset=utf-7', '', 'image/png'];

/** Shares of answers. */
const LIES = [0.05, 0.2, 0.6];

type Answer = { status: number; headers: Record<string, string>; body: Buffer };

/** Between a connector and a stand-in of its provider: hands on what is asked, and answers something else. */
export class LyingProxy {
  answers = 0;
  /** Requests since the last run began: one that never stops asking is seen. */
  asked = 0;
  #random = new Random(0);
  #lies = 0;
  readonly #server: Server;

  private constructor(private readonly upstream: string) {
    this.#server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
  }

  static async start(upstream: string): Promise<LyingProxy> {
    const proxy = new LyingProxy(upstream);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** A new run, with lies of its own: few, or nothing of many pages would ever come to its end, or most of what is said. */
  begin(random: Random): void {
    this.#random = random;
    this.#lies = random.pick(LIES);
    this.asked = 0;
  }

  /** The same address, here instead of there. */
  instead<T>(addresses: T): T {
    return JSON.parse(JSON.stringify(addresses).replaceAll(this.upstream, this.#url)) as T;
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.asked += 1;
    const truth = await this.#ask(incoming);
    const { status, headers, body } = this.#random.chance(this.#lies) ? this.#lie(truth) : truth;
    outgoing.on('error', () => {});
    if (this.#random.chance(0.02)) return void outgoing.destroy();
    // A length that is not the body's: cut off in the middle, or left waiting.
    const length = this.#random.chance(0.02) ? { 'content-length': String(body.length + 5) } : {};
    outgoing.writeHead(status, { ...headers, ...length });
    if ('content-length' in length) {
      outgoing.write(body);
      setTimeout(() => outgoing.destroy(), 5);
    } else outgoing.end(status === 204 || status === 304 ? undefined : body);
  }

  #lie(truth: Answer): Answer {
    this.answers += 1;
    const random = this.#random;
    const headers = { ...truth.headers };
    let { status, body } = truth;
    if (random.chance(0.3)) status = random.pick(statuses);
    if (random.chance(0.2)) headers['retry-after'] = random.pick(RETRY_AFTER);
    if (random.chance(0.1)) headers['content-type'] = random.pick(TYPES);
    if (random.chance(0.05))
      headers['location'] = random.pick(['/', 'http://169.254.169.254/', 'file:///etc/passwd']);
    const how = random.whole(0, 9);
    if (how < 6) body = changed(random, body);
    else if (how < 8) body = mutatedBytes(random, body);
    else if (how === 8) body = Buffer.from(random.pick([...hostileTexts, ...hostileStrings]));
    return { status, headers, body };
  }

  #ask(incoming: IncomingMessage): Promise<Answer> {
    return new Promise((resolve) => {
      const { method, headers, url = '/' } = incoming;
      const { host: _, ...rest } = headers;
      const asking = request(this.upstream + url, { method, headers: rest }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 500,
            headers: { 'content-type': answer.headers['content-type'] ?? 'application/json' },
            body: Buffer.concat(parts),
          }),
        );
      });
      asking.on('error', () => resolve({ status: 502, headers: {}, body: Buffer.alloc(0) }));
      incoming.pipe(asking);
    });
  }
}

function changed(random: Random, body: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(mutated(random, JSON.parse(body.toString()) as unknown)) ?? '');
  } catch {
    return mutatedBytes(random, body);
  }
}
