import { afterEach, expect, test } from '@jest/globals';
import { SagaRunner, type Saga } from '#lib/application/sagas';
import { T0, definition } from '#lib/domain/testing';
import { closeOpened, opened, rigOn } from '../../libs/event-store/testing/eventstoredb-rig.js';
import { systemEnvironment } from '#lib/wiring';
import { EventStoreDouble } from '../support/eventstore/index.js';

afterEach(closeOpened);

test('given a log on EventStoreDB on which nothing happens, those who keep how far they are write nothing either', async () => {
  const { double, store } = await rigOn(new EventStoreDouble());
  const metadata = { v: 1, at: T0, tenant: 'default', actor: 'api:test', correlation: 'c' };
  const data = { id: 's1', definition: definition() };
  const id = systemEnvironment.ids.next();
  await store.append('schedule-s1', -1, [{ id, type: 'ScheduleCreated', data, metadata }]);
  const kept = () => double.log.records.filter(({ stream }) => stream === 'checkpoint_snapshot-quiet').length;
  const witness: Saga = { name: 'witness', types: ['ScheduleCreated'], handle: () => undefined };
  const runner = new SagaRunner({
    name: 'quiet',
    store,
    environment: systemEnvironment,
    sagas: [witness],
    onParked: () => undefined,
    onEnded: () => undefined,
  });
  opened.push({ close: () => runner.stop() });
  runner.start();
  // Somebody else's moves the log, and so does its own.
  await store.writeSnapshot('schedule-s2', { revision: 0, version: 1, state: {} });
  const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
  while (kept() < 1) await turn();
  const { looks } = double;
  while (double.looks < looks + 8) await turn();
  expect(kept()).toBe(1);
});
