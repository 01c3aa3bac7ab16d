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
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { eventsQuery } from '#lib/contracts/api';
import { Engine, readinessOf } from '#lib/wiring';
import { callerOf } from './authentication.js';
import { streamEvents } from './event-stream.js';
import { openApi } from './open-api.js';
import { problem, ProblemException } from '../api/problem.js';
import { parse } from '../api/input.js';
export class SystemController {
    #streams;
    #stopping;
    constructor(engine){
        this.engine = engine;
        this.#streams = 0;
        this.#stopping = new AbortController();
        engine.telemetry.gauge('syncopate_event_streams', 'Open event streams (SSE)', ()=>this.#streams);
    }
    /** They would never end by themselves. */ onModuleDestroy() {
        this.#stopping.abort();
    }
    /** The process is alive. */ health() {
        return {
            status: 'ok'
        };
    }
    /** The log is read and takes what is decided, the clock is watched, and the others are there to share with. */ async ready() {
        const readiness = await readinessOf(this.engine);
        if ('why' in readiness) throw new ProblemException(problem(503, 'not_ready', readiness.why), {
            'retry-after': '2'
        });
        return {
            status: 'ready',
            ...readiness
        };
    }
    async metrics(reply) {
        const { registry } = this.engine.telemetry;
        reply.type(registry.contentType);
        return registry.metrics();
    }
    description() {
        return openApi();
    }
    /** Live events; `Last-Event-ID` or `after` says where to go on, otherwise from now. */ async events(query, request, reply) {
        const { after, schedule, types } = parse(eventsQuery, query, 'query');
        const { tenant, stillHolds } = callerOf(request);
        const head = await this.engine.store.head();
        const from = lastEventId(request) ?? after ?? head;
        if (from > head) throw new ProblemException(beyondLog(from, head));
        if (request.method === 'HEAD') return void reply.type('text/event-stream; charset=utf-8').send();
        reply.hijack();
        // It left while the log was asked.
        if (reply.raw.destroyed) return;
        await streamEvents(reply.raw, {
            store: this.engine.store,
            timers: this.engine.environment.timers,
            tenant,
            stillHolds,
            after: from,
            schedule,
            types,
            headers: reply.getHeaders(),
            stopping: this.#stopping.signal,
            onOpen: ()=>this.#streams += 1,
            onClose: ()=>this.#streams -= 1
        });
    }
}
_ts_decorate([
    Get('healthz'),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", []),
    _ts_metadata("design:returntype", void 0)
], SystemController.prototype, "health", null);
_ts_decorate([
    Get('readyz'),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", []),
    _ts_metadata("design:returntype", Promise)
], SystemController.prototype, "ready", null);
_ts_decorate([
    Get('metrics'),
    _ts_param(0, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", Promise)
], SystemController.prototype, "metrics", null);
_ts_decorate([
    Get('v1/openapi.json'),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", []),
    _ts_metadata("design:returntype", typeof Promise === "undefined" ? Object : Promise)
], SystemController.prototype, "description", null);
_ts_decorate([
    Get('v1/events'),
    _ts_param(0, Query()),
    _ts_param(1, Req()),
    _ts_param(2, Res()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", Promise)
], SystemController.prototype, "events", null);
SystemController = _ts_decorate([
    Controller(),
    _ts_param(0, Inject(Engine)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine
    ])
], SystemController);
/** Waiting there until the log has grown would pass over all that comes before: an older copy of it was put back. */ const beyondLog = (from, head)=>problem(400, 'position_beyond_log', `${from} is beyond the last event of the log, ${head}: the log is another than the one that this position is of. ` + 'Start without it, and read again what you keep');
function lastEventId(request) {
    const given = request.headers['last-event-id'];
    if (given === undefined || given === '') return undefined;
    if (typeof given !== 'string' || !/^\d{1,15}$/.test(given)) throw new ProblemException(problem(400, 'invalid_last_event_id', 'Last-Event-ID must be the id of an event of this stream: a log position'));
    return Number(given);
}

//# sourceMappingURL=system.controller.js.map