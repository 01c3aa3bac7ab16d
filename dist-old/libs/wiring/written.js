import { isEventStoreError } from '#lib/event-store/port';
/** After the last refusal, where nobody tries meanwhile: it is not known any more. What is due tries each second. */ const BELIEVED = 30_000;
/** One append whose outcome is unknown is settled by the next try. */ const SETTLED = 1_000;
/** Whether the log takes what is decided, as those who decide find. */ export class Written {
    #refused;
    constructor(clock){
        this.clock = clock;
    }
    /** Why nothing is stored; undefined: what was tried last was. */ get refusal() {
        if (this.#refused === undefined) return undefined;
        const { full, since, last } = this.#refused;
        if (this.clock.monotonic() - last >= BELIEVED) return undefined;
        if (full) return 'storage_full';
        return last - since >= SETTLED ? 'store_unavailable' : undefined;
    }
    /** The same log: how appends to it end is noted. */ through(store) {
        const failed = (error)=>{
            this.#note(error);
            throw error;
        };
        return {
            append: (...given)=>store.append(...given).then((appended)=>{
                    this.#refused = undefined;
                    return appended;
                }, failed),
            readStream: (...given)=>store.readStream(...given),
            readAll: (...given)=>store.readAll(...given),
            head: ()=>store.head(),
            subscribe: (options)=>store.subscribe(options),
            readSnapshot: (stream)=>store.readSnapshot(stream),
            writeSnapshot: (stream, snapshot)=>store.writeSnapshot(stream, snapshot),
            close: ()=>store.close()
        };
    }
    #note(error) {
        const full = isEventStoreError(error, 'storage_full');
        if (!full && !isEventStoreError(error, 'store_unavailable')) return;
        const last = this.clock.monotonic();
        const before = this.#refused;
        const since = before === undefined || last - before.last >= BELIEVED ? last : before.since;
        this.#refused = {
            full,
            since,
            last
        };
    }
}

//# sourceMappingURL=written.js.map