import { keyed } from '#lib/application/actors';
import { accepted } from './rejection.js';
/** Longest wait of a read for what was just written, in milliseconds. */ const PATIENCE = 5_000;
export const stopped = ()=>new Error('it was stopped: make another SyncScheduler');
/** What every part stands on: whom it acts for, and the engine, while there is one. */ export class Session {
    #ended;
    constructor(opened, tenant){
        this.opened = opened;
        this.tenant = tenant;
        this.#ended = false;
    }
    /** @throws once it was stopped */ get engine() {
        if (this.#ended) throw stopped();
        return this.opened;
    }
    /** From now on everything is refused, whoever still holds a part. */ end() {
        this.#ended = true;
    }
    /** Now, in whole milliseconds. */ get now() {
        return Math.floor(this.engine.environment.clock.now());
    }
    /** Who asks, and under which key. */ context(asked) {
        const context = {
            tenant: this.tenant,
            actor: 'sdk',
            correlation: this.engine.environment.ids.next()
        };
        if (asked?.key === undefined) return context;
        return keyed(context, asked.key, {
            target: asked.target,
            body: asked.body
        });
    }
    /** Resolves when reads reflect what was written. @throws {RequestRejected} as it was decided */ async seen(asked) {
        const answer = accepted(await asked);
        await this.reached(answer.position);
        return answer;
    }
    async reached(position) {
        await this.opened.readModel.waitFor(position, PATIENCE);
    }
    /** Resolves when reads reflect all that is in the log now. */ async caughtUp() {
        await this.reached(await this.engine.store.head());
    }
}

//# sourceMappingURL=session.js.map