import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Actors, parkingAggregate, type CommandAnswer } from '#lib/application/actors';
import type { StoredEvent } from '#lib/contracts/events';
import { parkingStream } from '#lib/contracts/streams';
import { T0, definition } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable } from '#lib/event-store/port';
import { nthId as uuid, stillTime, until } from '#lib/ports/testing';
import { parkEvent } from './parking.js';
import { ReplaySaga } from './replay.saga.js';
import { SagaRunner } from './saga-runner.js';
import type { Saga } from './saga.js';

/** Breaks on the streams that it is told to, until it is mended. */
class Fragile implements Saga {
  readonly taken: string[] = [];
  broken: readonly string[] = [];
  failure: () => unknown = () => new Error('it broke');

  constructor(readonly name: string) {}

  handle(event: StoredEvent): void {
    if (this.broken.includes(event.stream)) throw this.failure();
    if (event.stream.startsWith('schedule-')) this.taken.push(event.stream.replace('schedule-', ''));
  }
}

const environment = stillTime(T0);
let store: MemoryEventStore;
let actors: Actors;
let runner: SagaRunner | undefined;
let ended: unknown[];

beforeEach(() => {
  store = new MemoryEventStore();
  actors = new Actors({ store, environment, capacity: 100, snapshotEvery: 50 });
  ended = [];
});
afterEach(async () => {
  await runner?.stop();
});

function start(...sagas: readonly Saga[]): void {
  runner = new SagaRunner({
    name: 'reactions',
    store,
    environment,
    sagas: [...sagas, new ReplaySaga(actors, store, sagas)],
    onParked: (saga, event, error) => parkEvent(actors, saga, event, error),
    onEnded: (error) => ended.push(error),
  });
  runner.start();
}

async function created(n: number, more: object = {}): Promise<void> {
  const metadata = { v: 1, at: T0, tenant: 'default', actor: 'api:test', correlation: 'c' };
  const data = { id: `s${n}`, definition: definition(), ...more };
  await store.append(`schedule-s${n}`, -1, [{ id: uuid(n), type: 'ScheduleCreated', data, metadata }]);
}

const replay = (id: string): Promise<CommandAnswer<object>> =>
  actors.execute(
    parkingAggregate,
    parkingStream(id),
    { type: 'RequestReplay', id },
    { tenant: 'default', actor: 'api:test', correlation: 'c' },
  );

/** What became of a parked event, in order. */
const story = async (id: string): Promise<readonly string[]> =>
  (await store.readStream(parkingStream(id))).map(({ type }) => type);

const parkedOnce = (id: string): Promise<void> => until(async () => (await story(id)).length === 1);

describe('given an event that a saga could not take', () => {
  let watch: Fragile;
  let other: Fragile;
  beforeEach(async () => {
    [watch, other] = [new Fragile('watch'), new Fragile('other')];
    watch.broken = ['schedule-s1'];
    start(watch, other);
    await created(1);
    await created(2);
    await parkedOnce('watch.1');
    await until(() => watch.taken.includes('s2'));
  });

  test('a replay shows it to that saga alone, once, and it is over', async () => {
    watch.broken = [];
    await replay('watch.1');
    await until(async () => (await story('watch.1')).includes('EventReplayed'));
    expect(watch.taken).toEqual(['s2', 's1']);
    expect(other.taken).toEqual(['s1', 's2']);
    expect(await story('watch.1')).toEqual(['EventParked', 'ReplayRequested', 'EventReplayed']);
    expect(await replay('watch.1')).toMatchObject({ ok: false, rejection: { reason: 'event_replayed' } });
  });

  test('a replay that fails parks it again with the new reason, and can be asked for again', async () => {
    watch.failure = () => new Error('it broke otherwise');
    await replay('watch.1');
    await until(async () => (await story('watch.1')).length === 3);
    expect((await store.readStream(parkingStream('watch.1'))).at(-1)).toMatchObject({
      type: 'EventParked',
      data: { reason: 'Error: it broke otherwise' },
    });
    watch.broken = [];
    await replay('watch.1');
    await until(async () => (await story('watch.1')).includes('EventReplayed'));
    expect(watch.taken).toEqual(['s2', 's1']);
  });

  test('a request that is shown again after a restart, from an older checkpoint, replays nothing twice', async () => {
    watch.broken = [];
    await replay('watch.1');
    await until(async () => (await story('watch.1')).includes('EventReplayed'));
    await runner?.stop();
    await store.writeSnapshot('checkpoint-reactions', { revision: 0, version: 1, state: { position: 2 } });
    start(watch, other);
    await created(3);
    await until(() => watch.taken.includes('s3'));
    expect(watch.taken).toEqual(['s2', 's1', 's3']);
  });

  test('of which nobody has the name any more, a replay says so', async () => {
    await runner?.stop();
    start(other);
    await replay('watch.1');
    await until(async () => (await story('watch.1')).length === 3);
    expect((await store.readStream(parkingStream('watch.1'))).at(-1)?.data).toMatchObject({
      reason: 'Error: no saga is called watch',
    });
  });
});

test('given an event that nobody can read, a replay parks it again, and the rest of the log goes on', async () => {
  const watch = new Fragile('watch');
  start(watch);
  await created(1, { definition: 'none' });
  await created(2);
  await parkedOnce('decoding.1');
  await replay('decoding.1');
  await until(async () => (await story('decoding.1')).length === 3);
  expect(await story('decoding.1')).toEqual(['EventParked', 'ReplayRequested', 'EventParked']);
  expect(watch.taken).toEqual(['s2']);
});

test('given an outage that outlasts every try, nothing is parked, and the event is taken when it is over', async () => {
  const watch = new Fragile('watch');
  watch.broken = ['schedule-s1'];
  let tries = 0;
  watch.failure = () => {
    if ((tries += 1) > 20) watch.broken = [];
    return storeUnavailable('it is away');
  };
  start(watch);
  await created(1);
  await until(() => watch.taken.includes('s1'));
  expect(await story('watch.1')).toEqual([]);
  expect(ended).toEqual([]);
});
