import { describe, expect, test } from '@jest/globals';
import { isCommandOutage, scheduleAggregate } from '#lib/application/actors';
import { scheduleStream } from '#lib/contracts/streams';
import { MemoryEventStore } from '#lib/event-store/memory';
import { directStart } from './direct-start.js';
import { fallingSilent, house as empty } from './testing/house.js';

function house(of: Parameters<typeof empty>[0] = {}) {
  const parts = empty(of);
  parts.actors.follow(scheduleAggregate, directStart({ ...parts, open: () => true }));
  return parts;
}

describe('a run that is decided', () => {
  test('given a free place and nothing against it, starts with its decision, and the executor is told what it holds', async () => {
    const { admission, handed, create, trigger, types } = house();
    await create('s1');
    const answer = await trigger('s1');
    expect(await types('s1')).toEqual([
      'ScheduleCreated by api:test',
      'RunQueued by api:test',
      'RunStarted by executor:local',
    ]);
    expect(answer).toMatchObject({ ok: true, revision: 2, events: [{ type: 'RunQueued' }] });
    expect(handed).toMatchObject([
      { run: 's1.m.r-s1', granted: { granted: true, fence: 1, leaseMs: 30_000 } },
    ]);
    expect(admission.busy).toBe(1);
  });

  test('given a full executor, waits in the queue', async () => {
    const { admission, handed, create, trigger, types } = house({ places: 1 });
    for (const id of ['s1', 's2']) await create(id);
    for (const id of ['s1', 's2']) await trigger(id);
    expect((await types('s2')).at(-1)).toBe('RunQueued by api:test');
    expect(handed.map(({ run }) => run)).toEqual(['s1.m.r-s1']);
    expect(admission.busy).toBe(1);
  });

  test('given a limit that is reached, waits, and the place that it did not need is free for the next', async () => {
    const { admission, handed, create, trigger, types } = house({ places: 2, global: 1 });
    for (const id of ['s1', 's2', 's3']) await create(id);
    for (const id of ['s1', 's2']) await trigger(id);
    expect((await types('s2')).at(-1)).toBe('RunQueued by api:test');
    admission.settle('s1.m.r-s1', 1);
    await trigger('s3');
    expect((await types('s3')).at(-1)).toBe('RunStarted by executor:local');
    expect(handed.map(({ run }) => run)).toEqual(['s1.m.r-s1', 's3.m.r-s3']);
  });

  test('given somebody who waits for the same provider, waits behind', async () => {
    const { admission, create, trigger, types } = house();
    for (const id of ['s1', 's2']) await create(id);
    await trigger('s1');
    const waits = { ...admission.find('s1.m.r-s1')!, run: 'another', user: 'other', connection: 'other' };
    admission.enqueue(waits);
    await trigger('s2');
    expect((await types('s2')).at(-1)).toBe('RunQueued by api:test');
  });

  test('given another process that decided first, is decided anew, and holds one place', async () => {
    const store = new MemoryEventStore();
    const { admission, handed, create, trigger, types } = house({ store });
    await create('s1');
    const [event] = await store.readStream(scheduleStream('s1'));
    const pause = { type: 'SchedulePaused', data: { cause: 'manual' } };
    await store.append(scheduleStream('s1'), 0, [
      { ...pause, id: '00000000-0000-4000-9000-000000000001', metadata: { ...event!.metadata, v: 1 } },
    ]);
    await trigger('s1');
    expect(await types('s1')).toEqual([
      'ScheduleCreated by api:test',
      'SchedulePaused by api:test',
      'RunQueued by api:test',
      'RunStarted by executor:local',
    ]);
    expect(handed).toHaveLength(1);
    expect(admission.busy).toBe(1);
  });

  test('given a store that does not say whether it was stored, gives the place back and lets the executor find out', async () => {
    const log = fallingSilent();
    const { admission, handed, create, trigger } = house({ store: log.store });
    await create('s1');
    log.silent = true;
    expect(isCommandOutage(await trigger('s1').catch((error: unknown) => error))).toBe(true);
    expect(handed).toMatchObject([{ run: 's1.m.r-s1', granted: undefined }]);
    expect(admission.busy).toBe(0);
  });
});
