import perfHooks from 'node:perf_hooks';
import type { Millis } from '#lib/domain/kernel';
import type { WorkIntake } from '#lib/messaging/port';
import type { Environment, SyncEngine } from '#lib/ports';
import { Executor, ResourceMonitor } from '#lib/workers/execution';

/**
 * Each engine's metrics watch the process that it runs in, to its end. Thousands of engines in one process would keep
 * each other awake, and none of them could be freed: so what is made in here finds nothing to watch with.
 */
export function unwatched<T>(make: () => T): T;
export function unwatched<T>(make: () => Promise<T>): Promise<T>;
export function unwatched(make: () => unknown): unknown {
  const { monitorEventLoopDelay, PerformanceObserver } = perfHooks;
  const open = (): object => Object.assign(perfHooks, { monitorEventLoopDelay, PerformanceObserver });
  Object.assign(perfHooks, { monitorEventLoopDelay: undefined, PerformanceObserver: BlindObserver });
  try {
    const made = make();
    if (made instanceof Promise) return made.finally(open);
    open();
    return made;
  } catch (error) {
    open();
    throw error;
  }
}

class BlindObserver {
  observe(): void {}
}

/** How loaded the real machine is must not matter to a virtual one. */
class SteadyMonitor extends ResourceMonitor {
  override sample(counts: Parameters<ResourceMonitor['sample']>[0]) {
    return { ...counts, cpu: 0, rssBytes: 0, loopDelayMs: 0, overloaded: false };
  }
}

export function startExecutor(options: {
  readonly id: string;
  readonly intake: WorkIntake;
  readonly engine: SyncEngine;
  readonly environment: Environment;
  readonly leaseMs: Millis;
}): Executor {
  const { leaseMs, ...parts } = options;
  const monitor = new SteadyMonitor(options.environment.clock, { loopDelayMs: 1, rssBytes: 1 });
  monitor.stop();
  const onError = (): void => {};
  const executor = new Executor({ ...parts, monitor, capacity: 100, heartbeatMs: leaseMs / 5, onError });
  executor.start();
  return executor;
}
