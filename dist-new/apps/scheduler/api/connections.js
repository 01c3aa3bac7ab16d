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
import { ConnectionMessage } from '#lib/application/commands';
import { connectionBody, connectionsQuery, emptyBody, name, noteBody, readQuery, removeBody, suspendBody } from '#lib/contracts/api';
import { connectionStream } from '#lib/contracts/streams';
import { canonicalProvider } from '#lib/domain/provider';
import { clearAway, Engine } from '#lib/wiring';
import { assertSettings } from './connection-settings.js';
import { removeCredentials, storeCredentials } from './credentials.js';
import { logPage } from './log-page.js';
import { accepted, assertUnversioned, notFound, parse, readAt } from './input.js';
import { problem, ProblemException } from './problem.js';
import { connectionView } from './views.js';
const wrongField = (code, error)=>new ProblemException(problem(422, code, error.message, {
        errors: [
            error
        ]
    }));
export class ConnectionApi {
    constructor(engine, commands){
        this.engine = engine;
        this.commands = commands;
    }
    /**
   * Registers a connection or changes it. Credentials go to the vault, sealed, and are never shown again. The context's
   * fingerprint must not be made of them: it is stored with the event, and a password could be guessed from it at leisure.
   */ async register(call) {
        const { user, connector, config: settings, credentials, ...rest } = parse(connectionBody, call.body);
        const provider = canonicalProvider(rest.provider);
        this.#assertConnector(connector, provider);
        assertSettings(this.engine, {
            provider,
            connector,
            config: settings,
            credentials
        });
        const config = await this.#withUpload(call, {
            provider,
            connector,
            settings
        });
        const { answer, repeated } = await this.#execute(call, {
            type: 'RegisterConnection',
            id: parse(name, call.id, 'path'),
            user,
            provider,
            ...connector === undefined ? {} : {
                connector
            },
            ...config === undefined ? {} : {
                config
            }
        });
        if (credentials === undefined) return {
            body: {
                ...answer,
                credentials: 'unchanged'
            }
        };
        const owner = {
            tenant: call.context.tenant,
            connection: call.id
        };
        await storeCredentials(this.engine.vault, owner, {
            credentials,
            repeated
        });
        return {
            body: {
                ...answer,
                credentials: 'stored'
            }
        };
    }
    /** Registered anew, it keeps the file that was uploaded, unless another is named. */ async #withUpload(call, fresh) {
        const { settings, provider, connector } = fresh;
        const manifest = this.engine.connectors.manifestOf({
            provider,
            connector
        });
        if (manifest?.transport !== 'file_import' || settings?.['file'] !== undefined) return settings;
        const { profile } = (await this.#read(call)).state;
        const before = profile === undefined ? undefined : this.engine.connectors.manifestOf(profile)?.id;
        const file = profile?.config?.['file'];
        return file === undefined || before !== manifest.id ? settings : {
            ...settings,
            file
        };
    }
    /** The same through a door that secrets do not pass. */ async registerOpenly(call) {
        const { credentials } = call.body ?? {};
        if (credentials === undefined) return this.register(call);
        const message = 'secrets are not sent in messages: give them to PUT /v1/connections/{id} over HTTP';
        throw wrongField('invalid_body', {
            field: 'credentials',
            message,
            code: 'secret_in_message'
        });
    }
    async list({ context, query }) {
        const { atLeast, ...filter } = parse(connectionsQuery, query, 'query');
        await readAt(this.engine, atLeast);
        const rows = this.engine.readModel.connections(context.tenant, filter);
        const next = rows.length < filter.limit ? null : rows.at(-1)?.id ?? null;
        return {
            body: {
                items: rows.map(connectionView),
                next
            }
        };
    }
    async get({ context, id, query }) {
        await readAt(this.engine, parse(readQuery, query, 'query').atLeast);
        const row = this.engine.readModel.connection(context.tenant, parse(name, id, 'path'));
        if (row === undefined) throw notFound('connection', id);
        return {
            body: connectionView(row)
        };
    }
    /** The end of the connection's own log, oldest first: who registered, suspended and restored it, and which schedules claim it. */ async events(call) {
        await this.#assertKnown(call);
        const stream = connectionStream(call.context.tenant, call.id);
        return {
            body: await logPage(this.engine.store, stream, call.query)
        };
    }
    /** Asks the provider whether settings and credentials are good; says what to do where they are not. */ async check(call) {
        parse(emptyBody, call.body ?? undefined);
        const { id, context } = call;
        if ((await this.#read(call)).state.profile === undefined) throw notFound('connection', id);
        return {
            body: await this.engine.connectors.check(context.tenant, id)
        };
    }
    async suspend(call) {
        const { message } = parse(suspendBody, call.body ?? undefined);
        await this.#assertKnown(call);
        const command = {
            type: 'SuspendConnection',
            cause: 'request',
            message
        };
        return {
            body: (await this.#execute(call, command)).answer
        };
    }
    /**
   * What its user asked to end: settings, credentials and uploads go, and what was synced where that is asked for. Done
   * once more it removes what a crash left. The log keeps what happened.
   */ async remove(call) {
        const { records, note } = parse(removeBody, call.body ?? undefined);
        await this.#assertKnown(call);
        const { answer, repeated } = await this.#execute(call, {
            type: 'RemoveConnection',
            records,
            note
        });
        const { actors, uploads, forgetting } = this.engine;
        const vault = {
            remove: (owner)=>removeCredentials(this.engine.vault, owner)
        };
        const owner = {
            tenant: call.context.tenant,
            connection: call.id
        };
        const forgotten = await clearAway({
            actors,
            uploads,
            forgetting,
            vault
        }, owner, {
            records,
            repeated
        });
        return {
            body: {
                ...answer,
                status: 'removed',
                forgotten
            }
        };
    }
    async restore(call) {
        const { note } = parse(noteBody, call.body ?? undefined);
        await this.#assertKnown(call);
        return {
            body: (await this.#execute(call, {
                type: 'RestoreConnection',
                note
            })).answer
        };
    }
    #read({ id, context: { tenant } }) {
        const stream = connectionStream(tenant, parse(name, id, 'path'));
        return this.engine.actors.read(connectionAggregate, stream, tenant);
    }
    /** Registered, or claimed by a schedule. A misspelt one would be told as done. @throws {ProblemException} 404 */ async #assertKnown(call) {
        if ((await this.#read(call)).revision < 0) throw notFound('connection', call.id);
    }
    async #execute(call, command) {
        assertUnversioned('connection', call);
        const { id, context } = call;
        const message = new ConnectionMessage(parse(name, id, 'path'), command, context);
        const { state, revision, position, events, repeated } = accepted(await this.commands.execute(message), this.engine);
        const types = events.map((event)=>event.type);
        return {
            answer: {
                id,
                status: state.status,
                revision,
                position,
                events: types
            },
            repeated
        };
    }
    #assertConnector(connector, provider) {
        if (connector === undefined) return;
        const { list } = this.engine.connectors;
        const known = list.find(({ manifest })=>manifest.id === connector)?.manifest;
        if (known?.provider === provider) return;
        const fitting = list.filter(({ manifest })=>manifest.provider === provider).map(({ manifest })=>manifest.id);
        const message = `"${connector}" is not a connector of ${provider}; there ${fitting.length === 0 ? 'is none' : `is ${fitting.join(', ')}`}`;
        throw wrongField('unknown_connector', {
            field: 'connector',
            message,
            code: 'unknown_connector'
        });
    }
}
ConnectionApi = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(CommandBus)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof CommandBus === "undefined" ? Object : CommandBus
    ])
], ConnectionApi);

//# sourceMappingURL=connections.js.map