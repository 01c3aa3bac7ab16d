import { describe, expect, test } from '@jest/globals';
import { scenario, T0 } from '#lib/domain/testing';
import {
  bulkChange,
  isAsked,
  toUndo,
  type BulkCommand,
  type BulkEvent,
  type BulkItem,
  type BulkOutcome,
} from './index.js';

type Asked = Omit<Extract<BulkCommand, { type: 'RequestBulkChange' }>, 'type' | 'now' | 'id'>;

const item = (schedule: string, version = 1): BulkItem => ({
  schedule,
  version,
  inverse: { action: 'resume' },
});
const items = ['s1', 's2', 's3'].map((id) => item(id));
const asked: Asked = {
  change: { action: 'pause', note: 'maintenance' },
  filter: { provider: 'spotify' },
  matched: 4,
  unchanged: 1,
  refused: {},
};
const now = T0;
const plan = (from: number, planned: readonly BulkItem[]): BulkCommand => ({
  type: 'PlanBulkChange',
  now,
  id: 'b1',
  from,
  items: planned,
});
const request = { type: 'RequestBulkChange', now, id: 'b1', ...asked } as const;
const record = (from: number, outcomes: readonly BulkOutcome[]): BulkCommand => ({
  type: 'RecordBulkChange',
  now,
  id: 'b1',
  from,
  outcomes,
});
const undo = { type: 'UndoBulkChange', now, id: 'b1' } as const;
const recordUndo = (from: number, outcomes: readonly BulkOutcome[]): BulkCommand => ({
  type: 'RecordBulkUndo',
  now,
  id: 'b1',
  from,
  outcomes,
});

const past = (...events: readonly BulkEvent[]): readonly (readonly [number, BulkEvent])[] =>
  events.map((event) => [T0, event] as const);
const planned: BulkEvent = { type: 'BulkChangePlanned', data: { id: 'b1', from: 0, items } };
const requested: BulkEvent = { type: 'BulkChangeRequested', data: { id: 'b1', ...asked, planned: 3 } };
const outcomes: readonly BulkOutcome[] = [
  { schedule: 's1', version: 2 },
  { schedule: 's2', reason: 'stale_version' },
  { schedule: 's3', version: 5 },
];
const progressed: BulkEvent = { type: 'BulkChangeProgressed', data: { id: 'b1', outcomes } };
const completed: BulkEvent = { type: 'BulkChangeCompleted', data: { id: 'b1', changed: 2, refused: 1 } };
const undoing: BulkEvent = { type: 'BulkUndoRequested', data: { id: 'b1', planned: 2 } };

const { given, run } = scenario(bulkChange);
const running = past(planned, requested);
const done = past(planned, requested, progressed, completed);

describe('given nothing', () => {
  test('a plan is written page by page, each at its place', () => {
    given().when(plan(0, items)).then(planned);
    given(...past(planned))
      .when(plan(3, [item('s4')]))
      .then({
        type: 'BulkChangePlanned',
        data: { id: 'b1', from: 3, items: [item('s4')] },
      });
    given(...past(planned))
      .when(plan(2, [item('s4')]))
      .thenRejected('plan_incomplete');
    given().when(plan(1, items)).thenRejected('plan_incomplete');
  });

  test('a plan that is begun anew takes the place of one that nobody asked to carry out', () => {
    const { state } = run(plan(0, items), plan(3, [item('s4')]), plan(0, [item('s9', 7)]), request);
    expect(state).toMatchObject({ status: 'running', items: [item('s9', 7)] });
  });

  test('nothing is asked for without a plan, and nothing is done, or taken back, that nobody asked for', () => {
    given().when(request).thenRejected('nothing_to_change');
    for (const command of [record(0, outcomes), undo, recordUndo(0, outcomes)]) {
      given().when(command).thenRejected('bulk_change_not_found');
      given(...past(planned))
        .when(command)
        .thenRejected('bulk_change_not_found');
    }
  });
});

describe('given a plan', () => {
  test('it is asked for, with as many as are planned', () => {
    given(...past(planned))
      .when(request)
      .then(requested);
  });
});

describe('given one that was asked for', () => {
  test('it is planned, and asked for, once', () => {
    given(...running)
      .when(plan(0, items))
      .thenRejected('bulk_change_exists');
    given(...running)
      .when(request)
      .thenRejected('bulk_change_exists');
  });

  test('a step is recorded at its place, and the last one ends it', () => {
    const first: BulkEvent = {
      type: 'BulkChangeProgressed',
      data: { id: 'b1', outcomes: outcomes.slice(0, 2) },
    };
    given(...running)
      .when(record(0, outcomes.slice(0, 2)))
      .then(first);
    const last: BulkEvent = { type: 'BulkChangeProgressed', data: { id: 'b1', outcomes: outcomes.slice(2) } };
    given(...running, ...past(first))
      .when(record(2, outcomes.slice(2)))
      .then(last, completed);
    given(...running)
      .when(record(0, outcomes))
      .then(progressed, completed);
  });

  test('a step that somebody else recorded is not recorded again', () => {
    const first: BulkEvent = {
      type: 'BulkChangeProgressed',
      data: { id: 'b1', outcomes: outcomes.slice(0, 2) },
    };
    given(...running, ...past(first))
      .when(record(0, outcomes.slice(0, 2)))
      .thenNothing();
    given(...running)
      .when(record(1, outcomes.slice(1)))
      .thenNothing();
    given(...running)
      .when(record(0, []))
      .thenNothing();
    given(...done)
      .when(record(3, outcomes))
      .thenNothing();
  });

  test('it is not undone while it is under way', () => {
    given(...running)
      .when(undo)
      .thenRejected('bulk_change_running');
    given(...running)
      .when(recordUndo(0, outcomes))
      .thenNothing();
  });
});

describe('given one that is done', () => {
  test('what was changed is taken back, the last first, each from the version that it was left at', () => {
    given(...done)
      .when({ ...undo, note: 'over' })
      .then({
        type: 'BulkUndoRequested',
        data: { id: 'b1', note: 'over', planned: 2 },
      });
    const { state } = run(plan(0, items), request, record(0, outcomes), undo);
    expect(isAsked(state) && toUndo(state)).toEqual([
      { schedule: 's3', version: 5, inverse: { action: 'resume' } },
      { schedule: 's1', version: 2, inverse: { action: 'resume' } },
    ]);
    const [first, second] = [[{ schedule: 's3', version: 6 }], [{ schedule: 's1', reason: 'stale_version' }]];
    const part: BulkEvent = { type: 'BulkUndoProgressed', data: { id: 'b1', outcomes: first! } };
    given(...done, ...past(undoing))
      .when(recordUndo(0, first!))
      .then(part);
    given(...done, ...past(undoing, part))
      .when(recordUndo(1, second!))
      .then(
        { type: 'BulkUndoProgressed', data: { id: 'b1', outcomes: second! } },
        { type: 'BulkUndoCompleted', data: { id: 'b1', undone: 1, refused: 1 } },
      );
    given(...done, ...past(undoing, part))
      .when(recordUndo(0, first!))
      .thenNothing();
    given(...done, ...past(undoing))
      .when(recordUndo(0, []))
      .thenNothing();
  });

  test('it is undone once', () => {
    given(...done, ...past(undoing))
      .when(undo)
      .thenRejected('bulk_change_undone');
    const over: BulkEvent = { type: 'BulkUndoCompleted', data: { id: 'b1', undone: 2, refused: 0 } };
    given(...done, ...past(undoing, over))
      .when(undo)
      .thenRejected('bulk_change_undone');
  });

  test('what was deleted does not come back, and what nothing was done to need not', () => {
    const deletion: BulkEvent = {
      type: 'BulkChangeRequested',
      data: { id: 'b1', ...asked, change: { action: 'delete' }, planned: 3 },
    };
    given(...past(planned, deletion, progressed, completed))
      .when(undo)
      .thenRejected('not_undoable');
    const none: BulkEvent = {
      type: 'BulkChangeProgressed',
      data: {
        id: 'b1',
        outcomes: ['s1', 's2', 's3'].map((schedule) => ({ schedule, reason: 'stale_version' })),
      },
    };
    given(...past(planned, requested, none, completed))
      .when(undo)
      .thenRejected('nothing_to_undo');
  });
});
