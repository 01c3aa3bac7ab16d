import QuickLRU from 'quick-lru';
import { connectionAggregate, scheduleAggregate } from '#lib/application/actors';
import { isOutage } from '#lib/application/sagas';
import { parseStream } from '#lib/contracts/streams';
const CACHED = 10_000;
const textOf = (data, field)=>{
    const value = data[field];
    return typeof value === 'string' ? value : undefined;
};
/** Fields of an event's data that say whom it is about. */ function named({ data }) {
    const [user, connection] = [
        'user',
        'connection'
    ].map((field)=>textOf(data, field));
    // A subscription is merged over connections, of one service.
    const provider = textOf(data, 'provider') ?? textOf(data, 'service');
    return {
        ...user === undefined ? {} : {
            user
        },
        ...connection === undefined ? {} : {
            connection
        },
        ...provider === undefined ? {} : {
            provider
        }
    };
}
/**
 * Whom an event is about. A schedule's and a connection's user and provider never change, so that an event that is told
 * again is told in the same words.
 */ export class Subjects {
    #known;
    constructor(actors, store){
        this.actors = actors;
        this.store = store;
        this.#known = new QuickLRU({
            maxSize: CACHED / 2
        });
    }
    /** What nobody can read says no more of it than its name. */ async of(event) {
        const owner = parseStream(event.stream);
        try {
            if (owner?.kind === 'schedule') return await this.#cached(event.stream, ()=>this.#schedule(event, owner.id));
            if (owner?.kind === 'connection') return await this.#cached(event.stream, ()=>this.#connection(event));
            if (owner?.kind === 'conflict') return await this.#cached(event.stream, ()=>this.#conflict(event));
        } catch (error) {
            if (isOutage(error)) throw error;
            return owner?.kind === 'schedule' ? {
                schedule: owner.id
            } : named(event);
        }
        return named(event);
    }
    async #cached(stream, find) {
        const known = this.#known.get(stream);
        if (known !== undefined) return known;
        const found = await find();
        // Of a connection that is claimed before it is registered nobody knows yet whose it is.
        if (found.user !== undefined) this.#known.set(stream, found);
        return found;
    }
    async #schedule({ stream }, schedule) {
        const { state } = await this.actors.read(scheduleAggregate, stream);
        if (!('definition' in state)) return {
            schedule
        };
        const { user, connection, provider } = state.definition;
        return {
            schedule,
            user,
            connection,
            provider
        };
    }
    /** The first event of its stream says whose conflict it is; the later ones that it is seen, or settled. */ async #conflict(event) {
        const [detected] = await this.store.readStream(event.stream, {
            limit: 1
        });
        return named(detected ?? event);
    }
    async #connection(event) {
        const { state } = await this.actors.read(connectionAggregate, event.stream);
        const connection = event.stream.slice(event.stream.indexOf('.') + 1);
        if (state.profile === undefined) return {
            ...named(event),
            connection
        };
        const { user, provider } = state.profile;
        return {
            user,
            connection,
            provider
        };
    }
}

//# sourceMappingURL=subjects.js.map