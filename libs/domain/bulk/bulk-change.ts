import type { Instant } from '#lib/domain/kernel';
import type { PauseCause, ScheduleChanges } from '#lib/domain/schedule';

type Event<Type extends string, Data extends object> = { readonly type: Type; readonly data: Readonly<Data> };
type Command<Type extends string, Data extends object = object> = {
  readonly type: Type;
  readonly now: Instant;
} & Readonly<Data>;

export const bulkActions = ['pause', 'resume', 'update', 'delete'] as const;
export type BulkAction = (typeof bulkActions)[number];

/** What is asked of every schedule. `set`: changes in the words of whoever asked, as a schedule by itself would be sent. */
export type BulkChange =
  | {
      readonly action: 'pause';
      readonly note?: string | undefined;
      readonly until?: Instant | undefined;
    }
  | { readonly action: 'resume' }
  | { readonly action: 'update'; readonly set: object }
  | { readonly action: 'delete'; readonly note?: string | undefined };

/** What takes a change back. */
export type Inverse =
  | { readonly action: 'resume' }
  | {
      readonly action: 'pause';
      readonly cause: PauseCause;
      readonly note?: string | undefined;
      readonly until?: Instant | undefined;
    }
  | { readonly action: 'update'; readonly changes: ScheduleChanges };

/** One schedule that is to be changed, at the version that was seen, and what takes that back. */
export type BulkItem = {
  readonly schedule: string;
  readonly version: number;
  /** Absent: nothing does. */
  readonly inverse?: Inverse | undefined;
};

/** What became of one: the version that it was left at, or why it was not changed. */
export type BulkOutcome =
  | { readonly schedule: string; readonly version: number }
  | { readonly schedule: string; readonly reason: string };

export const isChanged = (outcome: BulkOutcome): outcome is Extract<BulkOutcome, { version: number }> =>
  'version' in outcome;

/** By reason. */
export type ReasonCounts = Readonly<Record<string, number>>;

/** What was asked, of whom, and what of them needed nothing, or could not be. */
export type BulkRequest = {
  readonly change: BulkChange;
  /** In the words of whoever asked. */
  readonly filter: object;
  readonly matched: number;
  readonly planned: number;
  /** They were so already. */
  readonly unchanged: number;
  /** Known before anything was tried. */
  readonly refused: ReasonCounts;
};

export type BulkEvent =
  /** A part of the plan. `from` 0 begins it anew: what was planned before, and never asked for, is nothing. */
  | Event<'BulkChangePlanned', { id: string; from: number; items: readonly BulkItem[] }>
  | Event<'BulkChangeRequested', BulkRequest & { id: string }>
  | Event<'BulkChangeProgressed', { id: string; outcomes: readonly BulkOutcome[] }>
  | Event<'BulkChangeCompleted', { id: string; changed: number; refused: number }>
  | Event<'BulkUndoRequested', { id: string; note?: string; planned: number }>
  | Event<'BulkUndoProgressed', { id: string; outcomes: readonly BulkOutcome[] }>
  | Event<'BulkUndoCompleted', { id: string; undone: number; refused: number }>;

export type BulkCommand =
  | Command<'PlanBulkChange', { id: string; from: number; items: readonly BulkItem[] }>
  | Command<'RequestBulkChange', Omit<BulkRequest, 'planned'> & { id: string }>
  /** Of the items from `from` on, in their order. */
  | Command<'RecordBulkChange', { id: string; from: number; outcomes: readonly BulkOutcome[] }>
  | Command<'UndoBulkChange', { id: string; note?: string | undefined }>
  /** Of what is to be taken back, from `from` on. */
  | Command<'RecordBulkUndo', { id: string; from: number; outcomes: readonly BulkOutcome[] }>;

export type BulkRejectionReason =
  | 'bulk_change_not_found'
  | 'bulk_change_exists'
  | 'bulk_change_running'
  | 'bulk_change_undone'
  | 'nothing_to_change'
  | 'nothing_to_undo'
  | 'not_undoable'
  | 'plan_incomplete';

/**
 *     absent ─► planning ─► running ─► completed ─► undoing ─► undone
 *
 * What will be done is written before it is asked for, and each step after it was taken: whoever goes on after a crash
 * takes at most the last step twice, which the schedules' own versions and keys make harmless.
 */
export type BulkState =
  | { readonly status: 'absent' }
  | { readonly status: 'planning'; readonly items: readonly BulkItem[] }
  | AskedBulkChange;

export type AskedBulkChange = {
  readonly status: 'running' | 'completed' | 'undoing' | 'undone';
  readonly id: string;
  readonly change: BulkChange;
  readonly requestedAt: Instant;
  readonly items: readonly BulkItem[];
  /** Of the first so many items. */
  readonly outcomes: readonly BulkOutcome[];
  /** Of the first so many of {@link toUndo}. */
  readonly undone: readonly BulkOutcome[];
};

export const isAsked = (state: BulkState): state is AskedBulkChange =>
  state.status !== 'absent' && state.status !== 'planning';

/** One that was changed, at the version that it was left at, and what takes that back. */
export type UndoItem = { readonly schedule: string; readonly version: number; readonly inverse: Inverse };

/** What is to be taken back, the last change first. */
export function toUndo({ items, outcomes }: AskedBulkChange): readonly UndoItem[] {
  return outcomes
    .flatMap((outcome, at): readonly UndoItem[] => {
      const inverse = items[at]?.inverse;
      if (inverse === undefined || !isChanged(outcome)) return [];
      return [{ schedule: outcome.schedule, version: outcome.version, inverse }];
    })
    .toReversed();
}
