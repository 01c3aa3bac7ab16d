import type { Heartbeat, WorkItem } from '#lib/contracts/messages';

/** Of an executor that has room for ten attempts, and nothing to do. */
export const idleHeartbeat = (executor: string, { capacity = 10, at = 0 } = {}): Heartbeat => ({
  executor,
  at,
  running: [],
  resources: {
    capacity,
    running: 0,
    queued: 0,
    cpu: 0,
    rssBytes: 0,
    loopDelayMs: 0,
    overloaded: false,
    completed: 0,
    refused: 0,
  },
});

/** An attempt of the first run of a schedule, as executors are offered it. */
export const workItem = (attempt = 1): WorkItem => ({
  tenant: 'default',
  schedule: 's1',
  run: 'run-1',
  attempt,
  provider: 'p',
  user: 'u',
  connection: 'c',
  priority: 'normal',
  epoch: 0,
  repeat: 0,
});
