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
import { connectionAggregate } from '#lib/application/actors';
import { ConnectionMessage, ScheduleMessage } from '#lib/application/commands';
import { name } from '#lib/contracts/api';
import { connectionStream } from '#lib/contracts/streams';
import { manualRun } from '#lib/domain/schedule';
import { Engine } from '#lib/wiring';
import { accepted, notFound, parse } from './input.js';
import { problem, ProblemException } from './problem.js';
/** As much of the digest as a person needs to find the file of a run. */ const SHORT = 16;
export class ImportApi {
    constructor(engine, commands){
        this.engine = engine;
        this.commands = commands;
    }
    async take(id, context, content) {
        const connection = parse(name, id, 'path');
        const { tenant } = context;
        const stream = connectionStream(tenant, connection);
        const { profile } = (await this.engine.actors.read(connectionAggregate, stream, tenant)).state;
        if (profile === undefined) throw notFound('connection', connection);
        const manifest = this.engine.connectors.manifestOf(profile);
        if (manifest?.transport !== 'file_import') {
            const detail = `connection ${connection} is served by ${manifest?.id ?? 'no connector'}, which imports no files`;
            throw new ProblemException(problem(409, 'no_file_import', detail));
        }
        const upload = await this.engine.uploads.store({
            tenant,
            connection
        }, content);
        const { bytes, digest } = upload;
        const { state, unchanged, registrations } = await this.#name(upload, {
            connection,
            profile,
            context
        }).catch((error)=>{
            this.engine.uploads.release({
                tenant,
                connection
            }, digest);
            throw error;
        });
        await this.engine.uploads.prune({
            tenant,
            connection
        }, digest);
        const request = `upload-${digest.slice(0, SHORT)}-${registrations}`;
        const started = await this.#runNow(state.claims, request, context);
        return {
            body: {
                connection,
                bytes,
                sha256: digest,
                unchanged,
                ...started
            }
        };
    }
    /** The connection names the upload from now on, if it does not already. */ async #name({ file }, { connection, profile, context }) {
        const { tenant } = context;
        const stream = connectionStream(tenant, connection);
        // It may have taken minutes: what was changed meanwhile stays changed.
        const { state } = await this.engine.actors.read(connectionAggregate, stream, tenant);
        const { config: settings, connector, user, provider } = state.profile ?? profile;
        const before = settings?.file;
        if (before === file) return {
            state,
            unchanged: true,
            registrations: state.registrations
        };
        const config = {
            ...settings,
            file
        };
        const named = connector === undefined ? {} : {
            connector
        };
        const command = {
            type: 'RegisterConnection',
            id: connection,
            user,
            provider,
            ...named,
            config
        };
        const answer = await this.commands.execute(new ConnectionMessage(connection, command, context));
        const { registrations } = accepted(answer, this.engine).state;
        return {
            state,
            unchanged: false,
            registrations
        };
    }
    /**
   * Every schedule of the connection runs, and what it has open makes way: a run that imports an older file, or waits
   * for one. The same file again makes the same request, which is not run twice; put back after another one, it is.
   */ async #runNow(claims, request, context) {
        const runs = [];
        const refused = [];
        const { idempotency: _, ...unkeyed } = context;
        const command = {
            type: 'TriggerRun',
            request,
            overlap: 'cancel_other',
            operation: undefined
        };
        for (const { schedule } of claims){
            const answer = await this.commands.execute(new ScheduleMessage(schedule, command, unkeyed));
            if (answer.ok) runs.push(manualRun(schedule, request));
            else refused.push({
                schedule,
                reason: answer.rejection.reason
            });
        }
        return {
            runs,
            refused
        };
    }
}
ImportApi = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(CommandBus)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof CommandBus === "undefined" ? Object : CommandBus
    ])
], ImportApi);

//# sourceMappingURL=imports.js.map