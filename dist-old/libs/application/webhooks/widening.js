/**
 * What an endpoint asks for since its words changed, and what had passed by the words of before: change by change. A
 * version of the endpoint is settled once all of that is asked for; what was not is found again by the next life.
 */ export class Widening {
    #jobs;
    #open;
    #next;
    #heard;
    constructor(/** The version that was settled by an earlier life; undefined: not known. */ settled){
        this.settled = settled;
        this.#jobs = [];
        this.#heard = 0;
    }
    /** Undefined: none is known to be. */ get version() {
        return this.settled;
    }
    /** Its words are those of this version now; `wider`: what that asks for of what has passed. */ heard(version, wider) {
        this.#heard = Math.max(this.#heard, version);
        if (wider !== undefined) this.#jobs.push({
            open: wider,
            after: 0
        });
        this.#settle();
    }
    /** The same one until it is told; undefined: there is none left. What fails is begun again behind what was told. */ async next() {
        while(this.#next === undefined){
            const [job] = this.#jobs;
            if (job === undefined) return undefined;
            this.#open ??= job.open(job.after);
            try {
                const { value, done } = await this.#open.next();
                if (done !== true) this.#next = value;
                else this.#end();
            } catch (error) {
                this.#open = undefined;
                throw error;
            }
        }
        return this.#next;
    }
    told() {
        const [job] = this.#jobs;
        if (job !== undefined && this.#next !== undefined) job.after = this.#next.position;
        this.#next = undefined;
    }
    #end() {
        this.#open = undefined;
        this.#jobs.shift();
        this.#settle();
    }
    #settle() {
        if (this.#jobs.length === 0) this.settled = Math.max(this.settled ?? 0, this.#heard);
    }
}

//# sourceMappingURL=widening.js.map