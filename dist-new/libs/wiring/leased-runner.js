/** Keeps one runner going while this node holds its lease: a new one each time, from the stored checkpoint. */ export class LeasedRunner {
    #runner;
    /** One start or stop at a time. */ #turn;
    #forget;
    #stopped;
    constructor(leases, lease, create, onError = ()=>{}){
        this.leases = leases;
        this.lease = lease;
        this.create = create;
        this.onError = onError;
        this.#turn = Promise.resolve();
        this.#stopped = false;
    }
    start() {
        this.#forget = this.leases.onChange(()=>this.#follow());
        this.#follow();
    }
    async stop() {
        this.#stopped = true;
        this.#forget?.();
        await this.#turn;
        await this.#runner?.stop();
    }
    #follow() {
        this.#turn = this.#turn.then(()=>this.#switch()).catch((error)=>this.onError(this.lease, error));
    }
    async #switch() {
        const wanted = !this.#stopped && this.leases.holds(this.lease);
        if (wanted === (this.#runner !== undefined)) return;
        if (this.#runner !== undefined) {
            const runner = this.#runner;
            this.#runner = undefined;
            await runner.stop();
            return;
        }
        const runner = this.create();
        runner.start();
        this.#runner = runner;
    }
}

//# sourceMappingURL=leased-runner.js.map