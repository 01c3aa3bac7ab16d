import { LONGEST_SLEEP } from './clock.js';
/**
 * Resolves when what was armed calls back, or at once when the signal aborts. Nothing is left behind: neither the timer,
 * nor a listener for each pause of a long outage.
 */ export function pause(arm, signal) {
    return new Promise((resolve)=>{
        if (signal.aborted) return resolve();
        const cancel = arm(done);
        function done() {
            signal.removeEventListener('abort', done);
            cancel();
            resolve();
        }
        signal.addEventListener('abort', done, {
            once: true
        });
    });
}
/** Each time that something is to be done again, counted from when the time before began; ends with the signal. */ export async function* rounds({ clock, timers }, { firstMs, everyMs }, signal) {
    let due = clock.monotonic() + firstMs;
    while(!signal.aborted){
        const left = due - clock.monotonic();
        if (left > 0) {
            await pause((over)=>timers.after(Math.min(left, LONGEST_SLEEP), over), signal);
            continue;
        }
        due = clock.monotonic() + everyMs;
        yield;
    }
}

//# sourceMappingURL=pause.js.map