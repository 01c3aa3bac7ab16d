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
import { z } from 'zod';
import { recordsQuery } from '#lib/contracts/api';
import { InvalidCursor } from '#lib/projections';
import { Engine } from '#lib/wiring';
import { parse } from '../api/input.js';
import { recordView } from '../api/report-views.js';
import { present } from '../api/views.js';
import { callerOf } from './authentication.js';
const place = z.tuple([
    z.enum([
        'charges',
        'usage'
    ]),
    z.string(),
    z.string(),
    z.string()
]);
const cursorOf = (list, { on, connection, key })=>Buffer.from(JSON.stringify([
        list,
        on,
        connection,
        key
    ])).toString('base64url');
/** @throws {InvalidCursor} */ function placeOf(list, cursor) {
    try {
        const text = Buffer.from(cursor, 'base64url').toString();
        const [of, on, connection, key] = place.parse(JSON.parse(text));
        if (of === list) return {
            on,
            connection,
            key
        };
    } catch  {
    // Told below.
    }
    throw new InvalidCursor();
}
export class RecordsController {
    constructor(engine){
        this.engine = engine;
    }
    charges(query, request) {
        const read = (page)=>this.engine.records.charges(page);
        return this.#page(query, request, {
            list: 'charges',
            read,
            on: (row)=>row.occurredOn
        });
    }
    usage(query, request) {
        const read = (page)=>this.engine.records.usage(page);
        return this.#page(query, request, {
            list: 'usage',
            read,
            on: (row)=>row.occurredAt
        });
    }
    async #page(query, request, of) {
        const { cursor, limit, ...filter } = parse(recordsQuery, query, 'query');
        const after = cursor === undefined ? {} : {
            after: placeOf(of.list, cursor)
        };
        const { tenant } = callerOf(request);
        // One more than is answered: whether there is another page.
        const rows = await of.read({
            ...present(filter),
            ...after,
            tenant,
            limit: limit + 1
        });
        const items = rows.slice(0, limit);
        const last = rows.length > limit ? items.at(-1) : undefined;
        const next = last === undefined ? null : cursorOf(of.list, {
            on: of.on(last) ?? '',
            connection: last.connection,
            key: last.key
        });
        return {
            items: items.map(recordView),
            next
        };
    }
}
_ts_decorate([
    Get('charges'),
    _ts_param(0, Query()),
    _ts_param(1, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", void 0)
], RecordsController.prototype, "charges", null);
_ts_decorate([
    Get('usage'),
    _ts_param(0, Query()),
    _ts_param(1, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", void 0)
], RecordsController.prototype, "usage", null);
RecordsController = _ts_decorate([
    Controller('v1'),
    _ts_param(0, Inject(Engine)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine
    ])
], RecordsController);

//# sourceMappingURL=records.controller.js.map