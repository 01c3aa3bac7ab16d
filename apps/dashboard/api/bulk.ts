import { ask } from './client.js';
import { command } from './commands.js';
import type { Done } from './shapes.js';

/** One change asked of many schedules. */
export type BulkAction = 'pause' | 'resume' | 'update' | 'delete';
/** As it was sent; of an update `set` says what. */
export type Change = Readonly<Record<string, unknown>>;
export type Filter = Readonly<Record<string, unknown>>;
export type Asked = { readonly filter: Filter; readonly change: Change };

/** How many, by reason. */
export type Reasons = Readonly<Record<string, number>>;

export type BulkPreview = {
  readonly matched: number;
  readonly changes: number;
  readonly unchanged: number;
  readonly refused: Reasons;
  readonly refusals: readonly {
    readonly schedule: string;
    readonly reason: string;
    readonly message: string;
  }[];
  readonly tooMany?: boolean;
};

export type BulkChange = {
  readonly id: string;
  readonly status: 'running' | 'completed' | 'undoing' | 'undone';
  readonly action: BulkAction;
  readonly change: Change;
  readonly filter: Filter;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly matched: number;
  readonly unchanged: number;
  readonly planned: number;
  readonly changed: number;
  readonly refused: Reasons;
  readonly completedAt?: string;
  readonly undo?: {
    readonly requestedBy?: string;
    readonly requestedAt: string;
    readonly note?: string;
    readonly planned: number;
    readonly undone: number;
    readonly refused: Reasons;
    readonly completedAt?: string;
  };
};

export type BulkOutcome = 'waiting' | 'changed' | 'refused' | 'undone' | 'not_undone';
export type BulkSchedule = {
  readonly schedule: string;
  readonly outcome: BulkOutcome;
  readonly reason?: string;
};
/** `next`: the place of the first that comes after these. */
export type BulkSchedules = { readonly items: readonly BulkSchedule[]; readonly next: number | null };

export type Requested = Done & { readonly id: string };

export const bulkChange = (id: string): string => `/v1/bulk-changes/${encodeURIComponent(id)}`;

export const previewBulk = async (body: Asked, signal: AbortSignal): Promise<BulkPreview> =>
  (await ask<BulkPreview>('/v1/bulk-changes:preview', { method: 'POST', body, signal })).body;

/** `key`: of the form. `expect`: what the preview said, so that nothing else is done. */
export const requestBulk = (body: Asked & { readonly expect: number }, key: string): Promise<Requested> =>
  command('POST', '/v1/bulk-changes', body, { 'idempotency-key': key });

export const undoBulk = (id: string, note: string): Promise<Done> =>
  command('POST', `${bulkChange(id)}/undo`, note === '' ? {} : { note });
