import { patiently } from '#lib/application/following';
import { GivingWay } from '#lib/application/relay';
import { pause } from '#lib/ports';
import { Endpoint } from './endpoint.js';
import { deliverableStreams } from './lanes.js';
import { Places } from './places.js';
import { Subjects } from './subjects.js';
const BATCH = 256;
/** As many in one batch, and more to come: the log grows fast. */ const MUCH = BATCH / 2;
const PAUSE = 500;
/**
 * Tells every endpoint what it asked for: one subscription on the log feeds those that keep up, and those that do not read
 * it for themselves. Without endpoints the log is not followed. Where it had come to is kept beside the log; what became
 * of each delivery is in it.
 */ export class WebhookDeliveries {
    #abort;
    #endpoints;
    #subjects;
    #places;
    /** Of the feed; undefined until it has begun. */ #position;
    #starting;
    #following;
    constructor(options){
        this.options = options;
        this.#abort = new AbortController();
        this.#endpoints = new Map();
        this.#starting = Promise.resolve();
        this.#subjects = new Subjects(options.actors, options.store);
        this.#places = new Places(options.store, options.environment);
    }
    start() {
        this.#starting = this.#start();
    }
    async stop() {
        this.#abort.abort();
        await this.#starting;
        await Promise.all([
            ...this.#endpoints.values()
        ].map((endpoint)=>endpoint.stop()));
        await this.#following;
        if (this.#following !== undefined) await this.#keepPlaces(true);
    }
    /** Something was decided about an endpoint, or it is new. */ changed({ id, tenant }, { at, deleted }) {
        if (this.#abort.signal.aborted) return;
        const known = this.#endpoints.get(id);
        if (deleted) {
            this.#endpoints.delete(id);
            void known?.stop();
        } else if (known !== undefined) known.changed(at);
        else if (this.#places.known) this.#open({
            id,
            tenant
        });
    }
    async #start() {
        const { signal } = this.#abort;
        while(!signal.aborted){
            try {
                await this.#places.read();
                for (const name of (await this.options.endpoints()))this.#open(name);
                return;
            } catch (error) {
                this.options.onError('webhooks', error);
                await this.#pause();
            }
        }
    }
    #open(name) {
        if (this.#endpoints.has(name.id) || this.#abort.signal.aborted) return;
        const { store, actors, environment, sender, onAttempt, onError } = this.options;
        const endpoint = new Endpoint(name.id, name.tenant, {
            store,
            actors,
            environment,
            sender,
            subjects: this.#subjects,
            fed: ()=>this.#position,
            onAttempt,
            onError
        });
        this.#endpoints.set(name.id, endpoint);
        endpoint.start(this.#places.of(name.id));
        this.#following ??= this.#follow();
    }
    #follow() {
        const { store, environment, onEnded } = this.options;
        const givingWay = new GivingWay(store, environment);
        const onError = (error)=>this.options.onError('webhooks', error);
        const patience = {
            signal: this.#abort.signal,
            timers: environment.timers,
            onError,
            onEnded
        };
        return patiently(async (signal)=>{
            const after = this.#position ?? await store.head();
            this.#feed([], after);
            const subscription = {
                after,
                filter: deliverableStreams,
                batchSize: BATCH,
                signal
            };
            for await (const { events, position, caughtUp } of store.subscribe(subscription)){
                if (!caughtUp && events.length >= MUCH) await givingWay.before(position, signal);
                if (signal.aborted) return;
                this.#feed(events, position);
                await this.#keepPlaces(false);
            }
        }, patience);
    }
    #feed(events, position) {
        this.#position = position;
        for (const endpoint of this.#endpoints.values())endpoint.offer(events, position);
        this.#places.passed(events.length);
    }
    #keepPlaces(now) {
        return this.#places.keep(this.#position ?? 0, this.#endpoints, now);
    }
    #pause() {
        return pause((over)=>this.options.environment.timers.after(PAUSE, over), this.#abort.signal);
    }
}

//# sourceMappingURL=deliveries.js.map