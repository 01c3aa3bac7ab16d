import { Checkpoint, patiently } from '#lib/application/following';
import { streamPrefixes } from '#lib/contracts/streams';
import { GivingWay } from './give-way.js';
const BATCH = 256;
/** A checkpoint is written at most this often: what comes after it may be published twice, under the same ids. */ const CHECKPOINT_EVERY_MS = 1_000;
const prefixes = Object.values(streamPrefixes);
/**
 * Tells the world: publishes every event of the log in order, batch by batch, and remembers how far it came. The store
 * is the outbox, so nothing that was decided can be left untold; after a crash some is told again.
 *
 * While the log grows faster than it is told, telling waits for up to two seconds: runs that are due start first, and
 * the processor is theirs until then.
 */ export class Relay {
    #abort;
    #position;
    /** Events relayed since the checkpoint that is stored. */ #relayed;
    #storedAt;
    #running;
    #givingWay;
    #kept;
    constructor(options){
        this.options = options;
        this.#abort = new AbortController();
        this.#relayed = 0;
        this.#storedAt = 0;
        this.#givingWay = new GivingWay(options.store, options.environment);
        this.#kept = new Checkpoint(options.store, 'relay');
    }
    start() {
        this.#running = this.#run();
    }
    async stop() {
        this.#abort.abort();
        await this.#running;
        await this.#checkpoint(true);
    }
    #run() {
        const { signal } = this.#abort;
        const { timers } = this.options.environment;
        const { onEnded } = this.options;
        const onError = (error)=>this.options.onError('relay', error);
        return patiently((until)=>this.#follow(until), {
            signal,
            timers,
            onError,
            onEnded
        });
    }
    async #follow(signal) {
        const { store, publisher, onRelayed } = this.options;
        const after = this.#position ??= (await this.#kept.read())?.position ?? 0;
        for await (const batch of store.subscribe({
            after,
            filter: {
                prefixes
            },
            batchSize: BATCH,
            signal
        })){
            if (batch.events.length === BATCH) await this.#givingWay.before(batch.position, signal);
            if (signal.aborted) return;
            if (batch.events.length > 0) await publisher.publish(batch.events);
            onRelayed(batch.events.length);
            this.#relayed += batch.events.length;
            this.#position = batch.position;
            await this.#checkpoint(false);
            if (signal.aborted) return;
        }
    }
    async #checkpoint(now) {
        const at = this.options.environment.clock.monotonic();
        const position = this.#position;
        // Where nothing was relayed there is nothing to keep: on a log that holds checkpoints too, each would ask for another.
        if (position === undefined || this.#relayed === 0) return;
        if (!now && at - this.#storedAt < CHECKPOINT_EVERY_MS) return;
        if (!await this.#kept.keep({
            position
        })) return;
        this.#relayed = 0;
        this.#storedAt = at;
    }
}

//# sourceMappingURL=relay.js.map