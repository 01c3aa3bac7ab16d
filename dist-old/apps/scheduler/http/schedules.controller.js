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
import { Controller, Delete, Get, HttpCode, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { Engine } from '#lib/wiring';
import { ScheduleBatchApi } from '../api/schedule-batch.js';
import { ScheduleApi } from '../api/schedules.js';
import { callOf, send } from './request.js';
export class SchedulesController {
    constructor(engine, api, batches){
        this.engine = engine;
        this.api = api;
        this.batches = batches;
    }
    async create(request, reply) {
        return send(reply, await this.api.create(callOf(request, this.engine)));
    }
    async createMany(request) {
        return (await this.batches.create(callOf(request, this.engine))).body;
    }
    async validate(request) {
        return (await this.api.validate(callOf(request, this.engine))).body;
    }
    async list(request) {
        return (await this.api.list(callOf(request, this.engine))).body;
    }
    async get(request, reply) {
        return send(reply, await this.api.get(callOf(request, this.engine)));
    }
    async update(request, reply) {
        return send(reply, await this.api.update(callOf(request, this.engine)));
    }
    async remove(request) {
        return (await this.api.remove(callOf(request, this.engine))).body;
    }
    async occurrences(request) {
        return (await this.api.occurrences(callOf(request, this.engine))).body;
    }
    async events(request) {
        return (await this.api.events(callOf(request, this.engine))).body;
    }
}
_ts_decorate([
    Post('schedules'),
    _ts_param(0, Req()),
    _ts_param(1, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "create", null);
_ts_decorate([
    Post('schedules/batch'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "createMany", null);
_ts_decorate([
    Post('schedules::validate'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "validate", null);
_ts_decorate([
    Get('schedules'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "list", null);
_ts_decorate([
    Get('schedules/:id'),
    _ts_param(0, Req()),
    _ts_param(1, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "get", null);
_ts_decorate([
    Patch('schedules/:id'),
    _ts_param(0, Req()),
    _ts_param(1, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "update", null);
_ts_decorate([
    Delete('schedules/:id'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "remove", null);
_ts_decorate([
    Get('schedules/:id/occurrences'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "occurrences", null);
_ts_decorate([
    Get('schedules/:id/events'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], SchedulesController.prototype, "events", null);
SchedulesController = _ts_decorate([
    Controller('v1'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ScheduleApi)),
    _ts_param(2, Inject(ScheduleBatchApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ScheduleApi === "undefined" ? Object : ScheduleApi,
        typeof ScheduleBatchApi === "undefined" ? Object : ScheduleBatchApi
    ])
], SchedulesController);

//# sourceMappingURL=schedules.controller.js.map