import {
  assertPublicHost,
  excerpt,
  guardedLookup,
  networkError,
  systemResolve,
  type Resolve,
} from '#lib/connectors';
import type { CredentialVault, Environment, WebhookSender } from '#lib/ports';
import { HttpWebhookSender, WebhookSecrets, type Outgoing } from '#lib/workers/webhooks';
import type { Configuration } from './config.js';

/** What the rest of the house needs of webhooks. */
export type Webhooks = {
  readonly secrets: WebhookSecrets;
  readonly sender: WebhookSender;
  /** @throws with a message for people: webhooks are not sent there. */
  check(url: string): URL;
  close(): Promise<void>;
};

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Where webhooks may go: HTTPS to the public internet. What a name stands for is checked when it is connected to; an
 * address that is written out, here.
 */
export function webhookUrl(value: string, allowLoopback: boolean): URL {
  const url = URL.parse(value);
  if (url === null) throw new Error('is not a URL; give one like "https://example.com/syncopate"');
  if (url.username !== '' || url.password !== '')
    throw new Error('must not hold a user or password: what is sent is signed');
  const here = allowLoopback && LOOPBACK.has(url.hostname);
  if (url.protocol !== 'https:' && !(here && url.protocol === 'http:'))
    throw new Error('must start with https://');
  assertPublicHost(url, allowLoopback);
  return url;
}

export const outgoing = (allowLoopback: boolean, resolve: Resolve): Outgoing => ({
  check: (url) => webhookUrl(url, allowLoopback),
  lookup: guardedLookup(resolve, allowLoopback),
  trouble: (host, error, timedOut) => networkError(host, error, timedOut).message,
  excerpt: (text, secrets) => excerpt(text, secrets),
});

/** @param own the product's own webhook system, which takes every message instead of an HTTP client */
export function openWebhooks(
  { allowLoopbackWebhooks }: Configuration,
  parts: {
    readonly vault: CredentialVault;
    readonly environment: Environment;
    readonly own?: WebhookSender | undefined;
    readonly resolve?: Resolve | undefined;
  },
): Webhooks {
  const { vault, environment, own, resolve = systemResolve } = parts;
  const secrets = new WebhookSecrets(vault);
  const out = outgoing(allowLoopbackWebhooks, resolve);
  const http = new HttpWebhookSender({ secrets, environment, outgoing: out });
  return { secrets, sender: own ?? http, check: out.check, close: () => http.close() };
}
