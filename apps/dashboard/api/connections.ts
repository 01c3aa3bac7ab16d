import { ask } from './client.js';
import { command } from './commands.js';
import type { Done } from './shapes.js';

/** Users' links to providers: what the service answers of them, and what the page asks for. Secrets are in neither. */

export type Connection = {
  readonly id: string;
  readonly status: string;
  /** Of one that is registered; a schedule may name it before it is. */
  readonly user?: string;
  readonly provider?: string;
  readonly connector?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly registeredAt?: string;
  readonly suspension?: { readonly cause?: string; readonly message?: string; readonly at?: string };
  readonly consentEndsAt?: string;
  /** The schedules that may act on it: one for each kind of work. */
  readonly claims: readonly {
    readonly schedule: string;
    readonly operation: string;
    readonly since: string;
  }[];
};

/** What the provider makes of its settings and credentials. */
export type Checked =
  | { readonly ok: true; readonly account?: string }
  | { readonly ok: false; readonly class: string; readonly message: string };

const connection = (id: string): string => `/v1/connections/${encodeURIComponent(id)}`;

/** Nothing is written by it: there is no position to wait for. */
export const check = async (id: string): Promise<Checked> =>
  (await ask<Checked>(`${connection(id)}/check`, { method: 'POST', body: {} })).body;

export const suspend = (id: string, message: string): Promise<Done> =>
  command('POST', `${connection(id)}/suspend`, message === '' ? {} : { message });

/** `said`: `forget`, where what was synced is to go too. */
export const remove = (id: string, said: string): Promise<Done> =>
  command('DELETE', connection(id), said === 'forget' ? { records: said } : {});

export const restore = (id: string, note: string): Promise<Done> =>
  command('POST', `${connection(id)}/restore`, note === '' ? {} : { note });
