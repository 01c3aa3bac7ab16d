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
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Engine } from '#lib/wiring';
import { ScheduleActionsApi } from '../api/schedule-actions.js';
import { callOf } from './request.js';
export class ScheduleActionsController {
    constructor(engine, api){
        this.engine = engine;
        this.api = api;
    }
    async pause(request) {
        return (await this.api.pause(callOf(request, this.engine))).body;
    }
    async resume(request) {
        return (await this.api.resume(callOf(request, this.engine))).body;
    }
    async skipNext(request) {
        return (await this.api.skipNext(callOf(request, this.engine))).body;
    }
    async trigger(request) {
        return (await this.api.trigger(callOf(request, this.engine))).body;
    }
    async backfill(request) {
        return (await this.api.backfill(callOf(request, this.engine))).body;
    }
}
_ts_decorate([
    Post('pause'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ScheduleActionsController.prototype, "pause", null);
_ts_decorate([
    Post('resume'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ScheduleActionsController.prototype, "resume", null);
_ts_decorate([
    Post('skip-next'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ScheduleActionsController.prototype, "skipNext", null);
_ts_decorate([
    Post('trigger'),
    HttpCode(202),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ScheduleActionsController.prototype, "trigger", null);
_ts_decorate([
    Post('backfill'),
    HttpCode(202),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ScheduleActionsController.prototype, "backfill", null);
ScheduleActionsController = _ts_decorate([
    Controller('v1/schedules/:id'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ScheduleActionsApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ScheduleActionsApi === "undefined" ? Object : ScheduleActionsApi
    ])
], ScheduleActionsController);

//# sourceMappingURL=schedule-actions.controller.js.map