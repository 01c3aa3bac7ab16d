/** What the read model knows of the endpoints of a tenant, as of its position. */ const nothing = ()=>{};
/**
 * As many endpoints as a tenant may have. The read model counts them some time after they are made, and many may be asked
 * for meanwhile: those that were let in and are not counted yet are remembered here, of this process.
 */ export class Room {
    /** By tenant: where in the log each is; as far as can be for one that is on its way there. */ #coming;
    constructor(known, most){
        this.known = known;
        this.most = most;
        this.#coming = new Map();
    }
    /** Undefined: there is none left. One that is asked for again under its key is no new one. */ take(tenant, id) {
        const coming = this.#uncounted(tenant);
        if (coming.has(id) || this.known.webhook(tenant, id) !== undefined) return nothing;
        if (!this.#hasRoom(tenant, coming)) return undefined;
        coming.set(id, Infinity);
        this.#coming.set(tenant, coming);
        return (position)=>{
            if (position === undefined) coming.delete(id);
            else coming.set(id, position);
        };
    }
    #hasRoom(tenant, coming) {
        const counted = this.known.webhookCount(tenant);
        if (counted + coming.size < this.most) return true;
        // The count may be of a moment after the position: what is in it is not to be counted twice.
        const unknown = coming.keys().filter((id)=>this.known.webhook(tenant, id) === undefined);
        return counted + [
            ...unknown
        ].length < this.most;
    }
    /** What came since the read model's position. */ #uncounted(tenant) {
        const coming = this.#coming.get(tenant) ?? new Map();
        const counted = this.known.position();
        for (const [id, position] of coming)if (position <= counted) coming.delete(id);
        return coming;
    }
}

//# sourceMappingURL=room.js.map