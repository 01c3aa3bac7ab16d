// A thread that loads one share of the log into a file, when a read model is built again.
import { parentPort, workerData } from 'node:worker_threads';
import { LogShare } from '#lib/event-store/sqlite';
import { loadShare, type ShareOfLoad } from '#lib/projections';
import { systemEnvironment } from './system-environment.js';

export type ShareThreadData = { readonly logPath: string; readonly share: ShareOfLoad };

/** `events`: the last message, how many there were. */
export type ShareThreadAnswer = { readonly position: number } | { readonly events: number };

if (parentPort !== null) {
  const { logPath, share } = workerData as ShareThreadData;
  const port = parentPort;
  const answer = (message: ShareThreadAnswer): void => port.postMessage(message);
  const pages = new LogShare(logPath, share, share.upTo);
  const events = loadShare(share, {
    pages,
    now: () => systemEnvironment.clock.now(),
    onPosition: (position) => answer({ position }),
  });
  pages.close();
  answer({ events });
}
