import { LONGEST_SLEEP } from '#lib/ports';
/** Calls back once after a delay of monotonic time, in steps that a timer may sleep. Returns the cancel. */ export function after({ clock, timers }, delayMs, callback) {
    const due = clock.monotonic() + delayMs;
    let cancel = ()=>{};
    const step = ()=>{
        const left = due - clock.monotonic();
        if (left <= 0) callback();
        else cancel = timers.after(Math.min(left, LONGEST_SLEEP), step);
    };
    cancel = timers.after(Math.min(Math.max(delayMs, 0), LONGEST_SLEEP), step);
    return ()=>cancel();
}
/** Those who wait for the read model to reach a position. */ export class Waiters {
    #waiting;
    constructor(time){
        this.time = time;
        this.#waiting = new Set();
    }
    /** True once the position is reached, false when the time is over or the read model has stopped. */ wait(position, timeoutMs) {
        return new Promise((resolve)=>{
            const cancel = after(this.time, timeoutMs, ()=>waiter.settle(false));
            const waiter = {
                position,
                settle: (reached)=>{
                    cancel();
                    this.#waiting.delete(waiter);
                    resolve(reached);
                }
            };
            this.#waiting.add(waiter);
        });
    }
    /** Whether someone waits for a position up to this one. */ wants(position) {
        for (const waiter of this.#waiting)if (waiter.position <= position) return true;
        return false;
    }
    reached(position) {
        for (const waiter of this.#waiting)if (waiter.position <= position) waiter.settle(true);
    }
    abandon() {
        for (const waiter of this.#waiting)waiter.settle(false);
    }
}

//# sourceMappingURL=waiting.js.map