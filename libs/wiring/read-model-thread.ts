// The read model's thread: folds the log into rows and writes them, so that neither holds up the timer's thread.
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { LogFollower } from '#lib/event-store/sqlite';
import { openReadModel, type Fault } from '#lib/projections';
import { shareThreads } from './share-threads.js';
import { systemEnvironment } from './system-environment.js';

/** The first message: until it comes, the thread only has its modules loaded. */
export type ThreadData = { readonly path: string; readonly logPath: string; readonly head: number };

export type ThreadRequest =
  | { readonly kind: 'head'; readonly head: number }
  /** Somebody waits for a position: rows are written as soon as it is reached. */
  | { readonly kind: 'wanted'; readonly position: number; readonly timeoutMs: number }
  | { readonly kind: 'stop' };

/** `ready` comes first, and again nothing of another kind before it. Errors travel as what can be told of them. */
export type ThreadAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'flushed'; readonly position: number }
  | { readonly kind: 'fault'; readonly fatal: boolean; readonly name: string; readonly message: string };

const BEHIND_THE_TIMERS = 5;

/** Where cores are scarce, runs start in time first and reports follow. Linux tells a thread its id, others do not. */
function giveWay(): void {
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), BEHIND_THE_TIMERS);
  } catch {
    // Everything works without, a little later under load.
  }
}

function serve(port: NonNullable<typeof parentPort>, { path, logPath, head }: ThreadData): void {
  const answer = (message: ThreadAnswer): void => port.postMessage(message);
  const store = new LogFollower(logPath, head);
  const onFault = ({ fatal, error }: Fault): void => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    answer({ kind: 'fault', fatal, name, message });
  };
  const onFlushed = (position: number): void => answer({ kind: 'flushed', position });
  const shares = shareThreads(logPath);
  const model = openReadModel({ path, store, environment: systemEnvironment, onFault, onFlushed, shares });
  port.on('message', (request: ThreadRequest) => {
    if (request.kind === 'head') return store.advance(request.head);
    if (request.kind === 'wanted') return void model.waitFor(request.position, request.timeoutMs);
    void model
      .close()
      .then(() => store.close())
      .finally(() => port.close());
  });
  // Nothing is reflected before the log is known to be the one that the file was folded from.
  answer({ kind: 'ready' });
  model.start();
}

if (parentPort !== null) {
  giveWay();
  const port = parentPort;
  port.once('message', (begin: ThreadData) => serve(port, begin));
}
