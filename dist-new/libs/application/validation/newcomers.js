import { keyOf } from './key-of.js';
const keysOf = ({ tenant, user, provider })=>[
        keyOf(tenant, user),
        keyOf(tenant, user, provider)
    ];
/**
 * Schedules that the log has already and the read model does not count yet: it may be seconds behind while much goes
 * on, and whoever creates many in that time would go beyond a quota unseen.
 */ export class Newcomers {
    #creations;
    #first;
    /** Those before this one are found by user: the others when somebody asks, as most are counted before anybody does. */ #indexed;
    /** Positions by user, and by user and provider. */ #positions;
    /** Every event of the log, in order. `counted`: the position up to which the read model counts. */ saw(event, counted) {
        if (event.type !== 'ScheduleCreated') return;
        this.#forget(counted);
        const { position, metadata, data } = event;
        const { user, provider } = data.definition;
        this.#creations.push({
            position,
            tenant: metadata.tenant,
            user,
            provider
        });
    }
    /** How many of a user, or of a user with a provider, came after a position. */ after(position, tenant, user, provider) {
        for(; this.#indexed < this.#creations.length; this.#indexed += 1)this.#index(this.#indexed);
        return this.#positions.get(keyOf(tenant, user, provider))?.filter((at)=>at > position).length ?? 0;
    }
    #index(at) {
        const creation = this.#creations[at];
        if (creation === undefined) return;
        for (const key of keysOf(creation)){
            const positions = this.#positions.get(key);
            if (positions === undefined) this.#positions.set(key, [
                creation.position
            ]);
            else positions.push(creation.position);
        }
    }
    #forget(counted) {
        for(let next = this.#creations[this.#first]; next !== undefined && next.position <= counted;){
            if (this.#first < this.#indexed) this.#unlist(next);
            this.#first += 1;
            next = this.#creations[this.#first];
        }
        this.#indexed = Math.max(this.#indexed, this.#first);
        if (this.#first < 1_000 || this.#first * 2 < this.#creations.length) return;
        this.#creations.splice(0, this.#first);
        this.#indexed -= this.#first;
        this.#first = 0;
    }
    /** Positions are in order: the first of each of its keys is its own. */ #unlist(creation) {
        for (const key of keysOf(creation)){
            const positions = this.#positions.get(key);
            positions?.shift();
            if (positions?.length === 0) this.#positions.delete(key);
        }
    }
    constructor(){
        this.#creations = [];
        this.#first = 0;
        this.#indexed = 0;
        this.#positions = new Map();
    }
}

//# sourceMappingURL=newcomers.js.map