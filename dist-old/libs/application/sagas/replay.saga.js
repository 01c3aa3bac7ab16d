import { parkingAggregate } from '#lib/application/actors';
import { decodeEvent } from '#lib/contracts/events';
import { DECODING } from '#lib/domain/parking';
import { isOutage } from './outage.js';
import { park } from './parking.js';
import { caresFor } from './saga.js';
/**
 * Shows a parked event to its saga again, once for each time that somebody asks. A saga that takes it does late what it
 * would have done then, and must bear to find the world further on, as after any restart. One that fails again has it
 * parked again, with the new reason.
 */ export class ReplaySaga {
    constructor(actors, store, sagas){
        this.actors = actors;
        this.store = store;
        this.sagas = sagas;
        this.name = 'replay';
        this.types = [
            'ReplayRequested'
        ];
    }
    async handle(request) {
        const { tenant, correlation } = request.metadata;
        const context = {
            tenant,
            actor: `saga:${this.name}`,
            correlation,
            causation: request.id
        };
        const { state } = await this.actors.read(parkingAggregate, request.stream);
        // Shown again after a restart: it is done, or failed since and waits to be asked for anew.
        if (state.status !== 'replaying') return;
        await this.#replay(state.facts, context);
        // Where it was parked again, this changes nothing.
        const confirm = {
            type: 'ConfirmReplay',
            id: request.data.id
        };
        await this.actors.execute(parkingAggregate, request.stream, confirm, context);
    }
    async #replay(facts, context) {
        const parkFor = (handler, error)=>park(this.actors, {
                ...facts,
                handler
            }, error, context);
        const read = await this.#read(facts);
        if ('error' in read) return parkFor(facts.handler, read.error);
        // What nobody could read is for everybody who cares for it, and parked for those who fail on it.
        const named = this.sagas.filter(({ name })=>facts.handler === DECODING || name === facts.handler);
        if (named.length === 0) return parkFor(facts.handler, new Error(`no saga is called ${facts.handler}`));
        for (const saga of named){
            const failed = await this.#show(saga, read.event);
            if (failed !== undefined) await parkFor(saga.name, failed.error);
        }
    }
    async #read({ stream, revision }) {
        const [recorded] = await this.store.readStream(stream, {
            from: revision,
            limit: 1
        });
        if (recorded === undefined) return {
            error: new Error(`there is no event ${revision} on ${stream}`)
        };
        try {
            return {
                event: decodeEvent(recorded)
            };
        } catch (error) {
            return {
                error
            };
        }
    }
    async #show(saga, event) {
        if (event === undefined || !caresFor(saga, event.type)) return undefined;
        try {
            await saga.handle(event);
            return undefined;
        } catch (error) {
            if (isOutage(error)) throw error;
            return {
                error
            };
        }
    }
}

//# sourceMappingURL=replay.saga.js.map