import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { make, send, type Trouble } from './trouble.js';

export type HttpJsonRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
};
export type Invoice = {
  readonly id: string;
  readonly total: number | string;
  readonly currency: string;
  readonly paid: string;
  readonly changed: string;
};
type Reply = { readonly status: number; readonly body: object };

const PAGE = 2;
export const demoSecret = 'demo-secret-0123';

/**
 * Some company's billing API on 127.0.0.1, with its invoices behind every kind of paging: `/plain`, `/next`,
 * `/cursor`, `/page` and `/offset`, each with `since`. Nothing that runs in production may import it.
 */
export class HttpJsonStandIn {
  readonly requests: HttpJsonRequest[] = [];
  readonly invoices: Invoice[] = [];
  /** Who is let in. Default: a bearer token. */
  admits: (request: HttpJsonRequest) => boolean = ({ headers }) =>
    headers['authorization'] === `Bearer ${demoSecret}`;
  /** Where `/next` says that the next page is, in place of the truth. */
  next: string | undefined;
  /** How many invoices are left out because of `since`; false: the service does not know the parameter. */
  filters = true;
  /** As many as `/offset` tells at once, whatever is asked for. `/page` tells two. */
  most = Number.POSITIVE_INFINITY;
  /** What is answered where pages or offsets are behind the last invoice, in place of an empty list. */
  behind: Trouble | undefined;
  readonly #script: { readonly what: string; readonly trouble: Trouble; left: number }[] = [];
  readonly #server: Server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<HttpJsonStandIn> {
    const standIn = new HttpJsonStandIn();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    standIn.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    await promise;
    return standIn;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** One more invoice, a day after the last one. */
  bill(more: Partial<Invoice> = {}): void {
    const number = this.invoices.length + 1;
    const day = `2026-11-${String(number).padStart(2, '0')}`;
    const base = {
      id: `inv_${number}`,
      total: '9.90',
      currency: 'EUR',
      paid: day,
      changed: `${day}T08:00:00Z`,
    };
    this.invoices.push({ ...base, ...more });
  }

  script(what: string, trouble: Trouble, times = 1): void {
    this.#script.push({ what, trouble, left: times });
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(`${this.url}${incoming.url ?? '/'}`);
    const body = JSON.parse((await text(incoming)) || '{}') as HttpJsonRequest['body'];
    const { method = '', headers } = incoming;
    const query = Object.fromEntries(url.searchParams);
    const request = { method, path: url.pathname, query, headers, body };
    this.requests.push(request);
    const scripted = this.#script.find((entry) => entry.left > 0 && url.pathname.startsWith(entry.what));
    if (scripted !== undefined) {
      scripted.left--;
      make(scripted.trouble, response);
      return;
    }
    const reply = this.admits(request) ? this.#route(request) : refused;
    if (this.behind !== undefined && isEmptyPage(reply)) {
      make(this.behind, response);
      return;
    }
    send(response, reply.status, reply.body);
  }

  #route({ path, query, body }: HttpJsonRequest): Reply {
    const asked = { ...query, ...body } as Readonly<Record<string, string | number | undefined>>;
    const since = this.filters ? String(asked['since'] ?? '') : '';
    const all = this.invoices.filter((invoice) => invoice.changed >= since);
    const slice = (from: number, size = PAGE): readonly Invoice[] => all.slice(from, from + size);
    const from = Number(asked['after'] ?? 0);
    const more = from + PAGE < all.length;
    switch (path) {
      case '/v1/plain':
        return { status: 200, body: { data: { invoices: all } } };
      case '/v1/one':
        return { status: 200, body: { data: { invoices: all[0] } } };
      case '/v1/next': {
        const truth = more ? `/v1/next?after=${from + PAGE}` : null;
        return {
          status: 200,
          body: { data: { invoices: slice(from) }, links: { next: this.next ?? truth } },
        };
      }
      case '/v1/cursor': {
        const paging = { next: from + PAGE, has_more: more };
        return { status: 200, body: { data: { invoices: slice(from) }, paging } };
      }
      case '/v1/page':
        return { status: 200, body: { data: { invoices: slice((Number(asked['page'] ?? 1) - 1) * PAGE) } } };
      case '/v1/offset': {
        const [start, size] = [Number(asked['offset'] ?? 0), Number(asked['limit'] ?? PAGE)];
        return { status: 200, body: { data: { invoices: slice(start, Math.min(size, this.most)) } } };
      }
      default:
        return { status: 404, body: { message: 'no such thing' } };
    }
  }
}

const isEmptyPage = ({ body }: Reply): boolean => JSON.stringify(body) === '{"data":{"invoices":[]}}';
const refused: Reply = { status: 401, body: { message: 'who are you' } };
