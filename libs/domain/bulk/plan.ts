import { unreachable } from '#lib/domain/kernel';
import {
  differencesOf,
  type PauseCause,
  type ScheduleChanges,
  type ScheduleDefinition,
} from '#lib/domain/schedule';
import type { BulkChange, BulkItem, Inverse } from './bulk-change.js';

/** A schedule as it was seen. */
export type Candidate = {
  readonly id: string;
  readonly version: number;
  readonly status: 'active' | 'paused' | 'completed' | 'deleted';
  readonly definition: ScheduleDefinition;
  /** Of a paused one. */
  readonly pause?: Omit<Extract<Inverse, { action: 'pause' }>, 'action'> | undefined;
};

export type Planned =
  | { readonly kind: 'change'; readonly item: BulkItem }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: string };

const unchanged: Planned = { kind: 'unchanged' };
const refused = (reason: string): Planned => ({ kind: 'refused', reason });

/** A connection that is suspended keeps its schedules paused: they go on when it is restored. */
const SUSPENDED: PauseCause = 'connection_suspended';

/**
 * What a change would do to one schedule. One that is paused stays as it is when many are paused: who paused it had a
 * reason, which taking all back would not bring back. `changes`: of an update, against the definition in force.
 */
export function planFor(
  change: BulkChange,
  candidate: Candidate,
  changes: ScheduleChanges | undefined,
): Planned {
  const { id: schedule, version, status, pause } = candidate;
  const item = (inverse?: Inverse): Planned => ({
    kind: 'change',
    item: { schedule, version, ...(inverse === undefined ? {} : { inverse }) },
  });
  if (status === 'deleted') return refused('schedule_deleted');
  if (change.action === 'delete') return item();
  if (status === 'completed') return refused('schedule_completed');
  switch (change.action) {
    case 'pause':
      return status === 'paused' ? unchanged : item({ action: 'resume' });
    case 'resume':
      if (status === 'active' || pause === undefined) return unchanged;
      return pause.cause === SUSPENDED
        ? refused('connection_suspended')
        : item({ action: 'pause', ...pause });
    case 'update': {
      const { definition } = candidate;
      const different = differencesOf(definition, changes ?? {});
      const keys = Object.keys(different) as (keyof ScheduleChanges)[];
      if (keys.length === 0) return unchanged;
      const before = Object.fromEntries(keys.map((key) => [key, definition[key] ?? null]));
      return item({ action: 'update', changes: before });
    }
    default:
      return unreachable(change);
  }
}
