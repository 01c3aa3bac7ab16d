import type { StoredEvent } from '#lib/contracts/events';
import type { Instant } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';
import type { OverlapPolicy, RunSpec, ScheduleChanges, ScheduleDefinition } from '#lib/domain/schedule';
import type { Property } from './report.js';

/** The checker's own idea of what an event log says: it shares nothing with the domain but the events' types. */

/** The time in which one recurrence was in force. */
export type Era = {
  readonly generation: number;
  readonly recurrence: Recurrence;
  readonly from: Instant;
  /** Its last instant; absent while it is in force. */
  until?: Instant;
};

/** One decision, on one occurrence (`first` is `last`) or on a range of them. */
export type OccurrenceDecision = {
  readonly kind: 'run' | 'skip' | 'missed';
  readonly reason: string;
  readonly generation: number;
  readonly first: Instant;
  readonly last: Instant;
  /** Set on a range: how many it says there are. */
  readonly count?: { readonly value: number; readonly exact: boolean };
  readonly effective?: Instant;
  readonly at: Instant;
  readonly position: number;
  readonly paused: boolean;
  /** Runs that were open then. */
  readonly beside: readonly { readonly run: string; readonly phase: RunHistory['phase'] }[];
};

/** Occurrences in (after, to] that need no decision, though one is no fault. */
export type Waiver = { readonly generation: number; readonly after: Instant; readonly to: Instant };

/** `code`: of a failure that was not the work's own. */
export type AttemptEnd = {
  readonly type: string;
  readonly at: Instant;
  readonly cause?: string;
  readonly code?: string;
};

export type Attempt = {
  readonly run: string;
  readonly attempt: number;
  readonly queuedAt: Instant;
  readonly position: number;
  /** Attempts of the schedule that were open when this one was queued. */
  readonly beside: readonly Attempt[];
  started?: { readonly at: Instant; readonly fence: number; readonly executor: string };
  readonly ends: AttemptEnd[];
};

/** An event that does not fit what came before it, and the property that it breaks. */
export type Complaint = { readonly property: Property; readonly text: string };

export type RunHistory = {
  readonly schedule: string;
  readonly spec: RunSpec;
  readonly policy: OverlapPolicy;
  /** Position of the event that first named the run. */
  readonly decided: number;
  readonly attempts: Attempt[];
  readonly complaints: Complaint[];
  /** Terminal events that came, and the lives they may end: one, and one more for each redrive. */
  terminals: number;
  lives: number;
  phase: 'buffered' | 'queued' | 'running' | 'failed' | 'waiting' | 'closed';
  resumeAt?: Instant;
};

export type ScheduleHistory = {
  readonly id: string;
  definition: ScheduleDefinition;
  readonly eras: Era[];
  readonly decisions: OccurrenceDecision[];
  readonly waivers: Waiver[];
  /** When it was paused. A pause that replaces another is one of its own. */
  readonly pauses: { readonly from: Instant }[];
  readonly runs: Map<string, RunHistory>;
  readonly open: Set<RunHistory>;
  occurrencesRun: number;
  /** The latest nominal instant decided in the present era. */
  highest: Instant;
  pausedSince?: Instant;
  exhaustedSince?: Instant;
  deleted: boolean;
};

export type EventOf<T extends StoredEvent['type']> = Extract<StoredEvent, { type: T }>;

export const eraOf = (history: ScheduleHistory): Era => history.eras.at(-1)!;

export const newHistory = ({ data, metadata }: EventOf<'ScheduleCreated'>): ScheduleHistory => ({
  id: data.id,
  definition: data.definition,
  eras: [{ generation: 1, recurrence: data.definition.recurrence, from: metadata.at }],
  decisions: [],
  waivers: [],
  pauses: [],
  runs: new Map(),
  open: new Set(),
  occurrencesRun: 0,
  highest: metadata.at,
  deleted: false,
});

export const changed = (definition: ScheduleDefinition, changes: ScheduleChanges): ScheduleDefinition => {
  const result: Record<string, unknown> = { ...definition };
  for (const [field, value] of Object.entries(changes)) {
    if (value === null || value === undefined) delete result[field];
    else result[field] = value;
  }
  return result as unknown as ScheduleDefinition;
};
