import { streams } from '#lib/contracts/messages';
const EXPIRES_MS = 5_000;
const PAUSE_MS = 250;
/**
 * Pulls one durable consumer, as much at a time as there is room for:
 *
 *     asking ──(items)──► full ──(an item is settled)──► asking
 *       │ ▲
 *       ▼ └──(after a pause)── in trouble ──(the consumer is gone)──► stopped
 *     stopped
 */ export class Lane {
    #stopped;
    #wake;
    #consumer;
    #pulling;
    constructor(options){
        this.options = options;
        this.#stopped = false;
    }
    start() {
        void this.#run();
    }
    stop() {
        this.#stopped = true;
        this.wake();
        this.#pulling?.close().catch(()=>{});
    }
    wake() {
        this.#wake?.();
        this.#wake = undefined;
    }
    async #run() {
        while(!this.#stopped){
            const room = this.options.free();
            if (room <= 0) await this.#woken();
            else await this.#pull(room);
        }
    }
    async #pull(room) {
        const { js, name, take, onError, onGone } = this.options;
        try {
            this.#consumer ??= await js.consumers.get(streams.work, name);
            const messages = await this.#consumer.fetch({
                max_messages: room,
                expires: EXPIRES_MS
            });
            this.#pulling = messages;
            if (this.#stopped) messages.close().catch(()=>{});
            for await (const message of messages)take(message);
        } catch (error) {
            // Looked up anew: it may have been made again under the same name, or be gone for good.
            this.#consumer = undefined;
            if (this.#stopped) return;
            if (isGone(error)) {
                this.#stopped = true;
                return onGone();
            }
            onError(`lane ${name}`, error);
            await this.#woken(PAUSE_MS);
        } finally{
            this.#pulling = undefined;
        }
    }
    #woken(limit) {
        return new Promise((resolve)=>{
            const timer = limit === undefined ? undefined : setTimeout(resolve, limit);
            this.#wake = ()=>{
                clearTimeout(timer);
                resolve();
            };
        });
    }
}
const isGone = (error)=>error instanceof Error && (error.name === 'ConsumerNotFoundError' || error.name === 'StreamNotFoundError');

//# sourceMappingURL=lane.js.map