import { ask } from './client.js';
import { command, freshKey } from './commands.js';
import type { Done } from './shapes.js';

/** Endpoints that are told of events: what the service answers of them, and what the page asks for. */

export type WebhookFilter = {
  readonly types?: readonly string[];
  readonly schedules?: readonly string[];
  readonly users?: readonly string[];
  readonly connections?: readonly string[];
  readonly providers?: readonly string[];
};

export type Webhook = {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly url: string;
  readonly description?: string;
  readonly filter: WebhookFilter;
  readonly disabled?: { readonly cause?: string; readonly at?: string; readonly note?: string };
  readonly failing?: {
    readonly since: string;
    readonly inARow: number;
    readonly lastError: string | null;
  };
  readonly lastSuccessAt?: string;
  readonly previousSecretUntil?: string;
  readonly delivered: number;
  readonly pending: number;
  readonly deadLettered: number;
  readonly createdAt: string;
};

/** One event and what became of it, the last time that it was sent. */
export type Delivery = {
  readonly position: number;
  readonly event: string;
  readonly type: string;
  readonly stream: string;
  readonly status: string;
  readonly attempts: number;
  readonly deliveries: number;
  readonly statusCode?: number;
  readonly message?: string;
  readonly reason?: string;
  readonly durationMs?: number;
  readonly retryAt?: string;
  readonly replay?: string;
  readonly lastAt: string;
};

/** What a receiver made of a test. */
export type Tested = {
  readonly kind: string;
  readonly status?: number;
  readonly message?: string;
  readonly durationMs: number;
};

export type Registered = Done & { readonly secret: string };
export type Rotated = Registered & { readonly previousUntil: string };

export type NewWebhook = {
  readonly url: string;
  readonly description?: string;
  readonly filter: WebhookFilter;
};

const webhook = (id: string): string => `/v1/webhooks/${encodeURIComponent(id)}`;
export const deliveriesOf = (id: string): string => `${webhook(id)}/deliveries`;

/** `key`: of the form. Who is answered late asks again under it, and is told the same secret. */
export const register = (body: NewWebhook, key: string): Promise<Registered> =>
  command('POST', '/v1/webhooks', body, { 'idempotency-key': key });

export const disable = (id: string, note: string): Promise<Done> =>
  command('POST', `${webhook(id)}/disable`, note === '' ? {} : { note });

/** `version`: the one that the form was filled with. */
export const updateWebhook = (id: string, changes: object, version: number): Promise<Done> =>
  command('PATCH', webhook(id), changes, { 'if-match': `"${version}"` });

/** Positions of the log: after the first, up to the second. What is no number is refused by the service. */
export type Range = { readonly after: number | string; readonly through: number | string };

/** The range that it is: no further than the log. Asked for again, it is that of the first time, and not answered. */
export type Replayed = Done & { readonly replay: string; readonly after?: number; readonly through?: number };

export const replay = (id: string, range: Range, key: string): Promise<Replayed> =>
  command('POST', `${webhook(id)}/replay`, range, { 'idempotency-key': key });

export type From = 'where_it_stopped' | 'now';
export const enable = (id: string, from: From): Promise<Done> =>
  command('POST', `${webhook(id)}/enable`, { from });

export const removeWebhook = (id: string): Promise<Done> => command('DELETE', webhook(id));

export const redeliver = (id: string, position: number): Promise<Done> =>
  command('POST', `${deliveriesOf(id)}/${position}/redeliver`);

/** Nothing is written by it: there is no position to wait for. */
export const sendTest = async (id: string): Promise<Tested> =>
  (await ask<Tested>(`${webhook(id)}/test`, { method: 'POST', body: {} })).body;

/** Of rotations that nobody knows the outcome of. */
const unanswered = new Map<string, string>();

/**
 * One that is not answered may have been done: rotated once more, the secret that receivers have would hold no longer.
 * Asked for again it is the same rotation.
 */
export async function rotate(id: string, overlap: string): Promise<Rotated> {
  const what = `${id} ${overlap}`;
  const key = unanswered.get(what) ?? freshKey();
  unanswered.set(what, key);
  const done = await command<Rotated>(
    'POST',
    `${webhook(id)}/rotate-secret`,
    { overlap },
    {
      'idempotency-key': key,
    },
  );
  unanswered.delete(what);
  return done;
}
