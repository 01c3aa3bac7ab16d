import { ask } from './client.js';
import { noteWritten } from './freshness.js';
import type { Backfilled, Done, Judged } from './shapes.js';

/** What the page changes. Each click is one request with one key: sent twice by the network, it is done once. */

/** `crypto.randomUUID` is for secure contexts only, and behind a proxy this page may not be in one. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function command<T extends Done = Done>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers = {},
): Promise<T> {
  const { body: done } = await ask<T>(path, {
    method,
    headers: { 'idempotency-key': freshKey(), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  noteWritten(done.position);
  return done;
}

const schedule = (id: string): string => `/v1/schedules/${encodeURIComponent(id)}`;
const run = (id: string): string => `/v1/runs/${encodeURIComponent(id)}`;

export type Pause = { readonly note?: string; readonly until?: string };

export const trigger = (id: string): Promise<Done> => command('POST', `${schedule(id)}/trigger`);
export const pause = (id: string, given: Pause): Promise<Done> =>
  command('POST', `${schedule(id)}/pause`, given);
export const resume = (id: string): Promise<Done> => command('POST', `${schedule(id)}/resume`);
export const skipNext = (id: string): Promise<Done> => command('POST', `${schedule(id)}/skip-next`);
/** What lies after the first instant, up to the second; `key`: of the form. */
export type Past = { readonly from?: string; readonly to?: string };
export const backfill = (id: string, past: Past, key: string): Promise<Backfilled> =>
  command('POST', `${schedule(id)}/backfill`, past, { 'idempotency-key': key });

export const remove = (id: string): Promise<Done> => command('DELETE', schedule(id));

export const cancelRun = (id: string): Promise<Done> => command('POST', `${run(id)}/cancel`);
export const redriveRun = (id: string): Promise<Done> => command('POST', `${run(id)}/redrive`);

export const acknowledge = (id: string, note: string): Promise<Done> =>
  command('POST', `/v1/conflicts/${encodeURIComponent(id)}/acknowledge`, note === '' ? {} : { note });

export const pauseProvider = (id: string, given: Pause): Promise<Done> =>
  command('POST', `/v1/providers/${encodeURIComponent(id)}/pause`, given);
export const resumeProvider = (id: string): Promise<Done> =>
  command('POST', `/v1/providers/${encodeURIComponent(id)}/resume`);

/** `key`: of the form, so that what was sent twice is created once. */
export const create = (body: object, key: string): Promise<Done> =>
  command('POST', '/v1/schedules', body, { 'idempotency-key': key });

/** `version`: the one that the form was filled with. */
export const update = (id: string, changes: object, version: number): Promise<Done> =>
  command('PATCH', schedule(id), changes, { 'if-match': `"${version}"` });

export const judge = async (body: object, signal: AbortSignal): Promise<Judged> =>
  (await ask<Judged>('/v1/schedules:validate', { method: 'POST', body, signal })).body;
