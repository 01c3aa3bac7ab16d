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
import { ConflictApi } from '../api/conflicts.js';
import { callOf } from './request.js';
export class ConflictsController {
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
    async acknowledge(request) {
        return (await this.api.acknowledge(callOf(request, this.engine))).body;
    }
    async resolve(request) {
        return (await this.api.resolve(callOf(request, this.engine))).body;
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
], ConflictsController.prototype, "list", null);
_ts_decorate([
    Get(':id'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConflictsController.prototype, "get", null);
_ts_decorate([
    Post(':id/acknowledge'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConflictsController.prototype, "acknowledge", null);
_ts_decorate([
    Post(':id/resolve'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConflictsController.prototype, "resolve", null);
ConflictsController = _ts_decorate([
    Controller('v1/conflicts'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ConflictApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ConflictApi === "undefined" ? Object : ConflictApi
    ])
], ConflictsController);

//# sourceMappingURL=conflicts.controller.js.map