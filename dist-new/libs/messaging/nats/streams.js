import { AckPolicy, DiscardPolicy, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { headers, nanos } from '@nats-io/transport-node';
import { laneConsumer, streams, subjects } from '#lib/contracts/messages';
/** How long an item may go without a sign of life before JetStream hands it to another executor. */ export const ACK_WAIT_MS = 30_000;
const DAY = 24 * 3_600_000;
/** A lane that was made less long ago is believed to be there. */ const DOUBT_MS = 5_000;
/**
 * Nothing in these streams is truth: they are made again when they are gone, and filled again from the log. The window
 * of duplicates covers the second try of a publication.
 */ const configs = [
    {
        name: streams.work,
        subjects: [
            subjects.allWork
        ],
        retention: RetentionPolicy.Workqueue,
        discard: DiscardPolicy.Old,
        max_age: nanos(DAY)
    },
    {
        name: streams.commands,
        subjects: [
            subjects.allSubmitted
        ],
        retention: RetentionPolicy.Workqueue,
        // A publisher is told when the stream is full; an accepted command is never pushed out.
        discard: DiscardPolicy.New,
        max_bytes: 1024 ** 3
    },
    {
        name: streams.events,
        subjects: [
            subjects.allEvents
        ],
        retention: RetentionPolicy.Limits,
        discard: DiscardPolicy.Old,
        max_age: nanos(7 * DAY),
        max_bytes: 4 * 1024 ** 3
    },
    {
        // No age: a scheduler that joins reads all of it to know what the others know.
        name: streams.records,
        subjects: [
            subjects.allRecords
        ],
        retention: RetentionPolicy.Limits,
        discard: DiscardPolicy.Old,
        max_bytes: 8 * 1024 ** 3
    },
    {
        name: streams.parked,
        subjects: [
            subjects.allParked
        ],
        retention: RetentionPolicy.Limits,
        discard: DiscardPolicy.Old,
        max_age: nanos(30 * DAY),
        max_bytes: 256 * 1024 ** 2
    }
];
/** By the id a stream tells that it has a message already; what the client's own publications carry. */ export function carrying(msgID) {
    const carried = headers();
    carried.set('Nats-Msg-Id', msgID);
    return carried;
}
/** Keeps streams and consumers in being: asked whenever something says that one is missing. */ export class JetStreamLayout {
    #lanes;
    #ensuring;
    constructor(nc, manager, replicas){
        this.nc = nc;
        this.manager = manager;
        this.replicas = replicas;
        this.#lanes = new Map();
    }
    static async open(nc, replicas) {
        const layout = new JetStreamLayout(nc, await jetstreamManager(nc, {
            timeout: 10_000
        }), replicas);
        await layout.ensure();
        return layout;
    }
    /** Makes what is missing, once however many ask. Existing streams are left as an operator has set them. What it made. */ ensure() {
        this.#ensuring ??= this.#make().finally(()=>this.#ensuring = undefined);
        return this.#ensuring;
    }
    async #make() {
        const present = new Set(await this.#names());
        const made = [];
        for (const config of configs){
            if (config.name === undefined || present.has(config.name)) continue;
            made.push(config.name);
            await this.manager.streams.add({
                storage: StorageType.File,
                num_replicas: this.replicas,
                duplicate_window: nanos(120_000),
                ...config,
                name: config.name
            });
        }
        if (made.includes(streams.work)) this.#lanes.clear();
        return made;
    }
    async #names() {
        const names = [];
        for await (const name of this.manager.streams.names())names.push(name);
        return names;
    }
    /**
   * The consumer of a provider's and priority's items, made before its first item and told to every executor. When in
   * doubt it is made again, now and then: an old copy of the server's files, restored, has the stream and not the lane.
   */ lane(provider, priority, doubted = false) {
        const name = laneConsumer(provider, priority);
        const known = this.#lanes.get(name);
        const now = performance.now();
        if (known !== undefined && !(doubted && now - known.at > DOUBT_MS)) return known.made;
        const made = this.#makeLane(name, subjects.work(provider, priority));
        this.#lanes.set(name, {
            made,
            at: now
        });
        made.catch(()=>this.#lanes.delete(name));
        return made;
    }
    /** Consumers may have gone with their stream: made again at the next offer. */ forgetLanes() {
        this.#lanes.clear();
    }
    async #makeLane(name, filter) {
        await this.manager.consumers.add(streams.work, {
            durable_name: name,
            filter_subject: filter,
            ack_policy: AckPolicy.Explicit,
            ack_wait: nanos(ACK_WAIT_MS),
            max_deliver: -1,
            max_ack_pending: 50_000
        });
        this.nc.publish(subjects.lanes, name);
    }
}

//# sourceMappingURL=streams.js.map