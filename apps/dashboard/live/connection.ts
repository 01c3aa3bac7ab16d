import { request } from '../api/client.js';
import { forgetWritten } from '../api/freshness.js';
import { Refused } from '../api/problem.js';
import { createStore } from '../api/store.js';
import { FrameReader, type Frame } from './frames.js';

/**
 * The event stream, read by `fetch` because an EventSource cannot send a key. `connecting` at first; `live` while it is
 * open and something has come of late; `lost` from then on until it is open again, when it goes on after the last event
 * that was seen. A tab that nobody looks at lets go of it: browsers keep six connections to a service for all tabs.
 */
export type Link =
  | { readonly status: 'connecting' }
  | { readonly status: 'live' }
  | { readonly status: 'lost'; readonly since: number };

export const link = createStore<Link>({ status: 'connecting' });

type Listener = (frame: Frame) => void;

/** The service says that it is there every 15 seconds. */
const SILENT_FOR = 40_000;
const HIDDEN_FOR = 30_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

const listeners = new Set<Listener>();
/** Told when events may have been passed over: what is shown must be asked for again. */
export const gaps = createStore(0);

let lastSeen: string | undefined;
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
  if (now.status !== 'lost') link.set({ status: 'lost', since: Date.now() });
}

function take(frame: Frame): void {
  if (frame.id !== undefined) lastSeen = frame.id;
  if (frame.event === undefined) return;
  for (const listener of Array.from(listeners)) listener(frame);
}

/** Reads until the stream ends, is let go of, or falls silent. */
async function read(body: ReadableStream<Uint8Array>, abort: AbortController): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  const frames = new FrameReader();
  let watchdog = setTimeout(() => abort.abort(), SILENT_FOR);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(), SILENT_FOR);
      for (const frame of frames.read(value)) take(frame);
    }
  } finally {
    clearTimeout(watchdog);
  }
}

async function connect(): Promise<void> {
  const abort = new AbortController();
  current = abort;
  try {
    const resumed = lastSeen === undefined ? {} : { 'last-event-id': lastSeen };
    const response = await request('/v1/events', {
      headers: { accept: 'text/event-stream', ...resumed },
      signal: abort.signal,
    });
    if (response.body === null) return;
    wait = FIRST_WAIT;
    link.set({ status: 'live' });
    gaps.set(gaps.get() + 1);
    await read(response.body, abort);
  } catch (error) {
    // The log is another than the one that was followed: what was seen of it says nothing of this one.
    if (error instanceof Refused && error.problem.type?.endsWith('position-beyond-log') === true) {
      lastSeen = undefined;
      forgetWritten();
    }
  } finally {
    if (current === abort) current = undefined;
    if (wanted && current === undefined) again();
  }
}

function again(): void {
  lost();
  retry = setTimeout(() => void connect(), wait);
  wait = Math.min(LONGEST_WAIT, wait * 2);
}

export function follow(): void {
  if (wanted) return;
  wanted = true;
  void connect();
}

export function letGo(): void {
  wanted = false;
  clearTimeout(retry);
  current?.abort();
  current = undefined;
}

let hiding: ReturnType<typeof setTimeout> | undefined;
let letGoOf = false;

/** @returns what ends it. */
export function followWhileSeen(): () => void {
  const look = (): void => {
    clearTimeout(hiding);
    if (document.hidden) {
      hiding = setTimeout(() => {
        letGoOf = true;
        letGo();
      }, HIDDEN_FOR);
    } else if (letGoOf) {
      letGoOf = false;
      follow();
    }
  };
  document.addEventListener('visibilitychange', look);
  follow();
  return () => {
    clearTimeout(hiding);
    document.removeEventListener('visibilitychange', look);
    letGo();
  };
}
