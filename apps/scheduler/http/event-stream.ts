import type { ServerResponse } from 'node:http';
import { parseStream, streamPrefixes } from '#lib/contracts/streams';
import { publicEvent } from '#lib/contracts/integration';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import type { Timers } from '#lib/ports';

/**
 * Server-sent events: the log as it grows, from a position on. The id of each message is its log position, so a
 * browser that reconnects sends it back as `Last-Event-ID` and misses nothing. Nothing is buffered for a slow reader:
 * the next batch is read only when the last one has left, and whoever does not read for a minute is cut off, with what
 * still waited for it.
 */
export type EventStreamOptions = {
  readonly store: EventStore;
  readonly timers: Timers;
  readonly tenant: string;
  /** Position after which to start. */
  readonly after: number;
  readonly schedule?: string | undefined;
  readonly types?: ReadonlySet<string> | undefined;
  /** What every answer carries. */
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  /** Asked before each batch and each sign of life: whoever reads under a key that has ended reads no more. */
  readonly stillHolds?: (() => boolean) | undefined;
  /** Aborts when the service stops. */
  readonly stopping: AbortSignal;
  readonly onOpen: () => void;
  readonly onClose: () => void;
};

const KEEP_ALIVE = 15_000;
const STALLED_AFTER = 60_000;
const prefixes = Object.values(streamPrefixes);

const wanted = (event: RecordedEvent, { tenant, schedule, types }: EventStreamOptions): boolean => {
  const owner = parseStream(event.stream);
  if (owner === undefined || (owner.kind !== 'provider' && event.metadata.tenant !== tenant)) return false;
  if (schedule !== undefined && (owner.kind !== 'schedule' || owner.id !== schedule)) return false;
  return types === undefined || types.has(event.type);
};

const frame = (event: RecordedEvent): string =>
  `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(publicEvent(event))}\n\n`;

/** Resolves when the response has room again; false when the reader stalled or left. */
function drained(response: ServerResponse, timers: Timers): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (ok: boolean) => () => {
      cancel();
      response.off('drain', onDrain).off('close', onClose);
      resolve(ok);
    };
    const onDrain = settle(true);
    const onClose = settle(false);
    const cancel = timers.after(STALLED_AFTER, settle(false));
    response.once('drain', onDrain).once('close', onClose);
  });
}

export async function streamEvents(response: ServerResponse, options: EventStreamOptions): Promise<void> {
  const { store, timers, stillHolds = () => true } = options;
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, options.stopping]);
  response.writeHead(200, {
    ...options.headers,
    'content-type': 'text/event-stream; charset=utf-8',
    // It ends only with the connection or the service.
    connection: 'close',
    'x-accel-buffering': 'no',
  });
  response.write(`retry: 2000\nid: ${options.after}\n\n`);
  response.once('close', () => abort.abort());
  options.onOpen();
  let cancel = timers.after(KEEP_ALIVE, beat);
  function beat(): void {
    if (!stillHolds()) return abort.abort();
    if (!response.writableNeedDrain) response.write(': still here\n\n');
    cancel = timers.after(KEEP_ALIVE, beat);
  }
  try {
    for await (const batch of store.subscribe({
      after: options.after,
      filter: { prefixes },
      signal,
    })) {
      if (!stillHolds()) break;
      const text = batch.events
        .filter((event) => wanted(event, options))
        .map(frame)
        .join('');
      if (text !== '' && !response.write(text) && !(await drained(response, timers))) {
        response.destroy();
        break;
      }
      if (signal.aborted) break;
    }
  } finally {
    cancel();
    abort.abort();
    options.onClose();
    response.end();
  }
}
