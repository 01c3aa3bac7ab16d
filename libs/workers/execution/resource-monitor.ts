import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ExecutorResources } from '#lib/contracts/messages';
import type { Clock } from '#lib/ports';

export type ResourceLimits = {
  /** p99 event-loop delay above which the executor calls itself overloaded, in ms. */
  readonly loopDelayMs: number;
  /** Resident memory above which it does. */
  readonly rssBytes: number;
};

type Counts = Pick<ExecutorResources, 'capacity' | 'running' | 'queued' | 'completed' | 'refused'>;

/** What running the attempts costs: CPU, memory, and how late the event loop is, since the last sample. */
export class ResourceMonitor {
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  #cpu = process.cpuUsage();
  #at: number;

  constructor(
    private readonly clock: Clock,
    private readonly limits: ResourceLimits,
  ) {
    this.#at = clock.monotonic();
    this.#delay.enable();
  }

  sample(counts: Counts): ExecutorResources {
    const now = this.clock.monotonic();
    const used = process.cpuUsage(this.#cpu);
    const elapsedMicros = Math.max(1, (now - this.#at) * 1_000);
    const loopDelayMs = Math.max(0, this.#delay.percentile(99) / 1e6 - 10);
    this.#cpu = process.cpuUsage();
    this.#at = now;
    this.#delay.reset();
    const rssBytes = process.memoryUsage.rss();
    const overloaded = loopDelayMs > this.limits.loopDelayMs || rssBytes > this.limits.rssBytes;
    return { ...counts, cpu: (used.user + used.system) / elapsedMicros, rssBytes, loopDelayMs, overloaded };
  }

  stop(): void {
    this.#delay.disable();
  }
}
