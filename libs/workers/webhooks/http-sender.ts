import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { SECOND, type Millis } from '#lib/domain/kernel';
import { retryAfter } from '#lib/domain/retry';
import type { DeliveryResult } from '#lib/domain/webhook';
import type { Environment, WebhookMessage, WebhookSender } from '#lib/ports';
import type { WebhookSecrets } from './secrets.js';
import { signatures } from './sign.js';

/** What may be reached, and in which words it is told that something could not be. */
export type Outgoing = {
  /** @throws with a message for people: the address is none that may be sent to. */
  readonly check: (url: string) => URL;
  /** Answers only addresses that may be connected to. */
  readonly lookup: LookupFunction;
  readonly trouble: (host: string, error: unknown, timedOut: boolean) => string;
  /** A piece of an answer that may be quoted: short, on one line, without these secrets or others. */
  readonly excerpt: (text: string, secrets: readonly string[]) => string;
};

export type HttpWebhookSenderOptions = {
  readonly secrets: WebhookSecrets;
  readonly environment: Environment;
  readonly outgoing: Outgoing;
  /** One try in whole. Default 15 s, the least that the Standard Webhooks specification recommends. */
  readonly totalMs?: Millis;
};

const TOTAL: Millis = 15 * SECOND;
/** Read of an answer; what is more is left unread. */
const MOST_READ = 64 * 1024;

type Answer = {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/**
 * Sends over HTTP as the Standard Webhooks specification 1.0.0 has it. Only 2xx is taken for a yes, redirects are not
 * followed, and the address that was checked is the one that is connected to, at every try anew.
 */
export class HttpWebhookSender implements WebhookSender {
  readonly #agent: Agent;

  constructor(private readonly options: HttpWebhookSenderOptions) {
    const { outgoing, totalMs = TOTAL } = options;
    this.#agent = new Agent({
      connect: { timeout: totalMs, lookup: outgoing.lookup },
      headersTimeout: totalMs,
      bodyTimeout: totalMs,
      // An endpoint that is slow holds as many connections as messages are under way to it.
      keepAliveTimeout: 10 * SECOND,
    });
  }

  async send(message: WebhookMessage, signal: AbortSignal): Promise<DeliveryResult> {
    const { environment, outgoing, secrets } = this.options;
    const { clock } = environment;
    const now = clock.now();
    const valid = await secrets.valid({ tenant: message.tenant, webhook: message.webhook }, now);
    if (valid.length === 0)
      return { kind: 'failed', message: 'it has no secret in the vault any more: rotate it', durationMs: 0 };
    const begun = clock.monotonic();
    const took = (): Millis => Math.round(clock.monotonic() - begun);
    let url: URL;
    try {
      url = outgoing.check(message.url);
    } catch (error) {
      return { kind: 'failed', message: (error as Error).message, durationMs: took() };
    }
    const timestamp = Math.floor(now / SECOND);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Syncopate-Webhooks/1',
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures({ id: message.id, timestamp, body: message.body }, valid),
    };
    const answered = await this.#post(url, { headers, body: message.body }, signal);
    if (typeof answered === 'string') return { kind: 'failed', message: answered, durationMs: took() };
    return this.#resultOf(answered, { host: url.host, durationMs: took(), secrets: valid });
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #resultOf(
    { status, text, headers }: Answer,
    { host, durationMs, secrets }: { host: string; durationMs: Millis; secrets: readonly string[] },
  ): DeliveryResult {
    if (status >= 200 && status <= 299) return { kind: 'delivered', status, durationMs };
    const { environment, outgoing } = this.options;
    // A receiver may say it without what it begins with.
    const bare = secrets.map((secret) => secret.replace(/^whsec_/, ''));
    const quoted = outgoing.excerpt(text, [...secrets, ...bare]);
    const redirect = status >= 300 && status <= 399 ? ', and redirects are not followed' : '';
    const message = `${host} answered ${status}${redirect}${quoted === '' ? '' : `: ${quoted}`}`;
    const later = retryAfter(one(headers['retry-after']), one(headers['date']), environment.clock.now());
    return {
      kind: 'failed',
      status,
      message,
      durationMs,
      ...(later === undefined ? {} : { retryAfterMs: later }),
    };
  }

  /** The answer, or in words why there is none. */
  async #post(
    url: URL,
    { headers, body }: { readonly headers: Record<string, string>; readonly body: string },
    signal: AbortSignal,
  ): Promise<Answer | string> {
    const { environment, outgoing, totalMs = TOTAL } = this.options;
    const deadline = new AbortController();
    const cancel = environment.timers.after(totalMs, () => deadline.abort());
    const both = AbortSignal.any([signal, deadline.signal]);
    try {
      const dispatcher = this.#agent;
      const response = await request(url, { method: 'POST', headers, body, signal: both, dispatcher });
      const { statusCode: status } = response;
      const text = await beginningOf(response.body);
      return { status, text, headers: response.headers };
    } catch (error) {
      if (signal.aborted) throw error;
      return outgoing.trouble(url.host, error, deadline.signal.aborted);
    } finally {
      cancel();
    }
  }
}

type Body = AsyncIterable<Buffer> & { destroy(): void; on(event: 'error', ignore: () => void): unknown };

/** What came of a body, however long it is or wherever it breaks off: the status was told before it. */
async function beginningOf(body: Body): Promise<string> {
  body.on('error', () => {});
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > MOST_READ) break;
      pieces.push(piece);
    }
  } catch {
    // It broke off, or took too long.
  }
  return Buffer.concat(pieces).toString();
}
