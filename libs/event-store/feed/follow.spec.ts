import { describe, expect, test } from '@jest/globals';
import { storeUnavailable, type Batch, type RecordedEvent } from '../port/index.js';
import { newEvent } from '../testing/index.js';
import { Feed } from './feed.js';
import { follow } from './follow.js';
import { RecentEvents, type RecentEvent } from './recent-events.js';
import { keeping } from './stream-filter.js';

const recentAt = (position: number, bytes = 10): RecentEvent => {
  const recorded: RecordedEvent = { ...newEvent(), stream: 'a', revision: position, position };
  return { position, stream: 'a', bytes, recorded };
};

const everything = keeping(undefined);
const positions = (events: readonly RecordedEvent[] | undefined) => events?.map(({ position }) => position);

describe('recent events', () => {
  test('at their limit of events, forget the oldest and raise the floor', () => {
    const recent = new RecentEvents(0, { events: 3, bytes: 1_000 });
    for (let position = 2; position <= 20; position += 2) recent.push(recentAt(position));
    expect(recent.floor).toBe(14);
    expect(positions(recent.after(14, 10, everything).events)).toEqual([16, 18, 20]);
    expect(positions(recent.after(17, 1, everything).events)).toEqual([18]);
  });

  test('at their limit of bytes, forget the oldest', () => {
    const recent = new RecentEvents(0, { events: 100, bytes: 25 });
    for (const position of [1, 2, 3, 4]) recent.push(recentAt(position));
    expect(recent.floor).toBe(2);
  });

  test('with one event above their limit of bytes, hold none', () => {
    const recent = new RecentEvents(0, { events: 100, bytes: 25 });
    recent.push(recentAt(1, 26));
    expect(recent.floor).toBe(1);
    expect(recent.after(1, 10, everything)).toEqual({ events: [], position: 1 });
  });

  test('with many kept out by a filter, still tell how far they were considered', () => {
    const recent = new RecentEvents(0);
    for (const position of [1, 2, 3]) recent.push(recentAt(position));
    expect(recent.after(0, 10, keeping({ prefixes: ['b'] }))).toEqual({ events: [], position: 3 });
  });
});

describe('a subscriber behind the recent events', () => {
  const signal = new AbortController().signal;
  const take = async (batches: AsyncIterator<Batch>) => (await batches.next()).value as Batch;

  test('is served from the store, a failed read tried again, then from memory', async () => {
    const feed = new Feed(3);
    let failures = 2;
    const readPage = (after: number, upTo: number) => {
      if (failures-- > 0) throw storeUnavailable('the disk is gone for a moment');
      return {
        events: Array.from({ length: upTo - after }, (_, n) => recentAt(after + n + 1).recorded),
        position: upTo,
      };
    };
    const batches = follow(feed, readPage, { after: 1, signal });
    const past = await take(batches);
    expect([positions(past.events), past.caughtUp]).toEqual([[2, 3], true]);
    feed.publish([recentAt(4), recentAt(5)]);
    expect(positions((await take(batches)).events)).toEqual([4, 5]);
    await batches.return();
  });

  test('when the log jumped, is served what it has not seen from the store', async () => {
    const feed = new Feed(0);
    const readPage = (after: number, upTo: number) => ({
      events: Array.from({ length: upTo - after }, (_, n) => recentAt(after + n + 1).recorded),
      position: upTo,
    });
    const batches = follow(feed, readPage, { after: 0, signal });
    expect(await take(batches)).toEqual({ events: [], position: 0, caughtUp: true });
    feed.publish([recentAt(1)]);
    feed.jump(3);
    expect(positions((await take(batches)).events)).toEqual([1, 2, 3]);
    await batches.return();
  });
});
