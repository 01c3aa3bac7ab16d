import { randomUUIDv7 } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { LONGEST_SLEEP } from '#lib/ports';
/** The machine's own clocks. Wall time in whole milliseconds, read anew on each call. */ export const systemClock = {
    // performance.timeOrigin is fixed at start: adding to it would not follow a stepped wall clock.
    now: ()=>Date.now(),
    monotonic: ()=>performance.now()
};
/** Milliseconds by which a timer of Node's may be late, and a little more. */ const COARSE = 2;
/** Sleeps until shortly before, and goes round the event loop from then on: others have their turn, nobody the processor. */ function onTime(delay, callback) {
    const due = systemClock.now() + delay;
    // Whatever becomes of the wall clock meanwhile.
    const latest = systemClock.monotonic() + delay;
    let turn;
    const look = ()=>{
        if (systemClock.now() >= due || systemClock.monotonic() >= latest) callback();
        else turn = setImmediate(look);
    };
    const timer = setTimeout(look, Math.max(delay - COARSE, 0));
    return ()=>{
        clearTimeout(timer);
        clearImmediate(turn);
    };
}
export const systemTimers = {
    after (delay, callback, grain) {
        // Rounded up: a fraction would be cut off, and the timer fire early.
        const whole = Math.min(Math.max(Math.ceil(delay), 0), LONGEST_SLEEP);
        if (grain === 'fine') return onTime(whole, callback);
        const timer = setTimeout(callback, whole);
        return ()=>clearTimeout(timer);
    },
    soon (callback) {
        setImmediate(callback);
    }
};
export const systemEnvironment = {
    clock: systemClock,
    timers: systemTimers,
    random: {
        fraction: ()=>Math.random()
    },
    ids: {
        next: ()=>randomUUIDv7()
    }
};

//# sourceMappingURL=system-environment.js.map