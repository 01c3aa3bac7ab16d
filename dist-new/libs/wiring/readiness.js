/** A probe gives up after a second, as most are set: by then it is answered. */ const ASKED_WITHIN = 700;
/** Why the work of this process stands still, for whoever may ask: without names and addresses. Undefined: it does not. */ export function whyNotReady(condition) {
    const { phase, ended, readModel, written, storeWatch, link, takeoverMs } = condition;
    if (phase === 'stopped') return 'the service is stopping';
    if (readModel.failure() !== undefined) return 'reads follow the log no more, which is damaged or another than before: the log output says more';
    if (ended) return 'the log is damaged, and is followed no more: the log output says more';
    if (phase !== 'started') return 'the service is starting: it reads its log';
    const away = link === undefined ? undefined : whyAway(link, takeoverMs);
    if (away !== undefined) return away;
    const { refusal } = written;
    if (refusal === 'storage_full') return 'the disk under the log is full, nothing can be stored: make room';
    if (refusal !== undefined) return 'the log takes nothing, nothing can be stored';
    return storeWatch.answers ? undefined : noAnswer;
}
const noAnswer = 'the log does not answer';
/** Whoever is away for less keeps what it has: nobody else takes over by then. */ export function whyAway({ awayMs, refused }, takeoverMs) {
    if (awayMs <= takeoverMs) return undefined;
    const seconds = Math.floor(awayMs / 1_000);
    return refused ? `NATS has let this process in no more for ${seconds} s: the log output names the setting` : `NATS cannot be reached for ${seconds} s (SYNCOPATE_NATS_URL): work waits until it can`;
}
/** What `/readyz` says. The log is asked for a moment only: whoever probes takes silence for a fault of the network. */ export async function readinessOf(engine) {
    const lag = await soon(engine.environment.timers, engine.readModel.lag());
    const why = engine.whyNotReady;
    return lag === undefined || why !== undefined ? {
        why: why ?? noAnswer
    } : {
        lag
    };
}
/** The answer, where it comes in time; undefined where it does not, or fails. */ export async function soon(timers, asked) {
    const { promise: over, resolve } = Promise.withResolvers();
    // What has come while this thread was busy is seen first.
    const cancel = timers.after(ASKED_WITHIN, ()=>timers.soon(()=>resolve(undefined)));
    try {
        return await Promise.race([
            asked.catch(()=>undefined),
            over
        ]);
    } finally{
        cancel();
    }
}

//# sourceMappingURL=readiness.js.map