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
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ParkingMessage } from '#lib/application/commands';
import { noteBody, parkedQuery } from '#lib/contracts/api';
import { iso } from '#lib/domain/kernel';
import { Engine } from '#lib/wiring';
import { accepted, parse, readAt } from '../api/input.js';
import { parkedView } from '../api/views.js';
import { callerOf } from './authentication.js';
import { contextOf } from './request.js';
export class ParkedController {
    constructor(engine, commands){
        this.engine = engine;
        this.commands = commands;
    }
    async list(query, request) {
        const { atLeast, cursor, limit, handler } = parse(parkedQuery, query, 'query');
        await readAt(this.engine, atLeast);
        const { tenant } = callerOf(request);
        const { readModel } = this.engine;
        const page = readModel.parkedEvents(tenant, handler, {
            cursor,
            limit
        });
        const projections = readModel.parked(tenant).map(({ tenant: _, at, ...event })=>({
                ...event,
                at: iso(at)
            }));
        return {
            items: page.items.map(parkedView),
            next: page.cursor ?? null,
            projections
        };
    }
    async replay(id, body, request) {
        const { note } = parse(noteBody, body ?? undefined);
        const command = {
            type: 'RequestReplay',
            id,
            note
        };
        const { state, position } = accepted(await this.commands.execute(new ParkingMessage(id, command, contextOf(request, this.engine))), this.engine);
        return {
            id,
            status: state.status,
            position
        };
    }
}
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
], ParkedController.prototype, "list", null);
_ts_decorate([
    Post(':id/replay'),
    HttpCode(202),
    _ts_param(0, Param('id')),
    _ts_param(1, Body()),
    _ts_param(2, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], ParkedController.prototype, "replay", null);
ParkedController = _ts_decorate([
    Controller('v1/parked'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(CommandBus)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof CommandBus === "undefined" ? Object : CommandBus
    ])
], ParkedController);

//# sourceMappingURL=parked.controller.js.map