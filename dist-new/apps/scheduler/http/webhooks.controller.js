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
import { Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { deliveriesQuery, readQuery, webhookId, webhooksQuery } from '#lib/contracts/api';
import { Engine } from '#lib/wiring';
import { notFound, parse, readAt } from '../api/input.js';
import { deliveryView, webhookView } from '../api/webhook-views.js';
import { WebhookApi } from '../api/webhooks.js';
import { callerOf } from './authentication.js';
import { callOf, send } from './request.js';
const POSITION = /^\d{1,16}$/;
export class WebhooksController {
    constructor(engine, api){
        this.engine = engine;
        this.api = api;
    }
    async create(request, reply) {
        return send(reply, await this.api.create(callOf(request, this.engine)));
    }
    async list(query, request) {
        const { atLeast, ...paging } = parse(webhooksQuery, query, 'query');
        await readAt(this.engine, atLeast);
        const page = this.engine.readModel.webhooks(callerOf(request).tenant, paging);
        return {
            items: page.items.map(webhookView),
            next: page.cursor ?? null
        };
    }
    async get(id, query, request, reply) {
        await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
        const row = this.#row(id, request);
        return send(reply, {
            body: webhookView(row),
            version: row.version
        });
    }
    async update(request, reply) {
        return send(reply, await this.api.update(callOf(request, this.engine)));
    }
    async remove(request) {
        return (await this.api.remove(callOf(request, this.engine))).body;
    }
    async disable(request) {
        return (await this.api.disable(callOf(request, this.engine))).body;
    }
    async enable(request) {
        return (await this.api.enable(callOf(request, this.engine))).body;
    }
    async rotate(request) {
        return (await this.api.rotate(callOf(request, this.engine))).body;
    }
    async test(request) {
        return (await this.api.test(callOf(request, this.engine))).body;
    }
    async replay(request) {
        return (await this.api.replay(callOf(request, this.engine))).body;
    }
    async deliveries(id, query, request) {
        const { atLeast, status, ...paging } = parse(deliveriesQuery, query, 'query');
        await readAt(this.engine, atLeast);
        this.#row(id, request);
        const page = this.engine.readModel.deliveries(id, status, paging);
        return {
            items: page.items.map(deliveryView),
            next: page.cursor ?? null
        };
    }
    async redeliver(position, request) {
        if (!POSITION.test(position)) throw notFound('delivery', position);
        const call = {
            ...callOf(request, this.engine),
            position: Number(position)
        };
        return (await this.api.redeliver(call)).body;
    }
    #row(id, request) {
        const row = this.engine.readModel.webhook(callerOf(request).tenant, parse(webhookId, id, 'path'));
        if (row === undefined) throw notFound('webhook', id);
        return row;
    }
}
_ts_decorate([
    Post(),
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
], WebhooksController.prototype, "create", null);
_ts_decorate([
    Get(),
    _ts_param(0, Query()),
    _ts_param(1, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "list", null);
_ts_decorate([
    Get(':id'),
    _ts_param(0, Param('id')),
    _ts_param(1, Query()),
    _ts_param(2, Req()),
    _ts_param(3, Res({
        passthrough: true
    })),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest,
        typeof FastifyReply === "undefined" ? Object : FastifyReply
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "get", null);
_ts_decorate([
    Patch(':id'),
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
], WebhooksController.prototype, "update", null);
_ts_decorate([
    Delete(':id'),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "remove", null);
_ts_decorate([
    Post(':id/disable'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "disable", null);
_ts_decorate([
    Post(':id/enable'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "enable", null);
_ts_decorate([
    Post(':id/rotate-secret'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "rotate", null);
_ts_decorate([
    Post(':id/test'),
    HttpCode(200),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "test", null);
_ts_decorate([
    Post(':id/replay'),
    HttpCode(202),
    _ts_param(0, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "replay", null);
_ts_decorate([
    Get(':id/deliveries'),
    _ts_param(0, Param('id')),
    _ts_param(1, Query()),
    _ts_param(2, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "deliveries", null);
_ts_decorate([
    Post(':id/deliveries/:position/redeliver'),
    HttpCode(202),
    _ts_param(0, Param('position')),
    _ts_param(1, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], WebhooksController.prototype, "redeliver", null);
WebhooksController = _ts_decorate([
    Controller('v1/webhooks'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(WebhookApi)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof WebhookApi === "undefined" ? Object : WebhookApi
    ])
], WebhooksController);

//# sourceMappingURL=webhooks.controller.js.map