import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { scheduleAggregate } from '#lib/application/actors';
import { scheduleStream } from '#lib/contracts/streams';
import { storeUnavailable, type EventStore } from '#lib/event-store/port';
import { storeBut } from '#lib/event-store/testing';
import { until } from '#lib/ports/testing';
import { context, House, names } from './testing/bulk-house.js';

let house: House;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.node.stop());

describe('given a process that dies while it carries one out', () => {
  /** Takes so many appends, and then nothing; `stored`: the next one is stored, and not answered. */
  const dying = (appends: number, stored: boolean): EventStore => {
    let left = appends;
    return storeBut(house.store, {
      async append(...given) {
        left -= 1;
        if (left >= 0) return house.store.append(...given);
        if (left === -1 && stored) await house.store.append(...given);
        throw storeUnavailable('it died');
      },
    });
  };
  const deaths = [false, true].flatMap((stored) =>
    Array.from({ length: 7 }, (_, appends) => [appends, stored] as const),
  );

  test.each(deaths)(
    'after %i appends, the next one stored and unanswered: %s, another ends it, and nothing is done twice',
    async (appends, stored) => {
      const items = await house.made(names(4));
      await house.ask('b1', items);
      const first = house.process(dying(appends, stored)).start(['b1']);
      await house.time.settle();
      void first.saga.stop();
      // What it has done is changed further by somebody before the next one looks.
      const { state } = await house.process().actors.read(scheduleAggregate, scheduleStream('s1'));
      if (state.status === 'paused') {
        const change = { type: 'UpdateSchedule', changes: { priority: 'high' } } as const;
        await house.process().actors.execute(scheduleAggregate, scheduleStream('s1'), change, context);
      }
      house.node = house
        .process()
        .start((await house.process().bulk('b1')).status === 'running' ? ['b1'] : []);
      const { outcomes } = await house.node.over('b1');
      expect(outcomes).toEqual(items.map(({ schedule }) => ({ schedule, version: 2 })));
      await house.undo('b1');
      const { undone } = await house.node.over('b1');
      for (const id of names(4)) {
        const types = await house.typesOf(id);
        expect(types.filter((type) => type === 'SchedulePaused')).toHaveLength(1);
        const paused = (await house.store.readStream(scheduleStream(id))).find(
          ({ type }) => type === 'SchedulePaused',
        );
        expect(paused?.metadata.actor).toBe('api:ann');
        // Whoever changed it since meant it: it is not brought back.
        const alone = !types.includes('ScheduleUpdated');
        expect(types.filter((type) => type === 'ScheduleResumed')).toHaveLength(alone ? 1 : 0);
        expect(undone.find(({ schedule }) => schedule === id)).toEqual(
          alone ? { schedule: id, version: 3 } : { schedule: id, reason: 'stale_version' },
        );
      }
    },
  );

  test('one that was told to stop ends with the step that it is at', async () => {
    const items = await house.made(names(120));
    await house.ask('b1', items);
    let stopped: Promise<void> | undefined;
    const first = house
      .process(
        storeBut(house.store, {
          append: (...given) => {
            if (given[0] === scheduleStream('s60')) stopped ??= first.stop();
            return house.store.append(...given);
          },
        }),
      )
      .start(['b1']);
    await until(() => stopped !== undefined);
    await stopped;
    const { outcomes, status } = await house.process().bulk('b1');
    expect({ status, done: outcomes.length }).toEqual({ status: 'running', done: 100 });
    house.node = house.process().start(['b1']);
    expect((await house.node.over('b1')).outcomes).toHaveLength(120);
  });
});
