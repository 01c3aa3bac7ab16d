import { request } from '../api/client.js';
import { forgetWritten } from '../api/freshness.js';
import { Refused } from '../api/problem.js';
import { createStore } from '../api/store.js';
import { FrameReader, type Frame } from './frames.js';

/**
 * The event stream, read by `fetch` because an EventSource cannot send a key. `connecting` at first; `live` while it is
 * open and something has come of late; `lost` from then on until it is open again, when it goes on after the last event
 * that was seen. A tab that nobody looks at does without: browsers keep six connections to a service for all tabs. Once
 * somebody looks it asks for everything anew and follows from there, for what came meanwhile may be the half of a log. So
 * does one whose machine has slept, or whose service was away for long.
 */
export type Link =
  | { readonly status: 'connecting' }
  | { readonly status: 'live' }
  /** `since`: when the page was last known to show the present. */
  | { readonly status: 'lost'; readonly since: number };

export const link = createStore<Link>({ status: 'connecting' });

type Listener = (frame: Frame) => void;

/** The service says that it is there every 15 seconds. */
const SILENT_FOR = 40_000;
const HIDDEN_FOR = 30_000;
/** What was missed within it is gone on with; after longer it is not worth reading for a page that asks anyway. */
const MISSED_FOR = 3 * 60_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

const listeners = new Set<Listener>();
/** Told when events may have been passed over: what is shown must be asked for again. */
export const gaps = createStore(0);

let lastSeen: string | undefined;
/** When something came last, be it only that the service is there. */
let heard: number | undefined;
let current: AbortController | undefined;
let wanted = false;
let retry: ReturnType<typeof setTimeout> | undefined;
let wait = FIRST_WAIT;

export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function lost(): void {
  const now = link.get();
  if (now.status !== 'lost') link.set({ status: 'lost', since: heard ?? Date.now() });
}

/** By the clock on the wall: timers stand still while a machine sleeps. */
const missedMuch = (): boolean => heard !== undefined && Date.now() - heard > MISSED_FOR;

function take(frame: Frame): void {
  if (frame.id !== undefined) lastSeen = frame.id;
  if (frame.event === undefined) return;
  for (const listener of Array.from(listeners)) listener(frame);
}

/** Ends what is silent for too long, before its answer has begun as well: a network may swallow either. */
class Watchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly abort: AbortController) {
    this.#wait();
  }

  heard(): void {
    heard = Date.now();
    this.stop();
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer = setTimeout(() => this.abort.abort(), SILENT_FOR);
  }
}

/** Reads until the stream ends, is let go of, falls silent, or was slept through: what a network kept of it is not the present. */
async function read(body: ReadableStream<Uint8Array>, watchdog: Watchdog): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  const frames = new FrameReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || missedMuch()) return;
    watchdog.heard();
    for (const frame of frames.read(value)) take(frame);
  }
}

async function connect(): Promise<void> {
  const abort = new AbortController();
  current = abort;
  const watchdog = new Watchdog(abort);
  if (missedMuch()) forget();
  try {
    const resumed = lastSeen === undefined ? {} : { 'last-event-id': lastSeen };
    const response = await request('/v1/events', {
      headers: { accept: 'text/event-stream', ...resumed },
      signal: abort.signal,
    });
    if (response.body === null) return;
    watchdog.heard();
    wait = FIRST_WAIT;
    link.set({ status: 'live' });
    gaps.set(gaps.get() + 1);
    await read(response.body, watchdog);
  } catch (error) {
    // The log is another than the one that was followed: what was seen of it says nothing of this one.
    if (error instanceof Refused && error.problem.type?.endsWith('position-beyond-log') === true) forget();
  } finally {
    watchdog.stop();
    abort.abort();
    if (current === abort) again();
  }
}

function forget(): void {
  lastSeen = undefined;
  forgetWritten();
}

function again(): void {
  current = undefined;
  lost();
  retry = setTimeout(() => void connect(), wait);
  wait = Math.min(LONGEST_WAIT, wait * 2);
}

function follow(): void {
  if (wanted) return;
  wanted = true;
  void connect();
}

/**
 * Of what was seen nothing is kept: to go on from there the service would read all that came since, for a page that
 * asks for everything anyway. Nor would it notice any more that the log is another by then.
 */
function letGo(): void {
  if (!wanted) return;
  wanted = false;
  clearTimeout(retry);
  current?.abort();
  current = undefined;
  lost();
  forget();
}

/** @returns what ends it. */
export function followWhileSeen(): () => void {
  let hiding: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(letGo, HIDDEN_FOR);
    else follow();
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(hiding);
    document.removeEventListener('visibilitychange', look);
    letGo();
  };
}
