import { expect, test } from '@jest/globals';
import { Actors, conflictAggregate } from '#lib/application/actors';
import { conflictStream, scheduleStream } from '#lib/contracts/streams';
import { conflictId } from '#lib/domain/conflict';
import { HOUR } from '#lib/domain/kernel';
import { T0, definition } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { nthId, stillTime, until } from '#lib/ports/testing';
import { ConflictWatchSaga } from './conflict-watch.saga.js';
import { SagaRunner } from './saga-runner.js';

const metadata = { v: 1, at: T0, tenant: 'default', actor: 'api:test', correlation: 'c' };
const context = { tenant: 'default', actor: 'api:test', correlation: 'c' };
const stream = scheduleStream('s1');
const id = conflictId('overlap', 's1');

test('given an overlap that a person has resolved, the next one raises it again', async () => {
  const store = new MemoryEventStore();
  const environment = stillTime(T0);
  const actors = new Actors({ store, environment, capacity: 100, snapshotEvery: 50 });
  const fail = (error: unknown): never => {
    throw error;
  };
  const runner = new SagaRunner({
    name: 'watch',
    store,
    environment,
    sagas: [new ConflictWatchSaga(actors)],
    onParked: (_, __, error) => fail(error),
    onEnded: fail,
  });
  runner.start();
  const append = (revision: number, type: string, data: object) =>
    store.append(stream, revision - 1, [{ id: nthId(1_000 + revision), type, data, metadata }]);
  const skipped = (hour: number): object => ({
    nominal: T0 + hour * HOUR,
    generation: 1,
    reason: 'overlap',
    by: 'run',
  });
  const story = async (): Promise<readonly string[]> => {
    await until(async () => runner.position === (await store.head()));
    return (await store.readStream(conflictStream(id))).map(({ type }) => type);
  };
  await append(0, 'ScheduleCreated', { id: 's1', definition: definition() });
  await append(1, 'OccurrenceSkipped', skipped(1));
  await append(2, 'OccurrenceSkipped', skipped(2));
  expect(await story()).toEqual(['ConflictDetected']);
  const resolve = { type: 'ResolveConflict', id, resolution: 'request' } as const;
  await actors.execute(conflictAggregate, conflictStream(id), resolve, context);
  expect(await story()).toEqual(['ConflictDetected', 'ConflictResolved']);
  await append(3, 'OccurrenceSkipped', skipped(3));
  expect(await story()).toEqual(['ConflictDetected', 'ConflictResolved', 'ConflictDetected']);
  await runner.stop();
});
