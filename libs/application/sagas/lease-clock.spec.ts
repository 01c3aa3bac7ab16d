import { beforeEach, expect, test } from '@jest/globals';
import { Actors, scheduleAggregate } from '#lib/application/actors';
import { decodeEvent, type StoredEvent } from '#lib/contracts/events';
import type { Heartbeat } from '#lib/contracts/messages';
import { scheduleStream } from '#lib/contracts/streams';
import { idleHeartbeat } from '#lib/contracts/testing';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable } from '#lib/event-store/port';
import type { Leases } from '#lib/ports';
import { passing, VirtualTime } from '#lib/ports/testing';
import { LeaseWatchSaga } from './lease-watch.saga.js';

/** An attempt that runs since T0, and how long a node believes in it. */

const LEASE = 30 * SECOND;
/** How often a node looks. */
const SWEEP = LEASE / 8;
const stream = scheduleStream('s1');
const run = 's1.m.r1';

async function house() {
  const time = new VirtualTime(T0);
  const environment = passing(time);
  const away = { now: false };
  const faults = { beforeAppend: () => (away.now ? storeUnavailable('away') : undefined) };
  const store = new MemoryEventStore({ faults });
  const actors = new Actors({ store, environment, capacity: 10, snapshotEvery: 100 });
  const context = { tenant: 'default', actor: 'test', correlation: 'c' };
  for (const command of [
    { type: 'CreateSchedule', id: 's1', definition: definition({ timeoutMs: HOUR }) },
    { type: 'TriggerRun', request: 'r1' },
    { type: 'StartRun', run, attempt: 1, executor: 'x1', claim: 'c1' },
  ] as const)
    await actors.execute(scheduleAggregate, stream, command, context);
  const shard = { held: true, epoch: 1 };
  const leases: Leases = { holds: () => shard.held, epoch: () => shard.epoch, onChange: () => () => {} };
  const errors: string[] = [];
  const onError = (what: string): void => void errors.push(what);
  const saga = new LeaseWatchSaga({ actors, environment, leases, leaseMs: LEASE, onError });
  saga.start({ wakeUpsBefore: () => [], openRuns: () => [] });
  for (const event of await store.readStream(stream)) saga.handle(decodeEvent(event) as StoredEvent);
  const fence = 1;
  const named: Heartbeat = {
    ...idleHeartbeat('x1', { at: T0 }),
    running: [{ tenant: 'default', schedule: 's1', run, attempt: 1, fence }],
  };
  return {
    saga,
    shard,
    away,
    errors,
    beat: (executor = 'x1') => saga.heartbeat({ ...named, executor }),
    /** From one look to the next. */
    async pass(ms: number): Promise<void> {
      for (let left = ms; left > 0; left -= Math.min(left, SWEEP)) {
        time.advance(Math.min(left, SWEEP));
        await time.settle();
      }
    },
    /** All at once: the process stood still. */
    async standStill(ms: number): Promise<void> {
      time.advance(ms);
      await time.settle();
    },
    async isLost(): Promise<boolean> {
      return (await store.readStream(stream)).some(({ type }) => type === 'RunFailed');
    },
  };
}

let its: Awaited<ReturnType<typeof house>>;
beforeEach(async () => {
  its = await house();
});

test('given nobody is heard, it is lost with its lease, and not before', async () => {
  await its.pass(LEASE - 1);
  expect(await its.isLost()).toBe(false);
  await its.pass(SWEEP);
  expect(await its.isLost()).toBe(true);
  // Whoever names it after that is told.
  expect(its.beat().lost).toEqual([{ run, fence: 1 }]);
});

test('given its executor is heard, its lease begins anew each time; another’s word does not renew it', async () => {
  for (let beats = 0; beats < 20; beats += 1) {
    await its.pass(LEASE - SECOND);
    expect(its.beat()).toMatchObject({ lost: [], cancel: [] });
  }
  expect(await its.isLost()).toBe(false);
  for (let beats = 0; beats < 20; beats += 1) {
    await its.pass(2 * SECOND);
    expect(its.beat('x2').lost).toEqual([{ run, fence: 1 }]);
  }
  expect(await its.isLost()).toBe(true);
});

test('given this node stood still, whoever holds it has half a lease more to be heard', async () => {
  await its.standStill(10 * MINUTE);
  await its.pass(LEASE / 2 - 1);
  expect(await its.isLost()).toBe(false);
  await its.pass(SWEEP);
  expect(await its.isLost()).toBe(true);
});

test('given its shard is another node’s, that one sees to it; once it is won, there is half a lease more', async () => {
  its.shard.held = false;
  await its.pass(10 * MINUTE);
  expect(await its.isLost()).toBe(false);
  Object.assign(its.shard, { held: true, epoch: 2 });
  await its.pass(LEASE / 2 - SWEEP);
  expect(await its.isLost()).toBe(false);
  await its.pass(3 * SWEEP);
  expect(await its.isLost()).toBe(true);
});

test('given a store that is away when it ends, it is lost once that is back', async () => {
  its.away.now = true;
  await its.pass(3 * LEASE);
  expect(await its.isLost()).toBe(false);
  expect(its.errors[0]).toBe(`expire ${run}`);
  its.away.now = false;
  // What is repeated waits longer each time.
  await its.pass(2 * LEASE);
  expect(await its.isLost()).toBe(true);
});

test('given it is stopped, nobody is judged any more', async () => {
  its.saga.stop();
  await its.pass(10 * MINUTE);
  expect(await its.isLost()).toBe(false);
});
