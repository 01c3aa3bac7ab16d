import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  isEventStoreError,
  MAX_EVENT_BYTES,
  type EventStore,
  type EventStoreErrorCode,
} from '../port/index.js';
import { idsOf } from './reading.js';
import { subscriptionContract } from './subscription-contract.js';
import { eventOfBytes, largestEvent, newEvent, newEvents, uniqueName } from './test-events.js';

export type OpenedStore = {
  readonly store: EventStore;
  /** Closes the store and opens another on the same log. */
  restart(): Promise<EventStore>;
  destroy(): Promise<void>;
};

export const failureCode = async (
  work: Promise<unknown>,
): Promise<EventStoreErrorCode | 'none' | 'foreign'> => {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isEventStoreError(error) ? error.code : 'foreign';
  }
};

/**
 * What every adapter of the port does. Takes nothing for granted that a server shared with others would not give:
 * positions have gaps, other events lie between ours, names are unique per test.
 */
export function eventStoreContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(`event store contract: ${name}`, () => {
    let opened: OpenedStore;
    let store: EventStore;
    const reopen = async (): Promise<EventStore> => (store = await opened.restart());

    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.destroy());

    appendContract(() => store);
    conflictContract(() => store);
    contentContract(() => store);
    readContract(() => store);
    snapshotContract(() => store, reopen);
    subscriptionContract(() => store, reopen);
  });
}

function appendContract(store: () => EventStore): void {
  describe('append', () => {
    test('a stream that does not exist starts at revision 0', async () => {
      const stream = uniqueName('first');
      const appended = await store().append(stream, -1, [newEvent()]);
      expect(appended.revision).toBe(0);
      expect(appended.position).toBeGreaterThan(0);
    });

    test('a stream with events goes on by one revision each, and answers with the last', async () => {
      const stream = uniqueName('order');
      const events = newEvents(5);
      await store().append(stream, -1, events.slice(0, 2));
      const { revision, position } = await store().append(stream, 1, events.slice(2));
      const read = await store().readStream(stream);
      expect(idsOf(read)).toEqual(idsOf(events));
      expect(read.map((event) => event.revision)).toEqual([0, 1, 2, 3, 4]);
      expect([revision, position]).toEqual([4, read.at(-1)?.position]);
    });

    test('events of several streams have one order, that of their appends', async () => {
      const category = uniqueName('global');
      const start = await store().head();
      const positions: number[] = [];
      for (const n of [0, 1, 2, 3])
        positions.push(
          (await store().append(`${category}-${n % 2}`, n < 2 ? -1 : 0, [newEvent({ n })])).position,
        );
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(new Set(positions).size).toBe(4);
      const all = await store().readAll(start, 100, { prefixes: [category] });
      expect(all.map((event) => event.position)).toEqual(positions);
    });

    test('an append with an event over the limit stores none of its events', async () => {
      const stream = uniqueName('whole');
      const code = await failureCode(
        store().append(stream, -1, [newEvent(), eventOfBytes(MAX_EVENT_BYTES + 1)]),
      );
      expect(code).toBe('event_too_large');
      expect(await store().readStream(stream)).toEqual([]);
    });

    test('an append without events, or with an impossible expectation, is a defect', async () => {
      await expect(store().append(uniqueName('none'), -1, [])).rejects.toThrow(TypeError);
      await expect(store().append(uniqueName('none'), -2, [newEvent()])).rejects.toThrow(TypeError);
    });

    test('1,500 events in one append are all there', async () => {
      const stream = uniqueName('big');
      const events = newEvents(1_500);
      expect((await store().append(stream, -1, events)).revision).toBe(1_499);
      expect(idsOf(await store().readStream(stream))).toEqual(idsOf(events));
    });
  });
}

function conflictContract(store: () => EventStore): void {
  describe('expected revision', () => {
    test.each([-1, 0, 2, 7])('a stream at revision 1 refuses an append that expects %i', async (expected) => {
      const stream = uniqueName('conflict');
      await store().append(stream, -1, newEvents(2));
      const failure = await store()
        .append(stream, expected, [newEvent()])
        .catch((error: unknown) => error);
      expect(isEventStoreError(failure, 'wrong_expected_revision')).toBe(true);
      expect(failure).toMatchObject({ details: { stream, expected, actual: 1 } });
      expect(await store().readStream(stream)).toHaveLength(2);
    });

    test('a stream that does not exist refuses an append that expects an event', async () => {
      expect(await failureCode(store().append(uniqueName('absent'), 0, [newEvent()]))).toBe(
        'wrong_expected_revision',
      );
    });

    test('of twenty appends at once to one stream exactly one wins', async () => {
      const stream = uniqueName('race');
      const codes = await Promise.all(
        Array.from({ length: 20 }, () => failureCode(store().append(stream, -1, [newEvent()]))),
      );
      expect(codes.toSorted().filter((code) => code === 'none')).toHaveLength(1);
      expect(codes.filter((code) => code === 'wrong_expected_revision')).toHaveLength(19);
      expect(await store().readStream(stream)).toHaveLength(1);
    });
  });

  describe('the same append again', () => {
    test('right away, it is answered like the first time and stores nothing', async () => {
      const stream = uniqueName('again');
      const events = newEvents(3);
      const first = await store().append(stream, -1, events);
      expect(await store().append(stream, -1, events)).toEqual(first);
      expect(await store().readStream(stream)).toHaveLength(3);
    });

    test('while the first is under way, both get the same answer', async () => {
      const stream = uniqueName('twice');
      const events = newEvents(2);
      const [first, second] = await Promise.all([
        store().append(stream, -1, events),
        store().append(stream, -1, events),
      ]);
      expect(second).toEqual(first);
      expect(await store().readStream(stream)).toHaveLength(2);
    });

    test('after others were appended, it is still answered like the first time', async () => {
      const stream = uniqueName('late');
      await store().append(stream, -1, newEvents(1));
      const events = newEvents(2);
      const first = await store().append(stream, 0, events);
      await store().append(stream, 2, newEvents(2));
      expect(await store().append(stream, 0, events)).toEqual(first);
      expect(await store().readStream(stream)).toHaveLength(5);
    });

    test('with other events among its own, it is a conflict', async () => {
      const stream = uniqueName('overlap');
      const [a, b] = [newEvent(), newEvent()];
      await store().append(stream, -1, [a, b]);
      expect(await failureCode(store().append(stream, -1, [a, newEvent()]))).toBe('wrong_expected_revision');
      expect(await failureCode(store().append(stream, -1, [b]))).toBe('wrong_expected_revision');
      expect(await failureCode(store().append(stream, -1, [a, b, newEvent()]))).toBe(
        'wrong_expected_revision',
      );
      expect(await store().readStream(stream)).toHaveLength(2);
    });
  });
}

function contentContract(store: () => EventStore): void {
  describe('content', () => {
    const stored = async (data: object, type?: string) => {
      const stream = uniqueName('content');
      await store().append(stream, -1, [newEvent(data, type)]);
      return (await store().readStream(stream))[0];
    };

    test.each([
      ['empty', {}],
      ['emoji and combining marks', { text: '👩‍👩‍👧 e\u0301 ﷽ 日本' }],
      ['NUL and control characters', { text: 'a\u0000b\u001f\u2028' }],
      ['lone surrogates', { text: 'a\ud800b\udc00' }],
      [
        'numbers at the edge, nested',
        { deep: [{ n: [Number.MAX_SAFE_INTEGER, -1.5e-300, 0] }], none: null, yes: true },
      ],
      ['keys that look odd', { '': 1, 'a.b': 2, $type: 3, __proto: 4 }],
    ])('data that is %s comes back as it was', async (_, data) => {
      expect((await stored(data))?.data).toEqual(data);
    });

    test('an event comes back with its id, type and metadata', async () => {
      const stream = uniqueName('whole');
      const event = {
        ...newEvent({ n: 1 }, 'Größe.Geändert'),
        metadata: { ...newEvent().metadata, causation: 'c', wakeAt: null },
      };
      const { position } = await store().append(stream, -1, [event]);
      expect(await store().readStream(stream)).toEqual([{ ...event, stream, revision: 0, position }]);
    });

    test.each(['x', '€', '😀'])('an event of exactly the limit in %s is stored', async (character) => {
      const stream = uniqueName('limit');
      const event = largestEvent(character);
      await store().append(stream, -1, [event]);
      expect((await store().readStream(stream))[0]?.data).toEqual(event.data);
    });

    test.each(['x', '€', '😀'])('an event one byte over the limit in %s is refused', async (character) => {
      expect(
        await failureCode(
          store().append(uniqueName('limit'), -1, [eventOfBytes(MAX_EVENT_BYTES + 1, character)]),
        ),
      ).toBe('event_too_large');
    });

    test.each([
      `long-${'n'.repeat(200)}`,
      'sp ace',
      'quo\'te"',
      'per%cent_',
      'naïve-日本-😀',
      'a/b?c#d',
      '--; DROP TABLE events',
    ])('a stream named %s is told from others', async (odd) => {
      const stream = `${uniqueName('name')}-${odd}`;
      await store().append(stream, -1, newEvents(2));
      expect((await store().readStream(stream)).map((event) => event.stream)).toEqual([stream, stream]);
      expect(await store().readStream(`${stream}x`)).toEqual([]);
    });

    test.each(['', 'a\ud800', 'nul\0'])('a stream or type named %j is refused as a defect', async (odd) => {
      await expect(store().append(odd, -1, [newEvent()])).rejects.toThrow(TypeError);
      await expect(store().append(uniqueName('type'), -1, [newEvent({}, odd)])).rejects.toThrow(TypeError);
    });

    test('what a caller changes after the append changes nothing in the store', async () => {
      const stream = uniqueName('copy');
      const data = { list: [1] };
      const appending = store().append(stream, -1, [newEvent(data)]);
      data.list.push(2);
      await appending;
      expect((await store().readStream(stream))[0]?.data).toEqual({ list: [1] });
    });
  });
}

function readContract(store: () => EventStore): void {
  describe('read', () => {
    const filled = async (count: number) => {
      const stream = uniqueName('pages');
      await store().append(stream, -1, newEvents(count));
      return stream;
    };
    const revisions = async (stream: string, options: object): Promise<readonly number[]> =>
      (await store().readStream(stream, options)).map((event) => event.revision);

    test('a stream that does not exist is empty', async () => {
      expect(await store().readStream(uniqueName('absent'))).toEqual([]);
      expect(await store().readStream(uniqueName('absent'), { backwards: true })).toEqual([]);
    });

    test('a stream of ten is read forwards and backwards, from anywhere, a few at a time', async () => {
      const stream = await filled(10);
      expect(await revisions(stream, { from: 3, limit: 4 })).toEqual([3, 4, 5, 6]);
      expect(await revisions(stream, { from: 8 })).toEqual([8, 9]);
      expect(await revisions(stream, { from: 10 })).toEqual([]);
      expect(await revisions(stream, { limit: 1, backwards: true })).toEqual([9]);
      expect(await revisions(stream, { from: 2, backwards: true })).toEqual([2, 1, 0]);
      expect(await revisions(stream, { from: 50, limit: 2, backwards: true })).toEqual([9, 8]);
    });

    test('a stream of 2,500 is read whole, both ways', async () => {
      const stream = await filled(2_500);
      const forwards = await revisions(stream, {});
      expect(forwards).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
      expect(await revisions(stream, { backwards: true })).toEqual(forwards.toReversed());
    });

    test('all streams are read after a position, filtered by prefix, a page at a time', async () => {
      const category = uniqueName('all');
      const start = await store().head();
      for (const n of [0, 1, 2, 3, 4, 5])
        await store().append(`${category}-${n % 3 === 0 ? 'a' : 'b'}-${n}`, -1, [newEvent({ n })]);
      const numbers = async (after: number, limit: number, prefixes: readonly string[]) =>
        (await store().readAll(after, limit, { prefixes })).map((event) => event.data);
      expect(await numbers(start, 100, [category])).toEqual([0, 1, 2, 3, 4, 5].map((n) => ({ n })));
      expect(await numbers(start, 100, [`${category}-a`])).toEqual([{ n: 0 }, { n: 3 }]);
      expect(await numbers(start, 1, [`${category}-b`])).toEqual([{ n: 1 }]);
      const [first] = await store().readAll(start, 1, { prefixes: [category] });
      expect(await numbers(first?.position ?? 0, 2, [`${category}-a`, `${category}-b`])).toEqual([
        { n: 1 },
        { n: 2 },
      ]);
      expect(await numbers(start, 100, [uniqueName('nobody')])).toEqual([]);
    });

    test('the head is at or after what was appended last', async () => {
      const { position } = await store().append(uniqueName('head'), -1, [newEvent()]);
      expect(await store().head()).toBeGreaterThanOrEqual(position);
    });
  });
}

function snapshotContract(store: () => EventStore, reopen: () => Promise<EventStore>): void {
  describe('snapshots', () => {
    test('a stream without a snapshot has none', async () => {
      expect(await store().readSnapshot(uniqueName('none'))).toBeUndefined();
    });

    test('a snapshot is replaced by the next, and is there after a restart', async () => {
      const stream = uniqueName('snapshot');
      await store().append(stream, -1, newEvents(3));
      await store().writeSnapshot(stream, { revision: 1, version: 1, state: { status: 'active' } });
      await store().writeSnapshot(stream, {
        revision: 2,
        version: 4,
        state: { status: 'paused', text: 'é\ud800' },
      });
      const expected = { revision: 2, version: 4, state: { status: 'paused', text: 'é\ud800' } };
      expect(await store().readSnapshot(stream)).toEqual(expected);
      expect(await (await reopen()).readSnapshot(stream)).toEqual(expected);
    });

    test('a snapshot of a stream without events does not make the stream', async () => {
      const stream = uniqueName('checkpoint');
      await store().writeSnapshot(stream, { revision: 0, version: 1, state: { position: 7 } });
      expect(await store().readStream(stream)).toEqual([]);
      expect((await store().append(stream, -1, [newEvent()])).revision).toBe(0);
    });
  });
}
