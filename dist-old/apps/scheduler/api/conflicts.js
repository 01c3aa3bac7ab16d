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
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ConflictMessage } from '#lib/application/commands';
import { conflictsQuery, emptyBody, noteBody, readQuery } from '#lib/contracts/api';
import { Engine } from '#lib/wiring';
import { accepted, assertUnversioned, notFound, parse, readAt } from './input.js';
import { conflictView } from './views.js';
export class ConflictApi {
    constructor(engine, commands){
        this.engine = engine;
        this.commands = commands;
    }
    async list({ context, query }) {
        const { atLeast, cursor, limit, ...filter } = parse(conflictsQuery, query, 'query');
        await readAt(this.engine, atLeast);
        const page = this.engine.readModel.conflicts(context.tenant, filter, {
            cursor,
            limit
        });
        return {
            body: {
                items: page.items.map(conflictView),
                next: page.cursor ?? null
            }
        };
    }
    async get({ context, id, query }) {
        await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
        const row = this.engine.readModel.conflict(context.tenant, id);
        if (row === undefined) throw notFound('conflict', id);
        return {
            body: conflictView(row)
        };
    }
    acknowledge(call) {
        const { note } = parse(noteBody, call.body ?? undefined);
        return this.#execute(call, {
            type: 'AcknowledgeConflict',
            id: call.id,
            note
        });
    }
    resolve(call) {
        parse(emptyBody, call.body ?? undefined);
        return this.#execute(call, {
            type: 'ResolveConflict',
            id: call.id,
            resolution: 'request'
        });
    }
    async #execute(call, command) {
        assertUnversioned('conflict', call);
        const { id, context } = call;
        const { state, revision, position, events } = accepted(await this.commands.execute(new ConflictMessage(id, command, context)), this.engine);
        const types = events.map((event)=>event.type);
        return {
            body: {
                id,
                status: state.status,
                revision,
                position,
                events: types
            }
        };
    }
}
ConflictApi = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(CommandBus)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof CommandBus === "undefined" ? Object : CommandBus
    ])
], ConflictApi);

//# sourceMappingURL=conflicts.js.map