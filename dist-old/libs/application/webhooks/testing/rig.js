import { Actors, webhookAggregate } from '#lib/application/actors';
import { decodeEvent } from '#lib/contracts/events';
import { streamPrefixes, webhookStream } from '#lib/contracts/streams';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable } from '#lib/event-store/port';
import { draws, VirtualTime } from '#lib/ports/testing';
import { WebhookDeliveries, WebhookWatchSaga } from '../index.js';
import { Receivers } from './receivers.js';
const uuid = (n)=>`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const context = {
    tenant: 'default',
    actor: 'api:test',
    correlation: uuid(0)
};
/** Delivering on a virtual clock: endpoints are the test's, the log outlives whoever delivers. */ export class Rig {
    #ids;
    #events;
    #running;
    #own;
    constructor(seed = 1){
        this.time = new VirtualTime();
        /** The share of appends to endpoints' streams that fail, before they are stored or after. */ this.trouble = 0;
        this.store = new MemoryEventStore({
            faults: {
                beforeAppend: (stream)=>this.#fault(stream),
                afterAppend: (stream)=>this.#fault(stream)
            }
        });
        this.receivers = new Receivers(this.time);
        /** Until then whoever delivers does not hear what is decided about endpoints. */ this.informed = Promise.resolve();
        /** The log answers no question about all of it. */ this.unreadable = false;
        this.errors = [];
        this.#ids = 0;
        this.#events = 0;
        this.#running = [];
        this.random = draws(seed);
        this.#own = this.#actors();
    }
    #fault(stream) {
        return stream.startsWith(streamPrefixes.webhook) && this.random() < this.trouble ? storeUnavailable('the store did not answer') : undefined;
    }
    get environment() {
        const { clock, timers } = this.time;
        return {
            clock,
            timers,
            random: {
                fraction: this.random
            },
            ids: {
                next: ()=>uuid(1_000_000 + (this.#ids += 1))
            }
        };
    }
    #actors() {
        return new Actors({
            store: this.store,
            environment: this.environment,
            capacity: 1_000,
            snapshotEvery: 50,
            shared: true
        });
    }
    /** For as long as that takes, the store is well. @throws what refuses it */ async command(id, command) {
        const { trouble } = this;
        this.trouble = 0;
        const answer = await this.#through(this.#own.execute(webhookAggregate, webhookStream(id), command, context));
        this.trouble = trouble;
        if (!answer.ok) throw new Error(answer.rejection.message);
        return answer.state;
    }
    async register(id, filter = {}) {
        const definition = {
            url: `https://${id}.example`,
            filter
        };
        await this.command(id, {
            type: 'RegisterWebhook',
            id,
            definition,
            after: await this.store.head()
        });
    }
    /** One event of a schedule. */ async happens(schedule, type = 'RunCancelRequested') {
        const stream = `schedule-${schedule}`;
        const { length } = await this.store.readStream(stream);
        const id = uuid(this.#events += 1);
        const metadata = {
            v: 1,
            at: this.time.clock.now(),
            ...context
        };
        await this.store.append(stream, length - 1, [
            {
                id,
                type,
                data: {
                    run: 'r',
                    reason: 'requested'
                },
                metadata
            }
        ]);
    }
    /** One more who delivers. */ begin() {
        const ended = new AbortController();
        const endpoints = async ()=>{
            const events = await this.store.readAll(0, 100_000, {
                prefixes: [
                    streamPrefixes.webhook
                ]
            });
            const ids = events.filter(({ type })=>type === 'WebhookRegistered').map(({ stream })=>stream);
            return ids.map((stream)=>({
                    id: stream.slice(streamPrefixes.webhook.length),
                    tenant: 'default'
                }));
        };
        const deliveries = new WebhookDeliveries({
            store: this.#readable(),
            actors: this.#actors(),
            environment: this.environment,
            sender: {
                // A process that is dead sends nothing more, and hears no answer.
                send: async (message, signal)=>{
                    if (ended.signal.aborted) return new Promise(()=>{});
                    const result = await this.receivers.send(message, signal);
                    return ended.signal.aborted ? new Promise(()=>{}) : result;
                }
            },
            endpoints,
            onAttempt: ()=>{},
            onError: (what, error)=>this.errors.push(`${what}: ${String(error)}`),
            onEnded: (error)=>this.errors.push(String(error))
        });
        this.#running.push({
            deliveries,
            ended
        });
        const watch = new WebhookWatchSaga((endpoint, what)=>deliveries.changed(endpoint, what));
        void this.#watch(watch, ended.signal);
        deliveries.start();
    }
    /** The log, as whoever delivers reads it. */ #readable() {
        const { store } = this;
        const readAll = async (...asked)=>{
            if (this.unreadable) throw storeUnavailable('it cannot be read');
            return store.readAll(...asked);
        };
        return new Proxy(store, {
            get: (target, name)=>{
                if (name === 'readAll') return readAll;
                const value = Reflect.get(target, name);
                return typeof value === 'function' ? value.bind(target) : value;
            }
        });
    }
    async #watch(saga, signal) {
        const after = await this.store.head();
        for await (const { events } of this.store.subscribe({
            after,
            signal
        }))for (const event of events){
            await this.informed;
            if (saga.types.some((type)=>type === event.type)) saga.handle(decodeEvent(event));
        }
    }
    /** The longest running is dead, amid whatever it did. */ kill() {
        const first = this.#running.shift();
        first?.ended.abort();
        void first?.deliveries.stop();
    }
    /** All end what they do. */ async stop() {
        const stops = this.#running.splice(0).map(({ deliveries, ended })=>deliveries.stop().finally(()=>ended.abort()));
        await this.#through(Promise.all(stops));
    }
    /** Time passes until it is over. */ async #through(work) {
        let over = false;
        const ended = ()=>void (over = true);
        work.then(ended, ended);
        for(;;){
            await this.time.settle();
            if (over) return work;
            this.time.advance(Math.max(1, this.time.next ?? 1));
        }
    }
    get running() {
        return this.#running.length;
    }
    /** Until nothing more happens at this instant. */ async calm() {
        for(let before = -1, now = await this.#seen(); before !== now;){
            before = now;
            await this.time.settle();
            now = await this.#seen();
        }
    }
    async #seen() {
        let got = await this.store.head();
        for (const each of this.receivers.got.values())got += each.length;
        return got;
    }
    /** From timer to timer. */ async pass(length) {
        const until = this.time.clock.now() + length;
        for(;;){
            await this.calm();
            const left = until - this.time.clock.now();
            if (left <= 0) return;
            this.time.advance(Math.min(left, Math.max(1, this.time.next ?? left)));
        }
    }
    /** Everything on an endpoint's stream. */ async log(id) {
        const events = await this.store.readStream(webhookStream(id));
        return events.map((event)=>decodeEvent(event));
    }
}

//# sourceMappingURL=rig.js.map