import { conflictAggregate } from '#lib/application/actors';
import { provider as providerName } from '#lib/contracts/api';
import { conflictStream } from '#lib/contracts/streams';
import { assertRange, conflictFilter, conflictId, forecastHours } from './filters.js';
import { date, noteOptions, requestOptions } from './options.js';
import { itemsOf } from './pages.js';
import { parse } from './parse.js';
/** What happened, counted: statistics now, a report over a range, conflicts, and what it took. */ export class ScheduleReporter {
    constructor(session, resources){
        this.session = session;
        this.resources = resources;
    }
    async stats() {
        await this.session.caughtUp();
        const { engine, tenant } = this.session;
        return engine.readModel.scheduleStats(tenant, engine.environment.clock.now());
    }
    /** @throws {RequestRejected} `empty_range` when `from` does not lie before `to`. */ async report(from, to) {
        const [start, end] = [
            parse(date, from, 'from'),
            parse(date, to, 'to')
        ];
        assertRange(start, end);
        await this.session.caughtUp();
        const { engine, tenant } = this.session;
        return {
            ...engine.readModel.report(tenant, start, end),
            resources: this.resources()
        };
    }
    /** All of them, or the first so many. */ async conflicts(filter = {}, most) {
        const wanted = parse(conflictFilter, filter);
        await this.session.caughtUp();
        const { engine, tenant } = this.session;
        return itemsOf((paging)=>engine.readModel.conflicts(tenant, wanted, paging), most);
    }
    /** Somebody has seen it: it stays until what is wrong is mended. @throws {RequestRejected} it is none, or is resolved */ async acknowledgeConflict(id, options = {}) {
        const { requestKey: key, note } = parse(noteOptions, options);
        const asked = {
            key,
            target: `conflicts.acknowledge ${id}`,
            body: {
                note
            }
        };
        await this.#execute({
            type: 'AcknowledgeConflict',
            id: parse(conflictId, id, 'id'),
            note
        }, asked);
    }
    /** It is over. Met again, it is raised again. @throws {RequestRejected} it is none */ async resolveConflict(id, options = {}) {
        const { requestKey: key } = parse(requestOptions, options);
        const asked = {
            key,
            target: `conflicts.resolve ${id}`
        };
        await this.#execute({
            type: 'ResolveConflict',
            id: parse(conflictId, id, 'id'),
            resolution: 'request'
        }, asked);
    }
    /**
   * What will be due at a provider, by quarters of an hour, and how late its limits will let it start; with when there is
   * room. @throws {RequestRejected} the hours are not a whole number from 1 to 168.
   */ async forecast(provider, hours = 24) {
        const id = parse(providerName, provider, 'provider');
        const ahead = parse(forecastHours, hours, 'hours');
        await this.session.caughtUp();
        return this.session.engine.forecast.of(id, ahead);
    }
    #execute(command, asked) {
        const { actors } = this.session.engine;
        const context = this.session.context(asked);
        return this.session.seen(actors.execute(conflictAggregate, conflictStream(command.id), command, context));
    }
}

//# sourceMappingURL=schedule-reporter.js.map