import { connectionAggregate } from '#lib/application/actors';
import { name } from '#lib/contracts/api';
import { decodeEvent } from '#lib/contracts/events';
import { connectionStream } from '#lib/contracts/streams';
import { clearAway } from '#lib/wiring';
import { connectionFilter, eventCount } from './filters.js';
import { noteOptions, removeOptions, suspendOptions } from './options.js';
import { itemsOf } from './pages.js';
import { parse } from './parse.js';
import { RequestRejected } from './rejection.js';
/**
 * Links of users to providers. A connection is there once a schedule was created on it. One whose user took consent back
 * (a sync that failed as AUTH_REVOKED or PERMISSION), or that was suspended here, runs nothing until it is restored. Every
 * method that writes resolves when the log has it. @throws {RequestRejected} from each, `connection_not_found` for one.
 */ export class ConnectionManager {
    constructor(session){
        this.session = session;
    }
    get(id) {
        const { engine, tenant } = this.session;
        return engine.readModel.connection(tenant, parse(name, id, 'id'));
    }
    /** By id: all of them, or the first so many. Those of a user are found by the user's schedules. */ list(filter = {}, most) {
        const { engine, tenant } = this.session;
        const wanted = parse(connectionFilter, filter);
        return itemsOf(({ limit = 1, cursor: after })=>{
            const items = engine.readModel.connections(tenant, {
                ...wanted,
                limit,
                after
            });
            const last = items.length < limit ? undefined : items.at(-1);
            return last === undefined ? {
                items
            } : {
                items,
                cursor: last.id
            };
        }, most);
    }
    /** The end of its own log, oldest first: what suspended and restored it, and which schedules claim it. */ async events(id, most = 500) {
        const { engine, tenant } = this.session;
        const stream = connectionStream(tenant, parse(name, id, 'id'));
        const limit = parse(eventCount, most, 'most');
        const events = await engine.store.readStream(stream, {
            backwards: true,
            limit
        });
        return events.toReversed().flatMap((event)=>decodeEvent(event) ?? []);
    }
    /** Pauses its schedules, and refuses new ones, until it is restored. One that is suspended stays as it is. */ async suspend(id, options = {}) {
        const { requestKey: key, message } = parse(suspendOptions, options);
        const asked = {
            key,
            verb: 'suspend',
            body: {
                message
            }
        };
        await this.#execute(id, {
            type: 'SuspendConnection',
            cause: 'request',
            message
        }, asked);
    }
    /** When its user has consented again, say: the schedules that its suspension paused go on. */ async restore(id, options = {}) {
        const { requestKey: key, note } = parse(noteOptions, options);
        const asked = {
            key,
            verb: 'restore',
            body: {
                note
            }
        };
        await this.#execute(id, {
            type: 'RestoreConnection',
            note
        }, asked);
    }
    /**
   * What its user asked to end: settings and credentials go, and what was synced where that is asked for. The log keeps
   * what happened. Done once more it removes what a crash left. @throws {RequestRejected} `connection_in_use`: schedules
   * act on it, which are to be deleted first
   */ async remove(id, options = {}) {
        const { requestKey: key, note, records } = parse(removeOptions, options);
        const asked = {
            key,
            verb: 'remove',
            body: {
                note,
                records
            }
        };
        const { repeated } = await this.#execute(id, {
            type: 'RemoveConnection',
            records,
            note
        }, asked);
        const { engine, tenant } = this.session;
        await clearAway(engine, {
            tenant,
            connection: id
        }, {
            records,
            repeated
        });
    }
    async #execute(id, command, { key, verb, body }) {
        const { engine, tenant } = this.session;
        const stream = connectionStream(tenant, parse(name, id, 'id'));
        // A misspelt one must not be told as done: under any name there could be a connection to come.
        if ((await engine.actors.read(connectionAggregate, stream, tenant)).revision < 0) throw new RequestRejected({
            reason: 'connection_not_found',
            message: `there is no connection ${id}`
        });
        const context = this.session.context({
            key,
            target: `connections.${verb} ${id}`,
            body
        });
        return this.session.seen(engine.actors.execute(connectionAggregate, stream, command, context));
    }
}

//# sourceMappingURL=connection-manager.js.map