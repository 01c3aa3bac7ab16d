import { monitorEventLoopDelay } from 'node:perf_hooks';
/** What running the attempts costs: CPU, memory, and how late the event loop is, since the last sample. */ export class ResourceMonitor {
    #delay;
    #cpu;
    #at;
    constructor(clock, limits){
        this.clock = clock;
        this.limits = limits;
        this.#delay = monitorEventLoopDelay({
            resolution: 10
        });
        this.#cpu = process.cpuUsage();
        this.#at = clock.monotonic();
        this.#delay.enable();
    }
    sample(counts) {
        const now = this.clock.monotonic();
        const used = process.cpuUsage(this.#cpu);
        const elapsedMicros = Math.max(1, (now - this.#at) * 1_000);
        const loopDelayMs = Math.max(0, this.#delay.percentile(99) / 1e6 - 10);
        this.#cpu = process.cpuUsage();
        this.#at = now;
        this.#delay.reset();
        const rssBytes = process.memoryUsage.rss();
        const overloaded = loopDelayMs > this.limits.loopDelayMs || rssBytes > this.limits.rssBytes;
        return {
            ...counts,
            cpu: (used.user + used.system) / elapsedMicros,
            rssBytes,
            loopDelayMs,
            overloaded
        };
    }
    stop() {
        this.#delay.disable();
    }
}

//# sourceMappingURL=resource-monitor.js.map