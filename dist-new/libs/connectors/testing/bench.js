import { randomUUID } from 'node:crypto';
/** A clock that stands until moved, and timers that call soon: for specs of connectors. */ export class ManualClock {
    constructor(instant = Date.parse('2026-11-20T12:00:00Z')){
        this.instant = instant;
    }
    move(by) {
        this.instant += by;
    }
    /** Timers fire after a few real milliseconds whatever their delay: whoever is called re-reads the clock anyway. */ environment() {
        return {
            clock: {
                now: ()=>this.instant,
                monotonic: ()=>this.instant
            },
            timers: {
                after: (delay, callback)=>{
                    const timer = setTimeout(callback, Math.min(delay, 3));
                    return ()=>clearTimeout(timer);
                },
                soon: (callback)=>void setImmediate(callback)
            },
            random: {
                fraction: ()=>0.5
            },
            ids: {
                next: ()=>randomUUID()
            }
        };
    }
}
export function taskOf(operation, state, more = {}) {
    return {
        tenant: 'default',
        schedule: 'schedule-1',
        run: 'run-1',
        attempt: 1,
        fence: 1,
        user: 'user-1',
        connection: 'connection-1',
        provider: 'spotify',
        operation,
        nominal: 0,
        state,
        ...more
    };
}
/** A scheduler's side of an attempt that writes down what it is told. */ export class RecordingContext {
    constructor(onCheckpoint = ()=>undefined){
        this.onCheckpoint = onCheckpoint;
        this.checkpoints = [];
        this.ticks = [];
        this.abort = new AbortController();
        this.signal = this.abort.signal;
        this.deadline = Number.MAX_SAFE_INTEGER;
    }
    async checkpoint(state, counts) {
        this.checkpoints.push({
            state,
            counts
        });
        await this.onCheckpoint(state);
    }
    progress(done) {
        this.ticks.push(done);
    }
}

//# sourceMappingURL=bench.js.map