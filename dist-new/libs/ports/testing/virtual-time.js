/** A clock that stands until it is moved. `soon` is real, so that loops go on by themselves. */ export class VirtualTime {
    #elapsed;
    #timers;
    constructor(start = Date.UTC(2026, 0, 1)){
        this.start = start;
        this.#elapsed = 0;
        this.#timers = [];
        this.clock = {
            now: ()=>this.start + this.#elapsed,
            monotonic: ()=>this.#elapsed
        };
        this.timers = {
            after: (delay, callback)=>{
                const timer = {
                    due: this.#elapsed + delay,
                    callback
                };
                this.#timers.push(timer);
                return ()=>{
                    this.#timers = this.#timers.filter((other)=>other !== timer);
                };
            },
            soon: (callback)=>{
                setImmediate(callback);
            }
        };
    }
    advance(by) {
        this.#elapsed += by;
        const due = this.#timers.filter((timer)=>timer.due <= this.#elapsed);
        this.#timers = this.#timers.filter((timer)=>timer.due > this.#elapsed);
        for (const { callback } of due)callback();
    }
    /** Everything that is ready has run. */ async settle() {
        for(let turn = 0; turn < 20; turn += 1)await new Promise((resolve)=>setImmediate(resolve));
    }
    /** Until the first timer is due; undefined: there is none. */ get next() {
        return this.#timers.length === 0 ? undefined : Math.min(...this.#timers.map(({ due })=>due)) - this.#elapsed;
    }
    get pending() {
        return this.#timers.length;
    }
}

//# sourceMappingURL=virtual-time.js.map