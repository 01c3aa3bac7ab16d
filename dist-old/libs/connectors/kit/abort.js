import { ConnectorError } from './connector-error.js';
export const cancelled = ()=>new ConnectorError('CANCELLED', 'stopped on request');
/** Waits for shared work without owning it: the wait ends with the signal, the work goes on for the others. */ export async function abortable(work, signal) {
    if (signal.aborted) {
        work.catch(()=>undefined);
        throw cancelled();
    }
    const { promise: aborted, reject } = Promise.withResolvers();
    const stop = ()=>reject(cancelled());
    signal.addEventListener('abort', stop, {
        once: true
    });
    try {
        return await Promise.race([
            work,
            aborted
        ]);
    } finally{
        signal.removeEventListener('abort', stop);
    }
}
/** @throws {ConnectorError} CANCELLED */ export function throwIfCancelled(signal) {
    if (signal.aborted) throw cancelled();
}
/**
 * The same for many waits, one after the other, with one listener: racing each against one long-lived promise would
 * keep something of every wait until the end.
 */ export class AbortGate {
    #reject;
    #stop;
    constructor(signal){
        this.signal = signal;
        this.#stop = ()=>this.#reject?.(cancelled());
        signal.addEventListener('abort', this.#stop, {
            once: true
        });
    }
    /** @throws {ConnectorError} CANCELLED, also when the signal had been aborted before. */ wait(work) {
        return new Promise((resolve, reject)=>{
            this.#reject = reject;
            work.then(resolve, reject);
            if (this.signal.aborted) reject(cancelled());
        });
    }
    close() {
        this.signal.removeEventListener('abort', this.#stop);
    }
}

//# sourceMappingURL=abort.js.map