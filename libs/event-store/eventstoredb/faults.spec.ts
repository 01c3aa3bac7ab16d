import { afterEach, describe, expect, test } from '@jest/globals';
import { EventStoreDouble, MutePeer } from '../../../test/support/eventstore/index.js';
import { isEventStoreError } from '../port/index.js';
import { closeOpened, opened, rigOn, settled } from '../testing/eventstoredb-rig.js';
import { idsOf, newEvent, newEvents, uniqueName } from '../testing/index.js';
import { openEventStoreDb } from './index.js';

afterEach(closeOpened);

const rig = () => rigOn(new EventStoreDouble());

const failure = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return await work;
  } catch (error) {
    return error;
  }
};

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
    ['esdb://10.0.0.5:2113?tls=false/', /unencrypted/],
    ['esdb://10.0.0.5:2113?t-l_s=False', /unencrypted/],
    ['esdb://10.0.0.5:2113?tls=false\n', /blanks/],
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
