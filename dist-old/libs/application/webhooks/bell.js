import { pause } from '#lib/ports';
/**
 * Wakes whoever sleeps: when it is rung, or at an instant. What is rung while somebody looks whether there is something to
 * do is not lost: whoever says how often it had rung before that does not fall asleep.
 */ export class Bell {
    #sleeping;
    #rung;
    constructor(environment){
        this.environment = environment;
        this.#sleeping = new Set();
        this.#rung = 0;
    }
    get rung() {
        return this.#rung;
    }
    ring() {
        this.#rung += 1;
        for (const wake of this.#sleeping)wake();
    }
    /** May end early: whoever sleeps looks again. `until` undefined: until it is rung. */ sleep(until, signal, heard = this.#rung) {
        if (heard !== this.#rung) return Promise.resolve();
        const { clock, timers } = this.environment;
        return pause((over)=>{
            this.#sleeping.add(over);
            const cancel = until === undefined ? undefined : timers.after(Math.max(0, until - clock.now()), over);
            return ()=>{
                this.#sleeping.delete(over);
                cancel?.();
            };
        }, signal);
    }
}

//# sourceMappingURL=bell.js.map