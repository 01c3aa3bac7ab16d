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
import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { readQuery, reportQuery, statisticsQuery } from '#lib/contracts/api';
import { DAY, iso } from '#lib/domain/kernel';
import { Engine, stops } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { bucketView, openRunView, rangeView, reportView, statsView } from '../api/report-views.js';
import { parse, readAt, wrongRange } from '../api/input.js';
/** All of it is read while nobody else is answered. */ const LONGEST_REPORT = 366 * DAY;
export class ReportsController {
    constructor(engine){
        this.engine = engine;
    }
    async stats(query, request) {
        await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
        return statsView(this.engine.readModel.scheduleStats(callerOf(request).tenant, this.#now()));
    }
    async statistics(query, request) {
        const { atLeast, bucket, scope, subject, ...given } = parse(statisticsQuery, query, 'query');
        await readAt(this.engine, atLeast);
        const range = this.#range(given, DAY);
        const items = this.engine.readModel.statistics(callerOf(request).tenant, {
            ...range,
            bucket,
            scope,
            subject
        });
        return {
            ...rangeView(range),
            bucket,
            scope,
            items: items.map(bucketView)
        };
    }
    /** The last seven days unless a range is given. */ async report(query, request) {
        const { atLeast, ...given } = parse(reportQuery, query, 'query');
        await readAt(this.engine, atLeast);
        const { from, to } = this.#range(given, 7 * DAY, LONGEST_REPORT);
        return {
            ...reportView(this.engine.readModel.report(callerOf(request).tenant, from, to)),
            resources: this.#resources()
        };
    }
    resources() {
        return this.#resources();
    }
    /** What waits and what runs, and why each provider that is not served is not. */ queue(request) {
        const now = this.#now();
        const { admission, readModel } = this.engine;
        const lanes = [
            ...admission.lanes()
        ].filter(({ waiting, running })=>waiting + running > 0);
        const stopped = stops(this.engine, now);
        return {
            capacity: admission.capacity,
            running: admission.busy,
            providers: lanes.map(({ provider, waiting, running })=>({
                    provider,
                    waiting,
                    running,
                    ...stopped.has(provider) ? {
                        stopped: stopped.get(provider)
                    } : {}
                })),
            open: readModel.openRuns(callerOf(request).tenant, 500).map(openRunView)
        };
    }
    #resources() {
        const { admission, heartbeats } = this.engine;
        const waiting = [
            ...admission.lanes()
        ].reduce((sum, lane)=>sum + lane.waiting, 0);
        const executors = heartbeats.values().map(({ executor, at, resources })=>({
                id: executor,
                seenAt: iso(at),
                ...resources
            }));
        return {
            capacity: admission.capacity,
            running: admission.busy,
            waiting,
            executors
        };
    }
    #range({ from, to }, length, longest = Infinity) {
        const end = to ?? this.#now() + 1;
        const start = from ?? end - length;
        if (start >= end) throw wrongRange('from must lie before to', 'empty_range');
        if (end - start > longest) throw wrongRange(`a report covers at most ${longest / DAY} days`, 'range_too_large');
        return {
            from: start,
            to: end
        };
    }
    #now() {
        return Math.floor(this.engine.environment.clock.now());
    }
}
_ts_decorate([
    Get('stats'),
    _ts_param(0, Query()),
    _ts_param(1, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ReportsController.prototype, "stats", null);
_ts_decorate([
    Get('statistics'),
    _ts_param(0, Query()),
    _ts_param(1, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ReportsController.prototype, "statistics", null);
_ts_decorate([
    Get('report'),
    _ts_param(0, Query()),
    _ts_param(1, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ReportsController.prototype, "report", null);
_ts_decorate([
    Get('resources'),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", []),
    _ts_metadata("design:returntype", void 0)
], ReportsController.prototype, "resources", null);
_ts_decorate([
    Get('queue'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", void 0)
], ReportsController.prototype, "queue", null);
ReportsController = _ts_decorate([
    Controller('v1'),
    _ts_param(0, Inject(Engine)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine
    ])
], ReportsController);

//# sourceMappingURL=reports.controller.js.map