import { afterEach, describe, expect, test } from '@jest/globals';
import { EventStoreDouble, grpc, refusal } from '../../../test/support/eventstore/index.js';
import type { EventStore, RecordedEvent } from '../port/index.js';
import { closeOpened, opened, rigOn, settled } from '../testing/eventstoredb-rig.js';
import { idsOf, listen, newEvent, newEvents, uniqueName } from '../testing/index.js';
import { openEventStoreDb } from './index.js';

afterEach(closeOpened);

const rig = () => rigOn(new EventStoreDouble());

/** A reader of everything in a category, from now on, that ends once it has heard so many. */
function hearing(store: EventStore, category: string, count: number): Promise<readonly RecordedEvent[]> {
  return listen(
    store,
    { after: 0, filter: { prefixes: [category] }, batchSize: 10 },
    ({ events }) => events.length >= count,
  ).then(({ events }) => events);
}

describe('a subscription', () => {
  test.each([
    ['is silent for a while', (double: EventStoreDouble) => (double.faults.silent = true)],
    ['is ended without an error', (double: EventStoreDouble) => double.faults.endSubscriptions()],
    [
      'is ended with an error',
      (double: EventStoreDouble) =>
        double.faults.endSubscriptions(refusal(grpc.status.UNAVAILABLE, 'going-away')),
    ],
    ['meets a server that refuses', (double: EventStoreDouble) => (double.faults.unavailable = true)],
  ])('that %s goes on from where it was, without loss or repeat', async (_, fault) => {
    const { double, store, trouble } = await rig();
    const category = uniqueName('through');
    const heard = hearing(store, category, 60);
    for (let n = 0; n < 20; n += 1) await store.append(`${category}-${n}`, -1, newEvents(1));
    fault(double);
    const writer = await (async () => {
      double.faults.unavailable = false;
      const other = await openEventStoreDb({ url: double.url });
      opened.push(other);
      return other;
    })();
    for (let n = 20; n < 40; n += 1) await writer.append(`${category}-${n}`, -1, newEvents(1));
    // What is withheld is noticed by asking in another way.
    while (double.faults.silent && trouble.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    double.faults.heal();
    for (let n = 40; n < 60; n += 1) await writer.append(`${category}-${n}`, -1, newEvents(1));
    const events = await heard;
    expect(events.map(({ stream }) => Number(stream.slice(category.length + 1)))).toEqual(
      Array.from({ length: 60 }, (_unused, n) => n),
    );
  });

  test('that is told where the log ends takes it for no event, and has the next one, which lies there', async () => {
    const { double, store } = await rig();
    double.faults.checkpointsAtEnd = true;
    const category = uniqueName('ahead');
    const { position } = await store.append(`${category}-1`, -1, newEvents(1));
    const seen: number[] = [];
    const heard = listen(
      store,
      {
        after: position,
        filter: { prefixes: [category] },
        onBatch: ({ position: at, events }) => {
          if (events.length === 0) seen.push(at);
        },
      },
      ({ events }) => events.length > 0,
    );
    while (seen.length === 0 || double.looks < 5) await new Promise((resolve) => setTimeout(resolve, 20));
    const appended = await store.append(`${category}-2`, -1, newEvents(1));
    expect((await heard).events).toHaveLength(1);
    expect(Math.max(...seen)).toBeLessThan(appended.position);
  });

  test('goes on over a restart of the server', async () => {
    const { double, store } = await rig();
    const category = uniqueName('restarted');
    const heard = hearing(store, category, 30);
    for (let n = 0; n < 15; n += 1) await settled(store, `${category}-${n}`, -1, newEvents(1));
    await double.stop();
    await double.start();
    for (let n = 15; n < 30; n += 1) await settled(store, `${category}-${n}`, -1, newEvents(1));
    expect((await heard).map(({ stream }) => Number(stream.slice(category.length + 1)))).toEqual(
      Array.from({ length: 30 }, (_unused, n) => n),
    );
  });

  test('never shows what is not ours: system events, metadata, links', async () => {
    const { double, store } = await rig();
    const category = uniqueName('ours');
    await store.append(`${category}-1`, -1, newEvents(60));
    await store.writeSnapshot(`${category}-1`, { revision: 1, version: 1, state: {} });
    const [first] = double.log.records.filter(({ stream }) => stream === `${category}-1`);
    if (first !== undefined) double.log.link(`${category}-links`, first);
    await store.append(`${category}-2`, -1, newEvents(1));
    expect(double.log.records.some(({ type }) => type.startsWith('$'))).toBe(true);
    const everything = await listen(store, { after: 0 }, ({ caughtUp }) => caughtUp);
    const ours = await listen(
      store,
      { after: 0, filter: { prefixes: [category] } },
      ({ caughtUp }) => caughtUp,
    );
    expect(ours.events).toHaveLength(61);
    for (const { type, stream } of [...everything.events, ...(await store.readAll(0, 1_000))])
      expect([type.startsWith('$'), stream.startsWith('$')]).toEqual([false, false]);
  });

  test('whose reader is slow leaves the rest at the server', async () => {
    const { double, store } = await rig();
    const category = uniqueName('slow');
    const text = 'x'.repeat(10_000);
    for (let n = 0; n < 40; n += 1)
      await settled(
        store,
        `${category}-${n}`,
        -1,
        Array.from({ length: 50 }, () => newEvent({ text })),
      );
    let batches = 0;
    let most = 0;
    const before = process.memoryUsage.rss();
    const { events } = await listen(
      store,
      {
        after: 0,
        filter: { prefixes: [category] },
        batchSize: 20,
        onBatch: async () => {
          batches += 1;
          if (batches % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
          most = Math.max(most, process.memoryUsage.rss() - before);
        },
      },
      (heard) => heard.events.length >= 2_000,
    );
    expect(events).toHaveLength(2_000);
    expect(new Set(idsOf(events)).size).toBe(2_000);
    expect(double.log.records.length).toBeGreaterThan(2_000);
    expect(most).toBeLessThan(300 * 1024 * 1024);
  });
});
