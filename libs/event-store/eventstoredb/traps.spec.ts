import { afterEach, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EventStoreDouble, type DoubleOptions } from '../../../test/support/eventstore/index.js';
import type { EventStore } from '../port/index.js';
import { closeOpened, opened } from '../testing/eventstoredb-rig.js';
import { idsOf, listen, newEvent, newEvents, uniqueName } from '../testing/index.js';
import { openEventStoreDb } from './index.js';

afterEach(closeOpened);

async function started(options: DoubleOptions = {}): Promise<EventStoreDouble> {
  const double = new EventStoreDouble(options);
  await double.start();
  opened.push({ close: () => double.stop() });
  return double;
}

async function openOn(double: EventStoreDouble): Promise<EventStore> {
  const store = await openEventStoreDb({ url: double.url, deadlineMs: 1_000, probeMs: 100, silenceMs: 300 });
  opened.push(store);
  return store;
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (error: unknown) => error,
  );

const passed = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('a client that is replaced', () => {
  test('while a hundred appends are under way ends no process and loses no append', async () => {
    const run = promisify(execFile)(process.execPath, [
      '--conditions=source',
      '--import',
      './libs/event-store/testing/load-typescript.mjs',
      './test/support/eventstore/appends-under-replacement.ts',
    ]);
    const { stored, replaced } = JSON.parse((await run).stdout) as { stored: number; replaced: number };
    expect(stored).toBe(240);
    // How often depends on how fast the machine is.
    expect(replaced).toBeGreaterThan(1);
  });
});

describe('two stores in one process', () => {
  test('do not share their end: closing one leaves the appends of the other alone', async () => {
    const double = await started();
    const [closing, staying] = [await openOn(double), await openOn(double)];
    for (const store of [closing, staying]) await store.append(uniqueName('warm'), -1, newEvents(1));
    double.faults.delayMs = 100;
    const stream = uniqueName('staying');
    const appending = staying.append(stream, -1, newEvents(1));
    await passed(() => double.log.stream(stream) !== undefined);
    await closing.close();
    expect((await appending).revision).toBe(0);
  });
});

describe('the leader', () => {
  test('is asked when another node names it, for the very call', async () => {
    const leader = await started();
    const follower = await started({ log: leader.log });
    follower.faults.notLeader = true;
    follower.faults.leaderPort = leader.port;
    const store = await openOn(follower);
    const stream = uniqueName('cluster');
    expect((await store.append(stream, -1, newEvents(2))).revision).toBe(1);
    expect(await store.readStream(stream)).toHaveLength(2);
  });
});

describe.each([
  ['batched', true],
  ['unary', false],
])('an append, %s', (_, batch) => {
  test('that is stored while its connection is lost is settled by appending the same ids again', async () => {
    const double = await started({ batch });
    const store = await openOn(double);
    const stream = uniqueName('lost');
    const events = newEvents(2);
    double.faults.loseAnswers = true;
    expect(await failure(store.append(stream, -1, events))).toMatchObject({ code: 'store_unavailable' });
    double.faults.heal();
    const again = await store.append(stream, -1, events);
    const stored = await store.readStream(stream);
    expect(idsOf(stored)).toEqual(idsOf(events));
    expect(again).toEqual({ revision: 1, position: stored.at(-1)?.position });
  });

  test('of a process that was restarted in between is answered with where the events are', async () => {
    const double = await started({ batch });
    const stream = uniqueName('reborn');
    const events = newEvents(3);
    const first = await (await openOn(double)).append(stream, -1, events);
    expect(await (await openOn(double)).append(stream, -1, events)).toEqual(first);
  });

  test('to a stream that was soft-deleted answers with the revision that it really has', async () => {
    const double = await started({ batch });
    const store = await openOn(double);
    const stream = uniqueName('soft');
    await store.append(stream, -1, newEvents(3));
    double.log.softDelete(stream);
    expect(await store.readStream(stream)).toEqual([]);
    const { revision } = await store.append(stream, -1, newEvents(1));
    expect((await store.readStream(stream)).map((event) => event.revision)).toEqual([revision]);
    expect(revision).toBe(3);
  });
});

describe('what the server refuses', () => {
  test('for want of a right says which one', async () => {
    const double = await started();
    double.faults.denied = true;
    const refused = await failure(openEventStoreDb({ url: double.url }));
    expect(refused).toMatchObject({
      code: 'store_unavailable',
      message: expect.stringMatching(/\$r on \$all.*\$admins/),
    });
  });

  test('and takes back in a moment is waited for like an outage', async () => {
    const double = await started();
    const store = await openOn(double);
    double.faults.denied = true;
    expect(await failure(store.readSnapshot('schedule-1'))).toMatchObject({ code: 'store_unavailable' });
    expect(await failure(store.append('schedule-1', -1, newEvents(1)))).toMatchObject({
      code: 'store_unavailable',
    });
    double.faults.heal();
    expect(await store.append('schedule-1', -1, newEvents(1))).toMatchObject({ revision: 0 });
  });

  test('a position of another log ends reads and subscriptions alike, and costs no connection', async () => {
    const store = await openOn(await started());
    const { position } = await store.append(uniqueName('here'), -1, newEvents(1));
    const signal = new AbortController().signal;
    const subscribed = async (): Promise<void> => {
      for await (const _ of store.subscribe({ after: position - 1, signal })) await Promise.resolve();
    };
    for (const work of [() => store.readAll(position - 1, 10), subscribed])
      expect(await failure(work())).toMatchObject({
        code: 'store_unsafe',
        message: expect.stringMatching(/another log/),
      });
    expect(await store.head()).toBe(position);
  });
});

describe('a subscription', () => {
  test('whose reader stands still leaves nearly everything at the server, then gives each event once', async () => {
    const double = await started();
    const store = await openOn(double);
    const category = uniqueName('still');
    const text = 'x'.repeat(15_000);
    for (let n = 0; n < 60; n += 1)
      await store.append(
        `${category}-${n}`,
        -1,
        Array.from({ length: 40 }, () => newEvent({ text })),
      );
    let delivered = 0;
    const { events } = await listen(
      store,
      {
        after: 0,
        filter: { prefixes: [category] },
        batchSize: 10,
        onBatch: async () => {
          if (delivered > 0) return;
          // Whatever the connection's own buffers take, it is over when several calls there and back changed nothing.
          let before = -1;
          while (before !== double.delivered) {
            before = double.delivered;
            for (let n = 0; n < 20; n += 1) await store.head();
          }
          delivered = before;
        },
      },
      (heard) => heard.events.length >= 2_400,
    );
    expect(delivered).toBeLessThan(800);
    expect(new Set(idsOf(events)).size).toBe(2_400);
  });

  test('that waits for a server which is away ends as soon as its store is closed', async () => {
    const double = await started();
    const store = await openOn(double);
    const signal = new AbortController().signal;
    let caughtUp = false;
    const reading = failure(
      (async () => {
        for await (const batch of store.subscribe({ after: 0, signal })) caughtUp ||= batch.caughtUp;
      })(),
    );
    await passed(() => caughtUp);
    await double.stop();
    await failure(store.head());
    await store.close();
    expect(await reading).toMatchObject({ code: 'store_unavailable' });
  });

  test('that stays silent however often it is renewed gets a new connection', async () => {
    const double = await started();
    const trouble: string[] = [];
    const store = await openEventStoreDb({
      url: double.url,
      probeMs: 50,
      silenceMs: 100,
      onTrouble: (what) => trouble.push(what),
    });
    opened.push(store);
    const category = uniqueName('silent');
    double.faults.silent = true;
    const heard = listen(
      store,
      { after: 0, filter: { prefixes: [category] } },
      ({ events }) => events.length >= 3,
    );
    const { revision } = await store.append(`${category}-1`, -1, newEvents(3));
    await passed(() => trouble.includes('connection replaced'));
    expect(trouble.filter((what) => what === 'subscription').length).toBeGreaterThan(0);
    double.faults.heal();
    expect((await heard).events.map((event) => event.revision)).toEqual([0, 1, revision]);
  });
});

describe('an address that cannot be used', () => {
  test.each([
    'esdb://ada:s3cret@127.0.0.1:99999999?tls=false',
    'esdb://ada:s3cret@127.0.0.1:2113?tls=maybe',
    'esdb://ada:s3cret?more@127.0.0.1:2113',
    'esdb://ada:s3cret/more@127.0.0.1:2113?tls=false',
    'esdb://ada:s3cret@127.0.0.1:2113?defaultDeadline=soon',
    'esdb://ada:s3cret@127.0.0.1:2113?tls=true&tlsCAFile=/no/such/file',
    'esdb://s3cret',
    'esdb://ada:s3cret@',
    'esdb://ada:p@s3cret@127.0.0.1:2113?tls=false',
    'esdb://ada:x:s3cret@127.0.0.1:2113?tls=false',
    'esdb://ada:s3cret@127.0.0.1:2113?tls=false ',
  ])('is refused without showing the password: %s', async (url) => {
    const refused = await failure(openEventStoreDb({ url, deadlineMs: 200 }));
    expect(refused).toMatchObject({ code: expect.stringMatching(/^store_(unsafe|unavailable)$/) });
    // Only where it stands for a host may it be shown.
    if (url !== 'esdb://s3cret') expect(String((refused as Error).stack)).not.toContain('s3cret');
  });

  test.each(['kurrentdb', 'esdb'])('and one that can is taken, of scheme %s', async (scheme) => {
    const double = await started();
    const store = await openEventStoreDb({ url: double.url.replace('esdb', scheme) });
    opened.push(store);
    expect(await store.head()).toBe(0);
  });

  test('with the password that servers are born with, written in another way, is refused too', async () => {
    const refused = await failure(openEventStoreDb({ url: 'esdb://%61dmin:chang%65it@db.example:2113' }));
    expect(refused).toMatchObject({ code: 'store_unsafe' });
  });
});
