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
import { Controller, Delete, Get, HttpCode, Inject, Post, Put, Req } from '@nestjs/common';
import { Engine } from '#lib/wiring';
import { ConnectionApi } from '../api/connections.js';
import { callOf, contextOf } from './request.js';
export class ConnectionsController {
    constructor(engine, api){
        this.engine = engine;
        this.api = api;
    }
    async register(request) {
        const withoutSecrets = {
            ...request.body,
            credentials: undefined
        };
        const context = contextOf(request, this.engine, withoutSecrets);
        return (await this.api.register({
            ...callOf(request, this.engine),
            context
        })).body;
    }
    async list(request) {
        return (await this.api.list(callOf(request, this.engine))).body;
    }
    async get(request) {
        return (await this.api.get(callOf(request, this.engine))).body;
    }
    async remove(request) {
        return (await this.api.remove(callOf(request, this.engine))).body;
    }
    async events(request) {
        return (await this.api.events(callOf(request, this.engine))).body;
    }
    async check(request) {
        return (await this.api.check(callOf(request, this.engine))).body;
    }
    async suspend(request) {
        return (await this.api.suspend(callOf(request, this.engine))).body;
    }
    async restore(request) {
        return (await this.api.restore(callOf(request, this.engine))).body;
    }
}
_ts_decorate([
    Put(':id'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "register", null);
_ts_decorate([
    Get(),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "list", null);
_ts_decorate([
    Get(':id'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "get", null);
_ts_decorate([
    Delete(':id'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "remove", null);
_ts_decorate([
    Get(':id/events'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "events", null);
_ts_decorate([
    Post(':id/check'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "check", null);
_ts_decorate([
    Post(':id/suspend'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "suspend", null);
_ts_decorate([
    Post(':id/restore'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ConnectionsController.prototype, "restore", null);
ConnectionsController = _ts_decorate([
    Controller('v1/connections'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ConnectionApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ConnectionApi === "undefined" ? Object : ConnectionApi
    ])
], ConnectionsController);

//# sourceMappingURL=connections.controller.js.map