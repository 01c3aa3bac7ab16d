import { describe, expect, test } from '@jest/globals';
import { Actors, isCommandOutage, scheduleAggregate } from '#lib/application/actors';
import { Admission } from '#lib/application/admission';
import { scheduleStream } from '#lib/contracts/streams';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable, type EventStore } from '#lib/event-store/port';
import { InProcessMessaging } from '#lib/messaging/in-process';
import type { Granted } from '#lib/messaging/port';
import { soleHolder } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';
import { directStart } from './direct-start.js';

const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };

type Handed = { readonly run: string; readonly granted: Granted | undefined; readonly settle: () => void };

/** A scheduler with an executor in its process that has `places`, and schedules `s1`, `s2` … on one provider. */
async function house({ places = 10, global = 10, store = new MemoryEventStore() as EventStore } = {}) {
  const surroundings = stillTime(T0 + HOUR / 2);
  const actors = new Actors({ store, environment: surroundings, capacity: 100, snapshotEvery: 100 });
  const admission = new Admission({ global, connection: 1, ageingMs: MINUTE });
  const messaging = new InProcessMessaging();
  const handed: Handed[] = [];
  messaging.consume({
    executor: 'local',
    claim: 'claim-1',
    capacity: places,
    handle: ({ run }, granted) => new Promise((settle) => handed.push({ run, granted, settle })),
    cancel: () => {},
    lost: () => {},
  });
  const open = (): boolean => true;
  const parts = {
    admission,
    work: messaging,
    leases: soleHolder,
    environment: surroundings,
    leaseMs: 30_000,
  };
  actors.follow(scheduleAggregate, directStart({ ...parts, open }));
  const command = (id: string, what: Parameters<typeof actors.execute>[2]) =>
    actors.execute(scheduleAggregate, scheduleStream(id), what as never, context);
  const create = (id: string) =>
    command(id, {
      type: 'CreateSchedule',
      id,
      definition: definition({ connection: id, user: id }),
    } as never);
  const trigger = (id: string) => command(id, { type: 'TriggerRun', request: `r-${id}` } as never);
  const types = async (id: string) =>
    (await store.readStream(scheduleStream(id))).map(({ type, metadata }) => `${type} by ${metadata.actor}`);
  return { store, admission, handed, create, trigger, types };
}

describe('a run that is decided', () => {
  test('given a free place and nothing against it, starts with its decision, and the executor is told what it holds', async () => {
    const { admission, handed, create, trigger, types } = await house();
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
    const { admission, handed, create, trigger, types } = await house({ places: 1 });
    for (const id of ['s1', 's2']) await create(id);
    for (const id of ['s1', 's2']) await trigger(id);
    expect((await types('s2')).at(-1)).toBe('RunQueued by api:test');
    expect(handed.map(({ run }) => run)).toEqual(['s1.m.r-s1']);
    expect(admission.busy).toBe(1);
  });

  test('given a limit that is reached, waits, and the place that it did not need is free for the next', async () => {
    const { admission, handed, create, trigger, types } = await house({ places: 2, global: 1 });
    for (const id of ['s1', 's2', 's3']) await create(id);
    for (const id of ['s1', 's2']) await trigger(id);
    expect((await types('s2')).at(-1)).toBe('RunQueued by api:test');
    admission.settle('s1.m.r-s1', 1);
    await trigger('s3');
    expect((await types('s3')).at(-1)).toBe('RunStarted by executor:local');
    expect(handed.map(({ run }) => run)).toEqual(['s1.m.r-s1', 's3.m.r-s3']);
  });

  test('given somebody who waits for the same provider, waits behind', async () => {
    const { admission, create, trigger, types } = await house();
    for (const id of ['s1', 's2']) await create(id);
    await trigger('s1');
    const waits = { ...admission.find('s1.m.r-s1')!, run: 'another', user: 'other', connection: 'other' };
    admission.enqueue(waits);
    await trigger('s2');
    expect((await types('s2')).at(-1)).toBe('RunQueued by api:test');
  });

  test('given another process that decided first, is decided anew, and holds one place', async () => {
    const store = new MemoryEventStore();
    const { admission, handed, create, trigger, types } = await house({ store });
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
    const memory = new MemoryEventStore();
    let silent = false;
    const store = new Proxy(memory, {
      get(target, name) {
        if (name === 'append' && silent) return () => Promise.reject(storeUnavailable('it does not answer'));
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const { admission, handed, create, trigger } = await house({ store });
    await create('s1');
    silent = true;
    expect(isCommandOutage(await trigger('s1').catch((error: unknown) => error))).toBe(true);
    expect(handed).toMatchObject([{ run: 's1.m.r-s1', granted: undefined }]);
    expect(admission.busy).toBe(0);
  });
});
