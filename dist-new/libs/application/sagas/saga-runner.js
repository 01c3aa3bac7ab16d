import { decodeEvent } from '#lib/contracts/events';
import { streamPrefixes } from '#lib/contracts/streams';
import { Checkpoint } from '#lib/application/following';
import { DECODING } from '#lib/domain/parking';
import { pause } from '#lib/ports';
import { isOutage } from './outage.js';
import { caresFor } from './saga.js';
const TRIES = 3;
const RETRY_PAUSE = 50;
const OUTAGE_PAUSE = 500;
const CHECKPOINT_EVERY = 1_000;
const prefixes = Object.values(streamPrefixes);
/**
 * Shows the log to sagas, event by event, from a checkpoint. Survives a store that goes away and comes back. Only a
 * corrupt event ends it, loudly: going on would be deciding on a log that is known to be wrong.
 */ export class SagaRunner {
    #abort;
    /** Undefined until the checkpoint was read. */ #position;
    /** Events shown since the checkpoint that is stored. */ #shown;
    #running;
    /** Those who care, by type; filled as types are met. */ #caring;
    #kept;
    constructor(options){
        this.options = options;
        this.#abort = new AbortController();
        this.#shown = 0;
        this.#caring = new Map();
        this.#kept = new Checkpoint(options.store, options.name);
    }
    get position() {
        return this.#position ?? 0;
    }
    /** A store that is away is waited for. */ start() {
        this.#running = this.#run();
    }
    async stop() {
        this.#abort.abort();
        await this.#running;
        await this.#checkpoint(true);
    }
    async #checkpoint(now) {
        const position = this.#position;
        // Where nothing of ours came there is nothing to keep: on a log that holds checkpoints too, each would ask for another.
        if (this.options.from !== undefined || position === undefined || this.#shown === 0) return;
        if (!now && this.#shown < CHECKPOINT_EVERY) return;
        if (await this.#kept.keep({
            position
        })) this.#shown = 0;
    }
    async #run() {
        const { signal } = this.#abort;
        while(!signal.aborted){
            try {
                const after = await this.#begin();
                const subscription = this.options.store.subscribe({
                    after,
                    filter: {
                        prefixes
                    },
                    signal
                });
                for await (const batch of subscription){
                    for (const event of batch.events){
                        const pending = this.#show(event);
                        if (pending !== undefined) {
                            await pending;
                            // It may not have been handled after all: shown again after the restart.
                            if (signal.aborted) return;
                        }
                        this.#position = event.position;
                    }
                    this.#position = batch.position;
                    this.#shown += batch.events.length;
                    await this.#checkpoint(batch.caughtUp && batch.events.length === 0);
                    if (signal.aborted) break;
                }
            } catch (error) {
                if (signal.aborted) return;
                if (!isOutage(error)) {
                    this.options.onEnded(error);
                    return;
                }
                await this.#pause(OUTAGE_PAUSE);
            }
        }
    }
    async #begin() {
        if (this.#position === undefined) {
            this.#position = this.options.from ?? (await this.#kept.read())?.position ?? 0;
        }
        return this.#position;
    }
    /** Nothing to wait for unless a saga is asynchronous or in trouble: most events pass without a turn of the loop. */ #show(recorded) {
        const sagas = this.#caringFor(recorded.type);
        if (sagas.length === 0) return undefined;
        let event;
        try {
            event = decodeEvent(recorded);
        } catch (error) {
            return this.options.onParked(DECODING, recorded, error) ?? undefined;
        }
        return event === undefined ? undefined : this.#showFrom(0, sagas, event);
    }
    #caringFor(type) {
        let caring = this.#caring.get(type);
        if (caring === undefined) {
            caring = this.options.sagas.filter((saga)=>caresFor(saga, type));
            this.#caring.set(type, caring);
        }
        return caring;
    }
    #showFrom(index, sagas, event) {
        for(let at = index; at < sagas.length; at += 1){
            const pending = this.#offer(sagas[at], event);
            if (pending !== undefined) return pending.then(()=>this.#showFrom(at + 1, sagas, event));
        }
        return undefined;
    }
    #offer(saga, event) {
        try {
            const pending = saga.handle(event);
            return pending?.catch((error)=>this.#again(saga, event, error));
        } catch (error) {
            return this.#again(saga, event, error);
        }
    }
    /** Two more tries, further and further apart, and then the event is parked. While the store is away, none counts. */ async #again(saga, event, first) {
        let error = first;
        for(let attempt = 2; attempt <= TRIES;){
            const away = isOutage(error);
            await this.#pause(away ? OUTAGE_PAUSE : RETRY_PAUSE * 4 ** attempt);
            if (!away) attempt += 1;
            if (this.#abort.signal.aborted) return;
            try {
                await saga.handle(event);
                return;
            } catch (thrown) {
                error = thrown;
            }
        }
        await this.options.onParked(saga.name, event, error);
    }
    #pause(delay) {
        return pause((over)=>this.options.environment.timers.after(delay, over), this.#abort.signal);
    }
}

//# sourceMappingURL=saga-runner.js.map