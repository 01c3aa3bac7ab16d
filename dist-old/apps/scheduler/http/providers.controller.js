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
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ProviderMessage } from '#lib/application/commands';
import { emptyBody, forecastQuery, name, pauseBody, providerLimitsBody, readQuery, toProviderLimits } from '#lib/contracts/api';
import { canonicalProvider } from '#lib/domain/provider';
import { Engine, providerLoads, toldProviders } from '#lib/wiring';
import { accepted, parse, readAt } from '../api/input.js';
import { forecastView } from '../api/report-views.js';
import { contextOf } from './request.js';
import { providerView } from '../api/views.js';
/** What a connection's `config` may hold, as JSON Schema; undefined for a schema that has no such form. */ function settingsOf(config) {
    try {
        return z.toJSONSchema(config, {
            io: 'input',
            unrepresentable: 'any'
        });
    } catch  {
        return undefined;
    }
}
export class ProvidersController {
    constructor(engine, commands){
        this.engine = engine;
        this.commands = commands;
    }
    async list(query) {
        await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
        const loads = providerLoads(this.engine);
        return {
            items: toldProviders(this.engine).map((id)=>this.#view(id, loads))
        };
    }
    async get(id, query) {
        await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
        return this.#view(canonicalProvider(parse(name, id, 'path')), providerLoads(this.engine));
    }
    async forecast(id, query) {
        const { hours } = parse(forecastQuery, query, 'query');
        return forecastView(await this.engine.forecast.of(canonicalProvider(parse(name, id, 'path')), hours));
    }
    limits(id, body, request) {
        const given = parse(providerLimitsBody, body);
        const provider = canonicalProvider(parse(name, id, 'path'));
        const limits = toProviderLimits(given, provider);
        return this.#command(provider, request, {
            type: 'ChangeProviderLimits',
            provider,
            limits
        });
    }
    pause(id, body, request) {
        const { note, until } = parse(pauseBody, body ?? undefined);
        const provider = canonicalProvider(parse(name, id, 'path'));
        return this.#command(provider, request, {
            type: 'PauseProvider',
            provider,
            cause: 'request',
            note,
            until
        });
    }
    resume(id, body, request) {
        parse(emptyBody, body ?? undefined);
        const provider = canonicalProvider(parse(name, id, 'path'));
        return this.#command(provider, request, {
            type: 'ResumeProvider',
            provider,
            automatic: false
        });
    }
    /** What can be connected, and what each route gives and needs. */ connectors() {
        const items = this.engine.connectors.list.map(({ manifest })=>{
            const { id, version, provider, auth, transport, streams, limits, schedule, run, secrets, config } = manifest;
            const settings = settingsOf(config);
            return {
                id,
                version,
                provider,
                auth,
                transport,
                streams,
                limits,
                schedule,
                run,
                secrets,
                settings
            };
        });
        return {
            items
        };
    }
    async #command(provider, request, command) {
        const answer = accepted(await this.commands.execute(new ProviderMessage(provider, command, contextOf(request, this.engine))), this.engine);
        return {
            id: provider,
            revision: answer.revision,
            position: answer.position,
            events: answer.events.map((event)=>event.type)
        };
    }
    #view(id, loads) {
        return providerView(id, this.engine.readModel.provider(id), loads(id));
    }
}
_ts_decorate([
    Get('providers'),
    _ts_param(0, Query()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        Object
    ]),
    _ts_metadata("design:returntype", Promise)
], ProvidersController.prototype, "list", null);
_ts_decorate([
    Get('providers/:id'),
    _ts_param(0, Param('id')),
    _ts_param(1, Query()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object
    ]),
    _ts_metadata("design:returntype", Promise)
], ProvidersController.prototype, "get", null);
_ts_decorate([
    Get('providers/:id/forecast'),
    _ts_param(0, Param('id')),
    _ts_param(1, Query()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object
    ]),
    _ts_metadata("design:returntype", Promise)
], ProvidersController.prototype, "forecast", null);
_ts_decorate([
    Put('providers/:id/limits'),
    _ts_param(0, Param('id')),
    _ts_param(1, Body()),
    _ts_param(2, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", void 0)
], ProvidersController.prototype, "limits", null);
_ts_decorate([
    Post('providers/:id/pause'),
    HttpCode(200),
    _ts_param(0, Param('id')),
    _ts_param(1, Body()),
    _ts_param(2, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", void 0)
], ProvidersController.prototype, "pause", null);
_ts_decorate([
    Post('providers/:id/resume'),
    HttpCode(200),
    _ts_param(0, Param('id')),
    _ts_param(1, Body()),
    _ts_param(2, Req()),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        String,
        Object,
        typeof FastifyRequest === "undefined" ? Object : FastifyRequest
    ]),
    _ts_metadata("design:returntype", void 0)
], ProvidersController.prototype, "resume", null);
_ts_decorate([
    Get('connectors'),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", []),
    _ts_metadata("design:returntype", void 0)
], ProvidersController.prototype, "connectors", null);
ProvidersController = _ts_decorate([
    Controller('v1'),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(CommandBus)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof CommandBus === "undefined" ? Object : CommandBus
    ])
], ProvidersController);

//# sourceMappingURL=providers.controller.js.map