import type { WorkIntake } from '#lib/messaging/port';
import type { Environment, SyncEngine } from '#lib/ports';
import { Executor, ResourceMonitor } from '#lib/workers/execution';
import type { Configuration } from './config.js';

export type LocalExecutor = Executor;

const OVERLOADED_LOOP_MS = 500;
const OVERLOADED_RSS = 3 * 1024 ** 3;

/** The executor that lives in the scheduler's own process. */
export function startExecutor(options: {
  readonly configuration: Configuration;
  readonly environment: Environment;
  readonly intake: WorkIntake;
  readonly engine: SyncEngine;
  readonly onError: (what: string, error: unknown) => void;
}): LocalExecutor {
  const { configuration, environment, intake, engine, onError } = options;
  const executor = new Executor({
    id: `local-${environment.ids.next().slice(0, 8)}`,
    intake,
    engine,
    environment,
    monitor: new ResourceMonitor(environment.clock, {
      loopDelayMs: OVERLOADED_LOOP_MS,
      rssBytes: OVERLOADED_RSS,
    }),
    capacity: configuration.concurrency,
    heartbeatMs: Math.max(100, configuration.leaseMs / 5),
    onError,
  });
  executor.start();
  return executor;
}
