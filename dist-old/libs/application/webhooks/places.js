import { Checkpoint } from '#lib/application/following';
const VERSION = 2;
const KEPT_EVERY = 1_000;
/**
 * Where endpoints are in the log, written at most once a second: an endpoint that is rarely told anything need not
 * read all of it again after a restart. One place for all of them; what it does not say, or says too early, is in the
 * endpoints' own streams.
 */ export class Places {
    #checkpoint;
    #kept;
    /** Events passed since. */ #passed;
    #keptAt;
    constructor(store, environment){
        this.environment = environment;
        this.#passed = 0;
        this.#keptAt = Number.NEGATIVE_INFINITY;
        this.#checkpoint = new Checkpoint(store, 'webhooks', VERSION);
    }
    async read() {
        this.#kept = await this.#checkpoint.read() ?? {
            position: 0,
            idle: {},
            behind: {}
        };
    }
    get known() {
        return this.#kept !== undefined;
    }
    /** Where an endpoint was; of one that is not named, its own stream says where it begins. */ of(id) {
        const { position, idle, behind } = this.#kept ?? {
            position: 0,
            idle: {},
            behind: {}
        };
        if (Object.hasOwn(idle, id)) return {
            after: position,
            version: idle[id]
        };
        const [after, version] = (Object.hasOwn(behind, id) ? behind[id] : undefined) ?? [
            0
        ];
        return {
            after,
            version
        };
    }
    passed(events) {
        this.#passed += events;
    }
    async keep(position, endpoints, now) {
        const at = this.environment.clock.monotonic();
        if (!now && at - this.#keptAt < KEPT_EVERY) return;
        // Where nothing came there is nothing to keep: on a log that holds checkpoints too, each would ask for another.
        const heard = (id, { version = 0 })=>version > (this.of(id).version ?? 0);
        if (this.#passed === 0 && ![
            ...endpoints
        ].some((each)=>heard(...each))) return;
        const state = this.#placesOf(position, endpoints);
        if (!await this.#checkpoint.keep(state)) return;
        this.#kept = state;
        this.#passed = 0;
        this.#keptAt = at;
    }
    #placesOf(position, endpoints) {
        const idle = {};
        const behind = {};
        for (const [id, endpoint] of endpoints){
            const before = this.of(id);
            const version = endpoint.version ?? before.version;
            const at = endpoint.safe ?? before.after;
            if (endpoint.idle && version !== undefined) idle[id] = version;
            else behind[id] = version === undefined ? [
                at
            ] : [
                at,
                version
            ];
        }
        return {
            position,
            idle,
            behind
        };
    }
}

//# sourceMappingURL=places.js.map