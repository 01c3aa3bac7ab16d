function _ts_decorate(decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") {
        r = Reflect.decorate(decorators, target, key, desc);
    } else {
        for(var i = decorators.length - 1; i >= 0; i--){
            if (d = decorators[i]) {
                r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
            }
        }
    }
    return c > 3 && r && Object.defineProperty(target, key, r), r;
}
function _ts_metadata(metadataKey, metadataValue) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") {
        return Reflect.metadata(metadataKey, metadataValue);
    }
}
function _ts_param(paramIndex, decorator) {
    return function(target, key) {
        decorator(target, key, paramIndex);
    };
}
import { Inject, Injectable } from '@nestjs/common';
import { emptyBody, readQuery, runId, runsQuery } from '#lib/contracts/api';
import { publicEvent } from '#lib/contracts/integration';
import { scheduleStream } from '#lib/contracts/streams';
import { scheduleOfRun } from '#lib/domain/schedule';
import { Engine } from '#lib/wiring';
import { assertUnversioned, notFound, parse, readAt, wrongRange } from './input.js';
import { ScheduleApi } from './schedules.js';
import { runView } from './views.js';
const PAGE = 1_000;
export class RunApi {
    constructor(engine, schedules){
        this.engine = engine;
        this.schedules = schedules;
    }
    /** The occurrence ledger: runs, and what was skipped or missed, newest first. */ async list({ context, query }) {
        const { atLeast, cursor, limit, minLateness, ...filter } = parse(runsQuery, query, 'query');
        const { from = 0, to = Infinity } = filter;
        if (from >= to) throw wrongRange('from must lie before to', 'empty_range');
        await readAt(this.engine, atLeast);
        const wanted = {
            ...filter,
            minLatenessMs: minLateness
        };
        const page = this.engine.readModel.runs(context.tenant, wanted, {
            cursor,
            limit
        });
        return {
            body: {
                items: page.items.map(runView),
                next: page.cursor ?? null
            }
        };
    }
    /** One run with the chain of events that made it what it is. */ async get({ context, id, query }) {
        await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
        const run = this.engine.readModel.run(context.tenant, parse(runId, id, 'path'));
        if (run === undefined) throw notFound('run', id);
        return {
            body: {
                ...runView(run),
                events: (await this.#chain(id)).map(publicEvent)
            }
        };
    }
    cancel(call) {
        return this.#command('CancelRun', call);
    }
    redrive(call) {
        return this.#command('RedriveRun', call);
    }
    async #command(type, call) {
        assertUnversioned('run', call);
        parse(emptyBody, call.body ?? undefined);
        const run = parse(runId, call.id, 'path');
        const { body } = await this.schedules.command({
            ...call,
            id: scheduleOfRun(run)
        }, {
            type,
            run
        });
        return {
            body: {
                ...body,
                run
            }
        };
    }
    async #chain(id) {
        const stream = scheduleStream(scheduleOfRun(id));
        const events = [];
        for(let from = 0;; from += PAGE){
            const page = await this.engine.store.readStream(stream, {
                from,
                limit: PAGE
            });
            events.push(...page.filter((event)=>event.data.run === id));
            if (page.length < PAGE) return events;
        }
    }
}
RunApi = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ScheduleApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ScheduleApi === "undefined" ? Object : ScheduleApi
    ])
], RunApi);

//# sourceMappingURL=runs.js.map