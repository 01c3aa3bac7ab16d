import { afterEach, describe, expect, test } from '@jest/globals';
import { EventStoreDouble, grpc, MutePeer, refusal } from '../../../test/support/eventstore/index.js';
import { isEventStoreError, type EventStore, type RecordedEvent } from '../port/index.js';
import { idsOf, listen, newEvent, newEvents, uniqueName } from '../testing/index.js';
import { openEventStoreDb } from './index.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
});

type Rig = { readonly double: EventStoreDouble; readonly store: EventStore; readonly trouble: string[] };

async function rig(): Promise<Rig> {
  const double = new EventStoreDouble();
  await double.start();
  opened.push({ close: () => double.stop() });
  const trouble: string[] = [];
  const store = await openEventStoreDb({
    url: double.url,
    deadlineMs: 400,
    probeMs: 100,
    silenceMs: 300,
    onTrouble: (what) => trouble.push(what),
  });
  opened.push(store);
  return { double, store, trouble };
}

const failure = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work;
  } catch (error) {
    return error;
  }
};

/** Appends under faults as actors do: the same ids again until the store says what happened. */
async function settled(
  store: EventStore,
  stream: string,
  expected: number,
  events: ReturnType<typeof newEvents>,
) {
  for (;;) {
    try {
      return await store.append(stream, expected, events);
    } catch (error) {
      if (!isEventStoreError(error, 'store_unavailable')) throw error;
    }
  }
}

/** A reader of everything in a category, from now on, that ends once it has heard so many. */
function hearing(store: EventStore, category: string, count: number): Promise<readonly RecordedEvent[]> {
  return listen(
    store,
    { after: 0, filter: { prefixes: [category] }, batchSize: 10 },
    ({ events }) => events.length >= count,
  ).then(({ events }) => events);
}

describe('an append', () => {
  test('that is never answered ends at our own deadline, its outcome unknown', async () => {
    const { double, store } = await rig();
    double.faults.muteAppends = 'drop';
    expect(
      isEventStoreError(await failure(store.append(uniqueName('a'), -1, newEvents(1))), 'store_unavailable'),
    ).toBe(true);
  });

  test.each(['commit', 'drop'] as const)(
    'whose answer was lost (%s) is settled by appending the same ids again, once',
    async (how) => {
      const { double, store } = await rig();
      const stream = uniqueName('lost');
      const events = newEvents(3);
      double.faults.muteAppends = how;
      await failure(store.append(stream, -1, events));
      double.faults.heal();
      const { revision, position } = await settled(store, stream, -1, events);
      const stored = await store.readStream(stream);
      expect(idsOf(stored)).toEqual(idsOf(events));
      expect({ revision, position }).toEqual({ revision: 2, position: stored.at(-1)?.position });
    },
  );

  test('whose answer was lost while someone else appended is a conflict', async () => {
    const { double, store } = await rig();
    const stream = uniqueName('raced');
    double.faults.muteAppends = 'drop';
    const events = newEvents(1);
    await failure(store.append(stream, -1, events));
    double.faults.heal();
    const other = await openEventStoreDb({ url: double.url });
    opened.push(other);
    await other.append(stream, -1, newEvents(1));
    const again = await failure(settled(store, stream, -1, events));
    expect(isEventStoreError(again, 'wrong_expected_revision')).toBe(true);
  });

  test('at a node that is not the leader is an outage, and works when it is', async () => {
    const { double, store } = await rig();
    const stream = uniqueName('leader');
    double.faults.notLeader = true;
    const events = newEvents(1);
    expect(isEventStoreError(await failure(store.append(stream, -1, events)), 'store_unavailable')).toBe(
      true,
    );
    double.faults.heal();
    expect((await settled(store, stream, -1, events)).revision).toBe(0);
  });

  test('over a restart of the server is settled', async () => {
    const { double, store } = await rig();
    const stream = uniqueName('restart');
    double.faults.delayMs = 50;
    const events = newEvents(2);
    const appending = settled(store, stream, -1, events);
    await double.stop();
    await double.start();
    double.faults.heal();
    await appending;
    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
  });

  test('larger than the server takes is refused by name', async () => {
    const { double } = await rig();
    const store = await openEventStoreDb({ url: double.url });
    opened.push(store);
    const large = Array.from({ length: 20 }, () => newEvent({ text: 'x'.repeat(60_000) }));
    expect(await failure(store.append(uniqueName('large'), -1, large))).toMatchObject({
      code: 'event_too_large',
    });
  });

  test('to a stream that was deleted for good says so', async () => {
    const { double, store } = await rig();
    const stream = uniqueName('gone');
    await store.append(stream, -1, newEvents(1));
    double.log.tombstone(stream);
    for (const work of [() => store.append(stream, 0, newEvents(1)), () => store.readStream(stream)])
      expect(String(await failure(work()))).toMatch(/deleted for good/);
  });
});

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
      await store.append(
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

test('a read under which the connection is replaced is an outage, not a stream without events', async () => {
  const { double, store, trouble } = await rig();
  const stream = uniqueName('there');
  await store.append(stream, -1, newEvents(3));
  double.faults.muteAppends = 'drop';
  double.faults.muteReads = true;
  const appends = [1, 2].map(() => failure(store.append(uniqueName('a'), -1, newEvents(1))));
  // Begun later, so that its own deadline is not what ends it.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const read = await failure(store.readStream(stream));
  expect(trouble).toContain('connection replaced');
  expect(isEventStoreError(read, 'store_unavailable')).toBe(true);
  await Promise.all(appends);
});

test('a peer that accepts and stays mute is given up, and used again when it talks', async () => {
  const { double, store, trouble } = await rig();
  const stream = uniqueName('mute');
  const { port } = double;
  await double.stop();
  const mute = await MutePeer.start(port);
  const events = newEvents(1);
  for (let n = 0; n < 3; n += 1)
    expect(isEventStoreError(await failure(store.append(stream, -1, events)), 'store_unavailable')).toBe(
      true,
    );
  expect(trouble).toContain('connection replaced');
  await mute.stop();
  await double.start();
  await settled(store, stream, -1, events);
  expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
});

describe('an address', () => {
  const code = async (url: string, allowPlainText = false): Promise<unknown> =>
    failure(openEventStoreDb({ url, allowPlainText, deadlineMs: 200 }));

  test.each([
    ['esdb://10.0.0.5:2113?tls=false', /unencrypted/],
    ['esdb+discover://admin:secret@cluster.example:2113?tls=false', /unencrypted/],
    ['esdb://admin:changeit@db.example:2113', /password that it was born with/],
    ['http://127.0.0.1:2113', /must begin with esdb/],
    ['esdb://', /names no host/],
  ])('%s is refused before anything is sent', async (url, message) => {
    const refused = await code(url);
    expect(isEventStoreError(refused, 'store_unsafe')).toBe(true);
    expect(String(refused)).toMatch(message);
    expect(String(refused)).not.toMatch(/secret|changeit/);
  });

  test('where nobody listens is an outage that names the host and no password', async () => {
    const away = await code('esdb://ada:s3cret@127.0.0.1:1?tls=false');
    expect(isEventStoreError(away, 'store_unavailable')).toBe(true);
    expect(String(away)).not.toContain('s3cret');
  });
});
