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
import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Engine } from '#lib/wiring';
import { RunApi } from '../api/runs.js';
import { callOf } from './request.js';
export class RunsController {
    constructor(engine, api){
        this.engine = engine;
        this.api = api;
    }
    async list(request) {
        return (await this.api.list(callOf(request, this.engine))).body;
    }
    async get(request) {
        return (await this.api.get(callOf(request, this.engine))).body;
    }
    async cancel(request) {
        return (await this.api.cancel(callOf(request, this.engine))).body;
    }
    async redrive(request) {
        return (await this.api.redrive(callOf(request, this.engine))).body;
    }
}
_ts_decorate([
    Get(),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], RunsController.prototype, "list", null);
_ts_decorate([
    Get(':id'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], RunsController.prototype, "get", null);
_ts_decorate([
    Post(':id/cancel'),
    HttpCode(202),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], RunsController.prototype, "cancel", null);
_ts_decorate([
    Post(':id/redrive'),
    HttpCode(202),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], RunsController.prototype, "redrive", null);
RunsController = _ts_decorate([
    Controller('v1/runs'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(RunApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof RunApi === "undefined" ? Object : RunApi
    ])
], RunsController);

//# sourceMappingURL=runs.controller.js.map