import { subjects } from '#lib/contracts/messages';
import { Places } from './places.js';
import { portions } from './portions.js';
/** An executor answers as soon as it has read the message. */ const TIMEOUT = 2_000;
/**
 * Gives executors attempts that they hold already. What is given in one turn of the event loop goes out together.
 * Who does not answer gets nothing more before it has answered to an empty message, sent with its next heartbeats. Those
 * tell what it knows of: the rest is given again, or its lease runs out with whoever should have had it.
 */ export class Giver {
    #outbox;
    constructor(options){
        this.options = options;
        this.#outbox = new Map();
        this.places = new Places(options.clock, options.silence);
    }
    heard(beat) {
        const place = this.places.heard(beat);
        if (place !== undefined && !place.open) void this.#request(place, []);
    }
    give(to, item, granted) {
        const key = `${to.executor} ${to.claim}`;
        let waiting = this.#outbox.get(key);
        if (waiting === undefined) this.#outbox.set(key, waiting = {
            to,
            items: []
        });
        waiting.items.push(JSON.stringify({
            item,
            granted
        }));
        if (this.#outbox.size === 1 && waiting.items.length === 1) this.options.timers.soon(()=>this.#send());
    }
    #send() {
        for (const { to, items } of this.#outbox.values())for (const some of portions(items, Buffer.byteLength))void this.#request(to, some);
        this.#outbox.clear();
    }
    async #request(to, items) {
        const { nc, onError } = this.options;
        if (nc.isClosed()) return;
        try {
            const message = `{"claim":${JSON.stringify(to.claim)},"items":[${items.join()}]}`;
            await nc.request(subjects.give(to.executor), message, {
                timeout: TIMEOUT
            });
            this.places.answers(to, true);
        } catch (error) {
            this.places.answers(to, false);
            if (items.length > 0) onError(`give ${to.executor}`, error);
        }
    }
}

//# sourceMappingURL=giver.js.map