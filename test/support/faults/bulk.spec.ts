import { describe, expect, it } from '@jest/globals';
import { HOUR, SECOND } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import type { RecordedEvent } from '#lib/event-store/port';
import { Log } from '../../../libs/projections/testing/log.js';
import { checkBulk } from './bulk.js';

const options = { endAt: T0 + 9 * HOUR, graceMs: HOUR };
const counts = { matched: 2, unchanged: 0, refused: {} };
const CHANGE = 'change';
const UNDO = 'undo';

/** Two schedules are paused at once, of which one was paused already and is paused otherwise, and both are brought back. */
function log(): Log {
  const log = new Log(T0);
  const data = definition();
  log.schedule('s1', { type: 'ScheduleCreated', data: { id: 's1', definition: data } });
  log.schedule('s2', { type: 'ScheduleCreated', data: { id: 's2', definition: data } });
  log.schedule('s2', { type: 'SchedulePaused', data: { cause: 'request', note: 'holiday' } });
  const pause = { action: 'pause', note: 'all' } as const;
  const items = [
    { schedule: 's1', version: 1, inverse: { action: 'resume' } },
    { schedule: 's2', version: 2, inverse: { action: 'pause', cause: 'request', note: 'holiday' } },
  ] as const;
  log.bulk({ type: 'BulkChangePlanned', data: { id: 'b1', from: 0, items: [items[1]] } });
  log.bulk({ type: 'BulkChangePlanned', data: { id: 'b1', from: 0, items } });
  log.at(T0 + SECOND);
  log.bulk({
    type: 'BulkChangeRequested',
    data: { id: 'b1', change: pause, filter: {}, ...counts, planned: 2 },
  });
  named(log, CHANGE);
  for (const id of ['s1', 's2'])
    log.schedule(
      id,
      { type: 'SchedulePaused', data: { cause: 'request', note: 'all' } },
      { causation: CHANGE },
    );
  const outcomes = [
    { schedule: 's1', version: 2 },
    { schedule: 's2', version: 3 },
  ];
  log.bulk({ type: 'BulkChangeProgressed', data: { id: 'b1', outcomes } });
  log.bulk({ type: 'BulkChangeCompleted', data: { id: 'b1', changed: 2, refused: 0 } });
  log.at(T0 + HOUR);
  log.bulk({ type: 'BulkUndoRequested', data: { id: 'b1', planned: 2 } });
  named(log, UNDO);
  const back = { type: 'SchedulePaused', data: { cause: 'request', note: 'holiday' } } as const;
  log.schedule('s2', back, { causation: UNDO });
  log.schedule('s1', { type: 'ScheduleResumed', data: { automatic: false } }, { causation: UNDO });
  const undone = [
    { schedule: 's2', version: 4 },
    { schedule: 's1', version: 3 },
  ];
  log.bulk({ type: 'BulkUndoProgressed', data: { id: 'b1', outcomes: undone } });
  return log.bulk({ type: 'BulkUndoCompleted', data: { id: 'b1', undone: 2, refused: 0 } });
}

/** The last event, by an id that is told again. */
function named({ events }: Log, id: string): void {
  const last = events.at(-1);
  if (last !== undefined) events[events.length - 1] = { ...last, id };
}

const violations = (events: readonly RecordedEvent[]): readonly string[] =>
  checkBulk(events, options).violations;
const of = (type: string, events: readonly RecordedEvent[]): number =>
  events.findIndex((event) => event.type === type);
const without = (type: string): readonly RecordedEvent[] => {
  const { events } = log();
  return events.toSpliced(of(type, events), 1);
};
const changed = (
  type: string,
  change: (event: RecordedEvent) => object,
  at = 0,
): readonly RecordedEvent[] => {
  const { events } = log();
  const index = events.map((event) => event.type).indexOf(type, at);
  const event = events[index]!;
  return events.with(index, { ...event, ...change(event) });
};
const outcomes = (...told: readonly object[]) =>
  changed('BulkChangeProgressed', () => ({ data: { id: 'b1', outcomes: told } }));

describe('check: what is asked of many', () => {
  it('finds nothing in a clean log, having looked', () => {
    const { checked, violations: found } = checkBulk(log().events, options);
    expect({ found, looked: checked > 10 }).toEqual({ found: [], looked: true });
  });

  it('sees one that is never over, but for one that was asked for at the very end', () => {
    expect(violations(without('BulkChangeCompleted'))).toEqual(['bulk-b1: BulkChangeRequested is not over']);
    expect(violations(without('BulkUndoCompleted'))).toEqual(['bulk-b1: BulkUndoRequested is not over']);
    const late = checkBulk(without('BulkUndoCompleted'), { ...options, endAt: T0 + HOUR + SECOND });
    expect(late.violations).toEqual([]);
  });

  it.each([
    ['that leaves one out', outcomes({ schedule: 's1', version: 2 }), /not told of each/],
    [
      'in another order',
      outcomes({ schedule: 's2', version: 3 }, { schedule: 's1', version: 2 }),
      /not told of each/,
    ],
    [
      'of one that was changed, and is said to be left alone',
      outcomes({ schedule: 's1', reason: 'stale_version' }, { schedule: 's2', version: 3 }),
      /s1 is said to be left alone, and is not/,
    ],
    [
      'of a version that it was not left at',
      outcomes({ schedule: 's1', version: 9 }, { schedule: 's2', version: 3 }),
      /s1 was not left at version 9/,
    ],
  ])('sees an outcome %s', (_, events, told) => {
    expect(violations(events)).toContainEqual(expect.stringMatching(told));
  });

  it('sees a change that was told and not made, one that was made twice, and one that was not to be made', () => {
    const paused = 'SchedulePaused';
    const { events } = log();
    const first = events.findIndex(({ type, metadata }) => type === paused && metadata.causation === CHANGE);
    expect(violations(events.toSpliced(first, 1))).toContain('bulk-b1: s1 is said to be changed, and is not');
    const again = log().at(T0 + 8 * HOUR);
    again.schedule('s1', { type: paused, data: { cause: 'request' } }, { causation: CHANGE });
    expect(violations(again.events)).toContain('bulk-b1: s1 was changed more than once');
    const other = log();
    other.schedule('s3', { type: paused, data: { cause: 'request' } }, { causation: CHANGE });
    expect(violations(other.events)).toEqual(['bulk-b1: changed s3, which it was not to']);
  });

  it('sees a schedule that was changed though somebody had changed it since, and one that is not what it was', () => {
    const plan = (item: object) => ({ data: { id: 'b1', from: 0, items: [item, itemOf('s2', 2)] } });
    const itemOf = (schedule: string, version: number) => ({
      schedule,
      version,
      inverse: { action: 'resume' },
    });
    const seen = changed('BulkChangePlanned', () => plan(itemOf('s1', 7)), 4);
    expect(violations(seen)).toEqual(['bulk-b1: s1 was changed, though it was not as it was seen']);
    const { events } = log();
    const back = events.findIndex(
      ({ type, metadata }) => type === 'SchedulePaused' && metadata.causation === UNDO,
    );
    const otherwise = events.with(back, { ...events[back]!, data: { cause: 'request', note: 'other' } });
    expect(violations(otherwise)).toEqual([expect.stringContaining('"note":"holiday"')]);
  });
});
