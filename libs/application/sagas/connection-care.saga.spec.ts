import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Actors, connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { connectionStream, scheduleStream } from '#lib/contracts/streams';
import { HOUR, MINUTE, type Instant } from '#lib/domain/kernel';
import type { ConnectionCommand } from '#lib/domain/connection';
import type { ScheduleCommand } from '#lib/domain/schedule';
import { T0, definition } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { stillTime, until } from '#lib/ports/testing';
import { ConnectionCareSaga } from './connection-care.saga.js';
import { SagaRunner } from './saga-runner.js';

const context = { tenant: 'default', actor: 'api:test', correlation: 'c' };
const schedule = scheduleStream('s1');
const connection = connectionStream('default', definition().connection);

let now: Instant;
let store: MemoryEventStore;
let actors: Actors;
let runner: SagaRunner;

beforeEach(async () => {
  now = T0;
  const still = stillTime(T0);
  const environment = { ...still, clock: { ...still.clock, now: () => now } };
  store = new MemoryEventStore();
  actors = new Actors({ store, environment, capacity: 100, snapshotEvery: 50 });
  const sagas = [new ConnectionCareSaga(actors)];
  const fail = (error: unknown): never => {
    throw error;
  };
  runner = new SagaRunner({
    name: 'care',
    store,
    environment,
    sagas,
    onParked: (_, __, error) => fail(error),
    onEnded: fail,
  });
  runner.start();
  const { operation, user, provider } = definition();
  await onConnection({ type: 'ClaimConnection', schedule: 's1', operation, user, provider });
  await onSchedule({ type: 'CreateSchedule', id: 's1', definition: definition() });
});
afterEach(() => runner.stop());

type Without<T> = T extends unknown ? Omit<T, 'now'> : never;
const onSchedule = (command: Without<ScheduleCommand>) =>
  actors.execute(scheduleAggregate, schedule, command, context);
const onConnection = (command: Without<ConnectionCommand>) =>
  actors.execute(connectionAggregate, connection, command, context);

/** Everything that is stored was shown to the saga. */
const shown = (): Promise<void> => until(async () => runner.position === (await store.head()));
const status = async (): Promise<unknown> => {
  await shown();
  const { state } = await actors.read(scheduleAggregate, schedule);
  return 'pause' in state ? `${state.status}: ${state.pause?.cause}` : state.status;
};

describe('given a connection that is suspended', () => {
  const suspend = () => onConnection({ type: 'SuspendConnection', cause: 'request', message: 'stop' });

  test('its schedules pause for that, and resume when it is restored', async () => {
    await suspend();
    expect(await status()).toBe('paused: connection_suspended');
    await onConnection({ type: 'RestoreConnection' });
    expect(await status()).toBe('active');
  });

  test('a schedule that had its claim, and is created only then, pauses for that', async () => {
    const { operation, user, provider } = definition({ operation: 'full_sync' });
    await onConnection({ type: 'ClaimConnection', schedule: 's2', operation, user, provider });
    await suspend();
    await shown();
    const late = scheduleStream('s2');
    const create = { type: 'CreateSchedule', id: 's2', definition: definition({ operation }) } as const;
    await actors.execute(scheduleAggregate, late, create, context);
    await shown();
    const { state } = await actors.read(scheduleAggregate, late);
    expect(state).toMatchObject({ status: 'paused', pause: { cause: 'connection_suspended', note: 'stop' } });
    await onConnection({ type: 'RestoreConnection' });
    await shown();
    expect((await actors.read(scheduleAggregate, late)).state.status).toBe('active');
  });

  test('while a schedule is paused for a time, it pauses for that when the time is over', async () => {
    await onSchedule({
      type: 'PauseSchedule',
      cause: 'request',
      until: T0 + HOUR,
      note: undefined,
      ifVersion: undefined,
    });
    await suspend();
    expect(await status()).toBe('paused: request');
    now = T0 + HOUR + MINUTE;
    await onSchedule({ type: 'AdvanceSchedule', fraction: 0 });
    expect(await status()).toBe('paused: connection_suspended');
    await onConnection({ type: 'RestoreConnection' });
    expect(await status()).toBe('active');
  });
});
