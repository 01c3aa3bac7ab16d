import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { laneConsumer, streams, subjects, workItemSchema } from '#lib/contracts/messages';
import { priorities } from '#lib/domain/schedule';
import { DeskClient } from './desk-client.js';
import { parseMessage } from './json.js';
import { accept, LATE_GIFTS } from './given.js';
import { Lane } from './lane.js';
import { obey } from './stop.js';
import { ACK_WAIT_MS } from './streams.js';
const LIST_EVERY = 5_000;
/** After a failure, before the item is handed to someone again. */ const NAK_MS = 1_000;
/**
 * The executor's end of the work queue. One lane per provider and priority is pulled; all lanes share the capacity.
 * An item is acknowledged once it was reported or refused: an acknowledgement says that the item is of no more use,
 * never who owns the run.
 */ export class NatsIntake {
    #js;
    #lanes;
    #subscriptions;
    #consumer;
    #inFlight;
    #listing;
    constructor(options){
        this.options = options;
        this.#lanes = new Map();
        this.#subscriptions = [];
        this.#inFlight = 0;
        this.desk = new DeskClient(options);
        this.#js = jetstream(options.nc, {
            timeout: 10_000
        });
    }
    consume(consumer) {
        const { nc, executor } = this.options;
        this.#consumer = consumer;
        for (const whom of [
            subjects.everyExecutor,
            executor
        ]){
            const callback = (_, message)=>obey(message.data, consumer);
            this.#subscriptions.push(nc.subscribe(subjects.stop(whom), {
                callback
            }));
        }
        const callback = (_, message)=>this.#open(message.string());
        this.#subscriptions.push(nc.subscribe(subjects.lanes, {
            callback
        }));
        const gifts = nc.subscribe(subjects.give(executor), {
            callback: (_, message)=>{
                for (const ended of accept(message, consumer))void this.#count(ended);
            }
        });
        const list = ()=>void this.#list().catch((error)=>this.options.onError('lanes', error));
        list();
        this.#listing = setInterval(list, LIST_EVERY);
        return ()=>this.#leave(gifts);
    }
    async #leave(gifts) {
        const { nc, timers } = this.options;
        clearInterval(this.#listing);
        this.#consumer = undefined;
        for (const lane of this.#lanes.values())lane.stop();
        this.#lanes.clear();
        if (nc.isClosed()) return;
        for (const subscription of this.#subscriptions.splice(0))subscription.unsubscribe();
        // A scheduler may have given something before it heard that this process leaves.
        await new Promise((resolve)=>timers.after(LATE_GIFTS, resolve));
        if (!nc.isClosed()) gifts.unsubscribe();
    }
    /** Announcements may be missed: the list of consumers has every lane. */ async #list() {
        const manager = await jetstreamManager(this.options.nc, {
            timeout: 5_000,
            checkAPI: false
        });
        for await (const { name } of manager.consumers.list(streams.work))this.#open(name);
    }
    #open(name) {
        const consumer = this.#consumer;
        if (consumer === undefined || this.#lanes.has(name) || !serves(name, consumer.providers)) return;
        const lane = new Lane({
            name,
            js: this.#js,
            free: ()=>Math.ceil((consumer.capacity - this.#inFlight) / Math.max(1, this.#lanes.size)),
            take: (message)=>void this.#take(message, consumer),
            onError: this.options.onError,
            onGone: ()=>this.#lanes.delete(name)
        });
        this.#lanes.set(name, lane);
        lane.start();
    }
    async #take(message, consumer) {
        const parsed = parseMessage(workItemSchema, message.data);
        if (!parsed.ok) return this.#park(message, parsed.why);
        this.#inFlight += 1;
        // Told that it is being worked on, well before it would be handed to someone else.
        const alive = setInterval(()=>message.working(), ACK_WAIT_MS / 3);
        try {
            await consumer.handle(parsed.value);
            message.ack();
        } catch  {
            message.nak(NAK_MS);
        } finally{
            clearInterval(alive);
            this.#settled();
        }
    }
    /** An attempt that was given takes room from the lanes while it lasts. */ async #count(ended) {
        this.#inFlight += 1;
        await ended.catch(()=>{});
        this.#settled();
    }
    #settled() {
        this.#inFlight -= 1;
        for (const lane of this.#lanes.values())lane.wake();
    }
    /** Nobody will ever be able to read it: kept with the reason, out of everyone's way. */ async #park(message, why) {
        const { onError, executor } = this.options;
        onError('work item', new Error(`unreadable item parked: ${why}`));
        const payload = Buffer.from(message.data).toString('base64');
        const record = {
            subject: message.subject,
            sequence: message.seq,
            why,
            executor,
            payload
        };
        try {
            await this.#js.publish(subjects.parked('work'), JSON.stringify(record), {
                msgID: `work-${message.seq}`
            });
            message.term();
        } catch  {
            message.nak(NAK_MS);
        }
    }
}
const serves = (lane, providers)=>providers === undefined || providers.some((provider)=>priorities.some((priority)=>laneConsumer(provider, priority) === lane));

//# sourceMappingURL=intake.js.map