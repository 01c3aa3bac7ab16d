import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { PlaidItem, plaidError, type PlaidAnswer } from './plaid-items.js';
import { make, send, type Trouble } from './trouble.js';

export type PlaidRequest = {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly version: string | undefined;
};

type Scripted = { readonly what: string; readonly trouble: Trouble; left: number };

export const plaidKeys = { client_id: 'demo-client-id', secret: 'demo-plaid-secret' } as const;

const refusal = (type: string, code: string, status = 400): Trouble => ({
  kind: 'status',
  ...plaidError(type, code, 'demo', status),
});

/** Errors by plaid.com/docs/errors, ready to be scripted. */
export const plaidTroubles = {
  of: refusal,
  productNotReady: (): Trouble => refusal('ITEM_ERROR', 'PRODUCT_NOT_READY'),
  rateLimited: (): Trouble => refusal('RATE_LIMIT_EXCEEDED', 'TRANSACTIONS_SYNC_LIMIT', 429),
  institutionDown: (): Trouble => refusal('INSTITUTION_ERROR', 'INSTITUTION_DOWN'),
} as const;

/** Plaid on 127.0.0.1, with Items of its own, and troubles by script. Nothing that runs in production may import it. */
export class PlaidStandIn {
  readonly requests: PlaidRequest[] = [];
  readonly #items: PlaidItem[] = [];
  readonly #script: Scripted[] = [];
  readonly #server: Server;

  private constructor(private readonly pageSize: number) {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** `pageSize`: the largest page, however many are asked for. */
  static async start({ pageSize = 500 }: { readonly pageSize?: number } = {}): Promise<PlaidStandIn> {
    const standIn = new PlaidStandIn(pageSize);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    standIn.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    await promise;
    return standIn;
  }

  /** For `HttpOptions.baseUrls`, together with `allowLoopback: true`. */
  get baseUrls(): { readonly 'bank.plaid': { readonly production: string; readonly sandbox: string } } {
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const url = `http://127.0.0.1:${port}`;
    return { 'bank.plaid': { production: url, sandbox: url } };
  }

  /** Somebody has just linked a bank. */
  addItem(): PlaidItem {
    const item = new PlaidItem(this.pageSize);
    this.#items.push(item);
    return item;
  }

  /** The next `times` requests to paths that begin with `what` meet a trouble. Scripted in order. */
  script(what: string, trouble: Trouble, times = 1): void {
    this.#script.push({ what, trouble, left: times });
  }

  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const body = JSON.parse((await text(request)) || '{}') as Readonly<Record<string, unknown>>;
    const version = request.headers['plaid-version'];
    this.requests.push({ path, body, version: Array.isArray(version) ? version[0] : version });
    const scripted = this.#script.find((entry) => entry.left > 0 && path.startsWith(entry.what));
    if (scripted !== undefined) {
      scripted.left--;
      make(scripted.trouble, response);
      return;
    }
    const isJson = request.headers['content-type'] === 'application/json' && request.method === 'POST';
    const answer = isJson ? this.#route(path, body) : plaidError('INVALID_REQUEST', 'INVALID_BODY');
    send(response, answer.status, answer.body);
  }

  #route(path: string, body: PlaidRequest['body']): PlaidAnswer {
    if (body['client_id'] !== plaidKeys.client_id || body['secret'] !== plaidKeys.secret)
      return plaidError('INVALID_INPUT', 'INVALID_API_KEYS');
    const item = this.#items.find((candidate) => candidate.accessToken === body['access_token']);
    if (item === undefined) return plaidError('INVALID_INPUT', 'INVALID_ACCESS_TOKEN');
    const login = plaidError('ITEM_ERROR', 'ITEM_LOGIN_REQUIRED');
    if (path === '/item/get') {
      const error = item.loginRequired ? login.body : null;
      const named = { item_id: item.itemId, institution_id: 'ins_1', institution_name: 'Demo Bank' };
      return { status: 200, body: { item: { ...named, error }, request_id: 'demo-request' } };
    }
    if (item.loginRequired) return login;
    if (path === '/transactions/recurring/get') {
      const updated_datetime = '2026-11-20T06:00:00Z';
      return { status: 200, body: { inflow_streams: [], outflow_streams: item.streams, updated_datetime } };
    }
    if (path !== '/transactions/sync') return plaidError('INVALID_REQUEST', 'NOT_FOUND', 'demo', 404);
    const cursor = typeof body['cursor'] === 'string' ? body['cursor'] : undefined;
    return item.sync(cursor === '' ? undefined : cursor, Number(body['count'] ?? 100));
  }
}
