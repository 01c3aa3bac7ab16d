import { accept, reject, unreachable, type Decider, type Decision, type Instant } from '#lib/domain/kernel';
import {
  isAsked,
  isChanged,
  toUndo,
  type AskedBulkChange,
  type BulkCommand,
  type BulkEvent,
  type BulkOutcome,
  type BulkRejectionReason,
  type BulkState,
} from './bulk-change.js';

type Answer = Decision<BulkEvent, BulkRejectionReason>;
type Of<T extends BulkCommand['type']> = Extract<BulkCommand, { type: T }>;

const exists = (id: string): Answer => reject('bulk_change_exists', `bulk change ${id} exists already`);

function plan(state: BulkState, { id, from, items }: Of<'PlanBulkChange'>): Answer {
  if (isAsked(state)) return exists(id);
  const planned = state.status === 'planning' ? state.items.length : 0;
  if (from !== 0 && from !== planned)
    return reject('plan_incomplete', `another request is planning bulk change ${id}: send this one again`);
  return accept<BulkEvent>({ type: 'BulkChangePlanned', data: { id, from, items } });
}

function request(state: BulkState, { type: _, now: __, id, ...asked }: Of<'RequestBulkChange'>): Answer {
  if (isAsked(state)) return exists(id);
  const planned = state.status === 'planning' ? state.items.length : 0;
  if (planned === 0) return reject('nothing_to_change', 'no schedule is planned to be changed');
  return accept<BulkEvent>({ type: 'BulkChangeRequested', data: { id, ...asked, planned } });
}

const counted = (outcomes: readonly BulkOutcome[]): { readonly done: number; readonly refused: number } => {
  const done = outcomes.filter(isChanged).length;
  return { done, refused: outcomes.length - done };
};

function record(state: AskedBulkChange, { id, from, outcomes }: Of<'RecordBulkChange'>): Answer {
  // Somebody else has taken this step, or it was taken before a restart.
  if (state.status !== 'running' || from !== state.outcomes.length || outcomes.length === 0) return accept();
  const all = [...state.outcomes, ...outcomes];
  const progressed: BulkEvent = { type: 'BulkChangeProgressed', data: { id, outcomes } };
  if (all.length < state.items.length) return accept<BulkEvent>(progressed);
  const { done: changed, refused } = counted(all);
  return accept<BulkEvent>(progressed, { type: 'BulkChangeCompleted', data: { id, changed, refused } });
}

function undo(state: AskedBulkChange, { id, note }: Of<'UndoBulkChange'>): Answer {
  if (state.status === 'running')
    return reject('bulk_change_running', `bulk change ${id} is under way: undo it once it is completed`);
  if (state.status !== 'completed')
    return reject('bulk_change_undone', `bulk change ${id} was undone already`);
  if (state.change.action === 'delete')
    return reject('not_undoable', 'schedules that were deleted do not come back: create them anew');
  const planned = toUndo(state).length;
  if (planned === 0) return reject('nothing_to_undo', `bulk change ${id} changed nothing`);
  const data = { id, ...(note === undefined ? {} : { note }), planned };
  return accept<BulkEvent>({ type: 'BulkUndoRequested', data });
}

function recordUndo(state: AskedBulkChange, { id, from, outcomes }: Of<'RecordBulkUndo'>): Answer {
  if (state.status !== 'undoing' || from !== state.undone.length || outcomes.length === 0) return accept();
  const all = [...state.undone, ...outcomes];
  const progressed: BulkEvent = { type: 'BulkUndoProgressed', data: { id, outcomes } };
  if (all.length < toUndo(state).length) return accept<BulkEvent>(progressed);
  const { done: undone, refused } = counted(all);
  return accept<BulkEvent>(progressed, { type: 'BulkUndoCompleted', data: { id, undone, refused } });
}

function decide(command: BulkCommand, state: BulkState): Answer {
  if (command.type === 'PlanBulkChange') return plan(state, command);
  if (command.type === 'RequestBulkChange') return request(state, command);
  if (!isAsked(state)) return reject('bulk_change_not_found', `there is no bulk change ${command.id}`);
  switch (command.type) {
    case 'RecordBulkChange':
      return record(state, command);
    case 'UndoBulkChange':
      return undo(state, command);
    case 'RecordBulkUndo':
      return recordUndo(state, command);
    default:
      return unreachable(command);
  }
}

function evolve(state: BulkState, event: BulkEvent, at: Instant): BulkState {
  if (event.type === 'BulkChangePlanned') {
    const { from, items } = event.data;
    const before = state.status === 'planning' && from > 0 ? state.items : [];
    return { status: 'planning', items: [...before, ...items] };
  }
  if (event.type === 'BulkChangeRequested') {
    const { id, change } = event.data;
    const items = state.status === 'planning' ? state.items : [];
    return { status: 'running', id, change, requestedAt: at, items, outcomes: [], undone: [] };
  }
  if (!isAsked(state)) return state;
  switch (event.type) {
    case 'BulkChangeProgressed':
      return { ...state, outcomes: [...state.outcomes, ...event.data.outcomes] };
    case 'BulkChangeCompleted':
      return { ...state, status: 'completed' };
    case 'BulkUndoRequested':
      return { ...state, status: 'undoing' };
    case 'BulkUndoProgressed':
      return { ...state, undone: [...state.undone, ...event.data.outcomes] };
    case 'BulkUndoCompleted':
      return { ...state, status: 'undone' };
    default:
      return unreachable(event);
  }
}

/** One change asked of many schedules: one stream for each, from its plan until it is done, or taken back. */
export const bulkChange: Decider<BulkState, BulkCommand, BulkEvent> = {
  initialState: { status: 'absent' },
  decide,
  evolve,
};
