import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { noteWritten, withPosition } from '../api/freshness.js';
import { followWhileSeen, link, listen } from './connection.js';

const NOW = Date.parse('2026-11-27T12:00:00Z');

/** One question for the stream, answered when the test says so. */
type Asked = {
  readonly resumed: string | null;
  readonly signal: AbortSignal;
  readonly open: () => void;
  readonly say: (text: string) => void;
  readonly end: () => void;
};

let asked: Asked[] = [];
let page: EventTarget & { hidden: boolean };
let stop: () => void;

function answer(_: unknown, { headers, signal }: RequestInit = {}): Promise<Response> {
  if (!(signal instanceof AbortSignal)) throw new Error('nobody could let go of it');
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const left = new Error('let go of');
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(left);
      writer.abort(left).catch(() => undefined);
    });
    asked.push({
      resumed: new Headers(headers).get('last-event-id'),
      signal,
      open: () => resolve(new Response(readable)),
      say: (text) => void writer.write(new TextEncoder().encode(text)),
      end: () => void writer.close(),
    });
  });
}

/** Node's, whose types a page knows nothing of. */
declare const setImmediate: (then: () => void) => void;

/** Streams take their turns in the event loop, which is not faked. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise<void>((resolve) => setImmediate(resolve));
}

const look = (hidden: boolean): void => {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
};

/** Follows until it has seen event 7. */
async function followed(): Promise<Asked> {
  stop = followWhileSeen();
  const [first] = asked as [Asked];
  first.open();
  await until(() => link.get().status === 'live');
  const seen = new Promise<void>((resolve) => {
    const end = listen(() => (end(), resolve()));
  });
  first.say('id: 7\nevent: RunQueued\ndata: {}\n\n');
  await seen;
  return first;
}

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] });
  asked = [];
  page = Object.assign(new EventTarget(), { hidden: false });
  const globals = { document: page, sessionStorage: { getItem: () => null }, fetch: answer };
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true });
});
afterEach(() => {
  stop();
  jest.useRealTimers();
});

describe('given a page that follows what happens', () => {
  test('a stream that ends is gone on with after the last event that was seen', async () => {
    const first = await followed();
    first.end();
    await until(() => link.get().status === 'lost');
    jest.advanceTimersByTime(500);
    expect(asked.map(({ resumed }) => resumed)).toEqual([null, '7']);
  });

  test('one that is never answered is given up, and asked for again', async () => {
    stop = followWhileSeen();
    jest.advanceTimersByTime(39_999);
    expect(asked[0]?.signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(asked[0]?.signal.aborted).toBe(true);
    await until(() => jest.getTimerCount() > 0);
    expect(link.get().status).toBe('lost');
    jest.advanceTimersByTime(10_000);
    expect(asked).toHaveLength(2);
  });
});

describe('given a machine that slept under a page that is looked at', () => {
  const HOUR = 3_600_000;
  /** Timers stand still meanwhile; the clock on the wall does not. */
  const sleep = (milliseconds: number): void => void jest.setSystemTime(NOW + milliseconds);
  const resumed = (): readonly unknown[] => asked.map(({ resumed }) => resumed);
  const askedAgain = async (): Promise<void> => {
    await until(() => link.get().status === 'lost');
    jest.advanceTimersByTime(500);
  };

  test('a stream that has ended meanwhile is begun anew, and nothing of what was missed is read', async () => {
    const first = await followed();
    noteWritten(9);
    sleep(8 * HOUR);
    first.end();
    await askedAgain();
    expect(resumed()).toEqual([null, null]);
    expect(withPosition('/v1/runs')).toBe('/v1/runs');
    expect(link.get()).toEqual({ status: 'lost', since: NOW });
    asked[1]?.open();
    await until(() => link.get().status === 'live');
  });

  test('one that falls silent after it is begun anew', async () => {
    const { signal } = await followed();
    sleep(8 * HOUR);
    jest.advanceTimersByTime(40_000);
    expect(signal.aborted).toBe(true);
    await askedAgain();
    expect(resumed()).toEqual([null, null]);
  });

  test('what the network kept of one is not read on: it is let go of, and begun anew', async () => {
    const first = await followed();
    const told: unknown[] = [];
    const end = listen((frame) => void told.push(frame.id));
    sleep(8 * HOUR);
    first.say('id: 8\nevent: RunQueued\ndata: {}\n\n');
    await askedAgain();
    end();
    expect(first.signal.aborted).toBe(true);
    expect(told).toEqual([]);
    expect(resumed()).toEqual([null, null]);
  });

  test('for two minutes, it goes on after the last event that was seen', async () => {
    const first = await followed();
    sleep(2 * 60_000);
    first.end();
    await askedAgain();
    expect(resumed()).toEqual([null, '7']);
  });
});

describe('given a service that was away for an hour', () => {
  test('a page that was looked at all the time begins anew', async () => {
    const first = await followed();
    first.end();
    await until(() => link.get().status === 'lost');
    jest.setSystemTime(NOW + 3_600_000);
    jest.advanceTimersByTime(500);
    expect(asked.map(({ resumed }) => resumed)).toEqual([null, null]);
  });
});

describe('given a page that nobody looks at', () => {
  test('it lets go of the stream, says since when, and begins anew when somebody looks', async () => {
    const { signal } = await followed();
    noteWritten(9);
    expect(withPosition('/v1/runs')).toBe('/v1/runs?atLeast=9');
    jest.advanceTimersByTime(1_000);
    look(true);
    jest.advanceTimersByTime(29_999);
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
    expect(link.get()).toEqual({ status: 'lost', since: NOW });
    expect(withPosition('/v1/runs')).toBe('/v1/runs');
    look(false);
    expect(asked.map(({ resumed }) => resumed)).toEqual([null, null]);
    expect(link.get().status).toBe('lost');
    asked[1]?.open();
    await until(() => link.get().status === 'live');
  });

  test('looked at again soon, it never let go', async () => {
    const { signal } = await followed();
    look(true);
    jest.advanceTimersByTime(20_000);
    look(false);
    jest.advanceTimersByTime(15_000);
    expect(signal.aborted).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test('opened there, it takes no stream before it is seen', () => {
    page.hidden = true;
    stop = followWhileSeen();
    jest.advanceTimersByTime(60_000);
    expect(asked).toEqual([]);
    look(false);
    expect(asked).toHaveLength(1);
  });
});
