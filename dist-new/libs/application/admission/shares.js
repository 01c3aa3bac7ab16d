/** How many attempts somebody of a tenant has offered or running. `runs`: known of them, waiting ones too. */ /** The share of each user, or of each connection, for as long as they have runs: looked up once a run, then at hand. */ export class Shares {
    #tenants;
    /** For one more run. */ of(tenant, key) {
        let shares = this.#tenants.get(tenant);
        if (shares === undefined) this.#tenants.set(tenant, shares = new Map());
        let share = shares.get(key);
        if (share === undefined) shares.set(key, share = {
            tenant,
            key,
            busy: 0,
            runs: 0
        });
        share.runs += 1;
        return share;
    }
    /** One run less. */ leave(share) {
        share.runs -= 1;
        if (share.runs > 0) return;
        const shares = this.#tenants.get(share.tenant);
        shares?.delete(share.key);
        if (shares?.size === 0) this.#tenants.delete(share.tenant);
    }
    constructor(){
        this.#tenants = new Map();
    }
}

//# sourceMappingURL=shares.js.map