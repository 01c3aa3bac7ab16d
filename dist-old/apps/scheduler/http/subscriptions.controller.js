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
import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { name, subscriptionsQuery } from '#lib/contracts/api';
import { publicEvent } from '#lib/contracts/integration';
import { subscriptionStream } from '#lib/contracts/streams';
import { iso } from '#lib/domain/kernel';
import { cursorOf, placeOf } from '#lib/projections';
import { Engine } from '#lib/wiring';
import { notFound, parse } from '../api/input.js';
import { callerOf } from './authentication.js';
const HISTORY = 500;
const isoOrNull = (at)=>at === null ? null : iso(at);
const shown = ({ sources, goneSince, rows: _, ...subscription })=>({
        ...subscription,
        goneSince: isoOrNull(goneSince),
        sources: sources.map(({ lastSeen, goneSince: gone, ...source })=>({
                ...source,
                lastSeen: iso(lastSeen),
                goneSince: isoOrNull(gone)
            }))
    });
export class SubscriptionsController {
    constructor(engine){
        this.engine = engine;
    }
    async list(query, request) {
        const { user, provider, status, limit, cursor } = parse(subscriptionsQuery, query, 'query');
        const { tenant } = callerOf(request);
        const after = cursor === undefined ? undefined : String(placeOf('subscriptions', cursor)[1]);
        const { subscriptions } = this.engine;
        const { items, next } = user === undefined ? await subscriptions.page({
            tenant,
            after,
            limit
        }) : {
            items: await subscriptions.list({
                tenant,
                user
            }),
            next: undefined
        };
        const wanted = items.filter((one)=>(provider === undefined || one.service === provider) && (status === undefined || one.status === status));
        return {
            items: wanted.map(shown),
            next: next === undefined ? null : cursorOf('subscriptions', 0, next)
        };
    }
    /** One subscription, with how it came to be so: oldest change first. */ async get(given, id, request) {
        const { tenant } = callerOf(request);
        const user = parse(name, given, 'path');
        const found = (await this.engine.subscriptions.list({
            tenant,
            user
        })).find((one)=>one.id === id);
        if (found === undefined) throw notFound('subscription', id);
        const events = await this.engine.store.readStream(subscriptionStream(tenant, user, id), {
            backwards: true,
            limit: HISTORY
        });
        return {
            ...shown(found),
            history: events.toReversed().map(publicEvent)
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
], SubscriptionsController.prototype, "list", null);
_ts_decorate([
    Get(':user/:id'),
    _ts_param(0, Param('user')),
    _ts_param(1, Param('id')),
    _ts_param(2, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        String,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", Promise)
], SubscriptionsController.prototype, "get", null);
SubscriptionsController = _ts_decorate([
    Controller('v1/subscriptions'),
    _ts_param(0, Inject(Engine)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine
    ])
], SubscriptionsController);

//# sourceMappingURL=subscriptions.controller.js.map