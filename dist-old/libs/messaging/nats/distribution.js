import { jetstream } from '@nats-io/jetstream';
import { streams, subjects } from '#lib/contracts/messages';
import { Giver } from './giver.js';
import { DeskServer } from './desk-server.js';
import { carrying } from './streams.js';
const PUBLISH_TIMEOUT = 5_000;
/** The scheduler's end of the work queue. Publishes without waiting: what is lost is offered again, because the log says so. */ export class NatsDistribution {
    #js;
    #listener;
    #giver;
    #desk;
    constructor(options){
        this.options = options;
        this.#listener = ()=>{};
        this.#js = jetstream(options.nc, {
            timeout: PUBLISH_TIMEOUT
        });
        // Two heartbeats and a half.
        this.#giver = new Giver({
            ...options,
            silence: options.leaseMs / 2
        });
        void this.#reconnections();
    }
    /**
   * What was said while the connection was gone, or shortly before, may not have arrived: offers here, and at the
   * executors' end that an item is given back. All that nobody has claimed is offered again; a double is refused.
   */ async #reconnections() {
        for await (const { type } of this.options.nc.status())if (type === 'reconnect') this.#listener();
    }
    offer(item) {
        this.#publish(item).catch((error)=>this.#lost(item, error));
    }
    onLost(listener) {
        this.#listener = listener;
    }
    /**
   * A first offer is sent and not waited for: an acknowledgement for each run would cost more than the runs that it
   * saves, and what did not arrive is offered again. That second offer asks for one, and finds out what is missing. Each
   * has a message id of its own, so that JetStream drops the double of one that was published twice, and no other:
   * whatever it thinks it has of an earlier offer, nobody took it.
   */ async #publish(item) {
        const { nc, layout } = this.options;
        const { provider, priority, run, attempt, epoch, repeat } = item;
        const [subject, payload] = [
            subjects.work(provider, priority),
            JSON.stringify(item)
        ];
        const msgID = `${run}/${attempt}/${epoch}/${repeat}`;
        const made = layout.lane(provider, priority, repeat > 0);
        if (repeat === 0) {
            nc.publish(subject, payload, {
                headers: carrying(msgID)
            });
            return made;
        }
        const sent = this.#js.publish(subject, payload, {
            msgID,
            timeout: PUBLISH_TIMEOUT,
            retries: 1
        });
        await Promise.all([
            made,
            sent
        ]);
    }
    /** Most likely the stream is gone, or NATS is: the first is mended here, and all that was in it is offered again. */ #lost(item, error) {
        const { layout, onError, nc } = this.options;
        onError(`offer ${item.run}`, error);
        if (nc.isClosed()) return;
        this.#listener(item.run);
        layout.forgetLanes();
        layout.ensure().then((made)=>made.includes(streams.work) && this.#listener(), (again)=>onError('streams', again));
    }
    seat(provider) {
        const { places } = this.#giver;
        const place = places.hold(provider);
        if (place === undefined) return undefined;
        const { executor, claim } = place;
        const leave = ()=>places.leave(place);
        return {
            executor,
            claim,
            take: (item, granted)=>{
                if (granted === undefined) {
                    leave();
                    return this.offer(item);
                }
                places.give(item.run, place);
                this.#giver.give({
                    executor,
                    claim
                }, item, granted);
            },
            leave
        };
    }
    settled(run) {
        this.#giver.places.settled(run);
    }
    give(to, item, granted) {
        this.#giver.give(to, item, granted);
    }
    /** An item in the queue cannot be taken out by its run; a double of it is refused at the claim. */ withdraw() {}
    cancel(run) {
        if (!this.options.nc.isClosed()) this.options.nc.publish(subjects.stop(subjects.everyExecutor), JSON.stringify({
            run
        }));
    }
    serve(desk) {
        const { nc, leases, timers, onError } = this.options;
        const onBeat = (beat)=>this.#giver.heard(beat);
        this.#desk = new DeskServer({
            nc,
            leases,
            desk,
            onBeat,
            timers,
            onError
        });
    }
    close() {
        this.#desk?.close();
    }
}

//# sourceMappingURL=distribution.js.map