/**
 * What this node knows of the leases: its own with the clock that ends them, the others' as last seen. The server does
 * not tell when an entry expires, so whoever was not seen for a whole lifetime is taken to be gone; if not, creating the
 * key fails, and nothing is lost but a try.
 */ export class LeaseTable {
    #held;
    #seen;
    #nodes;
    constructor(node, ttl, margin, clock){
        this.node = node;
        this.ttl = ttl;
        this.margin = margin;
        this.clock = clock;
        this.#held = new Map();
        this.#seen = new Map();
        this.#nodes = new Map();
    }
    holds(lease) {
        const held = this.#held.get(lease);
        return held !== undefined && this.clock.monotonic() < held.since + this.ttl - this.margin;
    }
    held(lease) {
        return this.#held.get(lease);
    }
    mine() {
        return this.#held.entries();
    }
    epoch(lease) {
        return Math.max(this.#held.get(lease)?.epoch ?? 0, this.#seen.get(lease)?.epoch ?? 0);
    }
    hold(lease, held) {
        this.#held.set(lease, held);
    }
    drop(lease) {
        this.#held.delete(lease);
    }
    dropAll() {
        this.#held.clear();
    }
    see(lease, seen) {
        this.#seen.set(lease, {
            ...seen,
            at: this.clock.monotonic()
        });
        if (seen.node !== this.node) this.#held.delete(lease);
    }
    /** Given up by its holder: anyone may take it, and its epoch stays known. */ seeFree(lease) {
        const seen = this.#seen.get(lease);
        if (seen !== undefined) this.#seen.set(lease, {
            ...seen,
            at: Number.NEGATIVE_INFINITY
        });
    }
    /** Held by someone we have not heard of: asked for again later. */ seeTaken(lease) {
        const seen = this.#seen.get(lease);
        const at = this.clock.monotonic() - this.ttl * 0.75;
        this.#seen.set(lease, {
            node: seen?.node ?? '',
            epoch: seen?.epoch ?? 0,
            at
        });
    }
    seeNode(node) {
        this.#nodes.set(node, this.clock.monotonic());
    }
    loseNode(node) {
        this.#nodes.delete(node);
    }
    /** Leases of ours that a third of their life has passed since they were renewed; expired ones may be gone, and are dropped. */ due() {
        const now = this.clock.monotonic();
        for (const [lease, { since }] of this.#held)if (now >= since + this.ttl) this.#held.delete(lease);
        return [
            ...this.#held
        ].filter(([, { since }])=>now >= since + this.ttl / 3).map(([lease])=>lease);
    }
    /** Of ours, those above this node's even share. */ surplus(leases) {
        const ours = leases.filter((lease)=>this.#held.has(lease));
        return ours.slice(this.#share(leases.length));
    }
    /** Free ones, up to this node's even share. */ wanted(leases) {
        const ours = leases.filter((lease)=>this.#held.has(lease)).length;
        return this.free(leases).slice(0, Math.max(0, this.#share(leases.length) - ours));
    }
    free(leases) {
        const now = this.clock.monotonic();
        return leases.filter((lease)=>{
            if (this.#held.has(lease)) return false;
            const seen = this.#seen.get(lease);
            return seen === undefined || now >= seen.at + this.ttl;
        });
    }
    /** Changes whenever what is held changes hands, which a renewal is not. */ fingerprint() {
        return [
            ...this.#held
        ].filter(([lease])=>this.holds(lease)).map(([lease, { epoch }])=>`${lease}@${epoch}`).sort().join(' ');
    }
    #share(count) {
        const now = this.clock.monotonic();
        for (const [node, at] of this.#nodes)if (now >= at + this.ttl) this.#nodes.delete(node);
        return Math.ceil(count / Math.max(1, this.#nodes.size));
    }
}

//# sourceMappingURL=lease-table.js.map