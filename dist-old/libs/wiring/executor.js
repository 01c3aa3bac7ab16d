import { Executor, ResourceMonitor } from '#lib/workers/execution';
const OVERLOADED_LOOP_MS = 500;
const OVERLOADED_RSS = 3 * 1024 ** 3;
/** Runs attempts, in the scheduler's own process or in one of its own. */ export function startExecutor(options) {
    const { configuration, environment, intake, engine, onError } = options;
    const executor = new Executor({
        id: options.id,
        intake,
        engine,
        environment,
        monitor: new ResourceMonitor(environment.clock, {
            loopDelayMs: OVERLOADED_LOOP_MS,
            rssBytes: OVERLOADED_RSS
        }),
        capacity: configuration.concurrency,
        ...configuration.executorProviders === undefined ? {} : {
            providers: configuration.executorProviders
        },
        heartbeatMs: Math.max(100, configuration.leaseMs / 5),
        onError
    });
    executor.start();
    return executor;
}

//# sourceMappingURL=executor.js.map