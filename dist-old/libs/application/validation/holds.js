import { keyOf } from './key-of.js';
/**
 * Schedules that were found good and are on their way to the log, by their ids. They count against the quotas of those
 * judged after them: two requests at once would pass a limit together.
 */ export class Holds {
    #byId;
    #claims;
    /** By user, and by user and provider. */ #ids;
    /** What was tried, and up to where the log is to be seen before it is known what came of it. */ #ended;
    #passed;
    /** A second one for the same connection and operation is a duplicate: it will not exist. A request sent twice is one. */ add(id, tenant, { user, provider, connection, operation }) {
        const known = this.#byId.get(id);
        const claim = keyOf(tenant, connection, operation);
        if (known !== undefined) known.requests += 1;
        if (known !== undefined || this.#claims.has(claim)) return;
        const keys = [
            keyOf(tenant, user),
            keyOf(tenant, user, provider)
        ];
        this.#byId.set(id, {
            claim,
            keys,
            requests: 1
        });
        this.#claims.add(claim);
        for (const key of keys)this.#ids.set(key, (this.#ids.get(key) ?? new Set()).add(id));
    }
    /** One request for each of them is over. Whether they were created is in the log, at or before `through`; 0: they were not. */ end(ids, through) {
        if (through > this.#passed) this.#ended.push({
            ids,
            through
        });
        else for (const id of ids)this.#leave(id);
    }
    /** It is in the log, and counted from there on. */ created(id) {
        const hold = this.#byId.get(id);
        if (hold === undefined) return;
        this.#byId.delete(id);
        this.#claims.delete(hold.claim);
        for (const key of hold.keys){
            const ids = this.#ids.get(key);
            ids?.delete(id);
            if (ids?.size === 0) this.#ids.delete(key);
        }
    }
    /** The log is counted up to there. */ passed(position) {
        this.#passed = Math.max(this.#passed, position);
        if (!this.#ended.some(({ through })=>through <= position)) return;
        const over = this.#ended.filter(({ through })=>through <= position);
        this.#ended = this.#ended.filter(({ through })=>through > position);
        for (const id of over.flatMap(({ ids })=>ids))this.#leave(id);
    }
    /** Those of a user, or of a user with a provider. */ of(tenant, user, provider) {
        return this.#ids.get(keyOf(tenant, user, provider)) ?? none;
    }
    #leave(id) {
        const hold = this.#byId.get(id);
        if (hold === undefined) return;
        hold.requests -= 1;
        if (hold.requests === 0) this.created(id);
    }
    constructor(){
        this.#byId = new Map();
        this.#claims = new Set();
        this.#ids = new Map();
        this.#ended = [];
        this.#passed = 0;
    }
}
const none = new Set();

//# sourceMappingURL=holds.js.map