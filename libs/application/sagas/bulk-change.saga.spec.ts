import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bulkAggregate, connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { bulkStream, connectionStream, scheduleStream } from '#lib/contracts/streams';
import { SECOND } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { until } from '#lib/ports/testing';
import { context, House, names } from './testing/bulk-house.js';

let house: House;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.node.stop());

describe('given a change that was asked of many schedules', () => {
  test('each is changed once, on behalf of whoever asked, and brought back, the last first', async () => {
    const items = await house.made(names(120));
    house.node.start();
    await house.ask('b1', items);
    const { outcomes } = await house.node.over('b1');
    expect(outcomes).toEqual(items.map(({ schedule }) => ({ schedule, version: 2 })));
    const stream = await house.store.readStream(bulkStream('b1'));
    expect(stream.map(({ type }) => type)).toEqual([
      'BulkChangePlanned',
      'BulkChangeRequested',
      'BulkChangeProgressed',
      'BulkChangeProgressed',
      'BulkChangeProgressed',
      'BulkChangeCompleted',
    ]);
    const [, paused] = await house.store.readStream(scheduleStream('s7'));
    expect(paused).toMatchObject({
      type: 'SchedulePaused',
      data: { cause: 'request', note: 'maintenance' },
      metadata: { actor: 'api:ann', causation: stream[1]?.id },
    });
    // Nothing is in its mailbox any more, and nothing of it is kept.
    await house.time.settle();
    expect(house.node.actors.peek(bulkAggregate, bulkStream('b1'))).toBeUndefined();
    await house.undo('b1');
    const { undone } = await house.node.over('b1');
    expect(undone.map(({ schedule }) => schedule)).toEqual(names(120).toReversed());
    expect(await house.typesOf('s7')).toEqual(['ScheduleCreated', 'SchedulePaused', 'ScheduleResumed']);
    expect((await house.store.readStream(scheduleStream('s7')))[2]?.metadata.actor).toBe('api:ben');
  });

  test('one that was changed meanwhile is left alone, and one that is gone', async () => {
    const items = await house.made(names(3));
    const change = { type: 'UpdateSchedule', changes: { priority: 'high' } } as const;
    await house.node.actors.execute(scheduleAggregate, scheduleStream('s0'), change, context);
    await house.node.actors.execute(
      scheduleAggregate,
      scheduleStream('s1'),
      { type: 'DeleteSchedule' },
      context,
    );
    house.node.start();
    await house.ask('b1', items);
    expect((await house.node.over('b1')).outcomes).toEqual([
      { schedule: 's0', reason: 'stale_version' },
      { schedule: 's1', reason: 'schedule_deleted' },
      { schedule: 's2', version: 2 },
    ]);
  });

  test('none is resumed whose connection was suspended meanwhile, neither by a change nor by undoing one', async () => {
    const items = await house.made(names(2));
    house.node.start();
    await house.ask('b1', items);
    await house.node.over('b1');
    const suspend = { type: 'SuspendConnection', cause: 'request', message: 'gone' } as const;
    await house.node.actors.execute(connectionAggregate, connectionStream('default', 's1'), suspend, context);
    await house.undo('b1');
    const kept = { schedule: 's1', reason: 'connection_suspended' };
    expect((await house.node.over('b1')).undone).toEqual([kept, { schedule: 's0', version: 3 }]);
    await house.ask('b2', [{ schedule: 's1', version: 2 }], { action: 'resume' });
    expect((await house.node.over('b2')).outcomes).toEqual([kept]);
    await house.ask('b3', [{ schedule: 's1', version: 2 }], { action: 'delete', note: 'over' });
    expect((await house.node.over('b3')).outcomes).toEqual([{ schedule: 's1', version: 0 }]);
  });

  test('what a pause ended by itself, or somebody resumed, needs no undoing, and says so', async () => {
    const items = await house.made(names(2));
    house.node.start();
    await house.ask('b1', items, { action: 'pause', until: T0 + SECOND });
    await house.node.over('b1');
    house.time.advance(2 * SECOND);
    const [ended, resumed] = [scheduleStream('s0'), scheduleStream('s1')];
    await house.node.actors.execute(
      scheduleAggregate,
      ended,
      { type: 'AdvanceSchedule', fraction: 0 },
      context,
    );
    await house.node.actors.execute(scheduleAggregate, resumed, { type: 'ResumeSchedule' }, context);
    await house.undo('b1');
    expect((await house.node.over('b1')).undone).toEqual([
      { schedule: 's1', reason: 'not_paused' },
      { schedule: 's0', reason: 'not_paused' },
    ]);
  });

  test('a definition keeps the rest of its own, and one that was deleted since says so', async () => {
    const items = await house.made(names(2));
    await house.node.actors.execute(
      scheduleAggregate,
      scheduleStream('s1'),
      { type: 'DeleteSchedule' },
      context,
    );
    house.node.start();
    await house.ask('b1', items, { action: 'update', set: { retry: { maxAttempts: 7 } } });
    expect((await house.node.over('b1')).outcomes).toEqual([
      { schedule: 's0', version: 2 },
      { schedule: 's1', reason: 'schedule_deleted' },
    ]);
    const { state } = await house.node.actors.read(scheduleAggregate, scheduleStream('s0'));
    const { retry } = definition();
    expect(state).toMatchObject({ definition: { retry: { ...retry, maxAttempts: 7 } } });
  });

  test('only the node whose turn it is carries it out', async () => {
    house.held = false;
    const items = await house.made(names(2));
    house.node.start();
    await house.ask('b1', items);
    await house.time.settle();
    expect((await house.node.bulk('b1')).outcomes).toEqual([]);
    house.grant();
    expect((await house.node.over('b1')).outcomes).toHaveLength(2);
  });

  test('one that cannot be carried out is tried again, further and further apart, and holds up nobody', async () => {
    const items = await house.made(names(2));
    house.node.start();
    const [mine, others] = [items.slice(0, 1), items.slice(1)];
    await house.ask('unread', mine, { action: 'update', set: { unknown: 'to this release' } });
    await until(() => house.node.errors.length === 1);
    await house.ask('b2', others);
    await house.node.over('b2');
    expect(house.node.errors).toEqual([bulkStream('unread')]);
    const tries: number[] = [];
    for (let second = 1; second <= 20; second += 1) {
      house.time.advance(SECOND / 2);
      await house.time.settle();
      tries.push(house.node.errors.length);
    }
    // After half a second, a second, two and four: the next is due after eight.
    expect(tries.slice(0, 3)).toEqual([2, 2, 3]);
    expect(tries.at(-1)).toBe(5);
  });
});
