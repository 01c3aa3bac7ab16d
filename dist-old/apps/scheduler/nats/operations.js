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
import { Engine } from '#lib/wiring';
import { callContext } from '../api/call.js';
import { internal, isOutage, problem, problemOf, ProblemException } from '../api/problem.js';
import { fitted, roomIn } from './answer.js';
import { ConnectionOperations } from './connection-operations.js';
import { Unreadable } from './plain-json.js';
import { ScheduleOperations } from './schedule-operations.js';
export class NatsOperations {
    #operations;
    #environment;
    constructor(engine, schedules, connections){
        this.engine = engine;
        this.#environment = engine.environment;
        this.#operations = {
            ...schedules.all,
            ...connections.all
        };
    }
    /** The names that subjects may end in. */ get names() {
        return Object.keys(this.#operations);
    }
    /** Never throws; an outage is an answer too, with `retry` for those who can wait. */ async answer(request) {
        const most = roomIn(this.engine.messaging.nats?.nc);
        try {
            const { body, retry = false } = await this.#run(request);
            return {
                ...fitted({
                    ok: true,
                    result: body
                }, most),
                ...retry ? {
                    retry
                } : {}
            };
        } catch (error) {
            const known = problemOf(error);
            if (known !== undefined) {
                const answer = fitted({
                    ok: false,
                    problem: known.problem
                }, most);
                return {
                    ...answer,
                    ...isOutage(known) ? {
                        retry: true
                    } : {}
                };
            }
            const id = this.#environment.ids.next();
            this.engine.log('error', `${request.resource}.${request.verb} over NATS failed, error ${id}`, {
                error
            });
            return {
                ok: false,
                problem: internal(id)
            };
        }
    }
    #run(request) {
        const name = `${request.resource}.${request.verb}`;
        const operation = Object.hasOwn(this.#operations, name) ? this.#operations[name] : undefined;
        if (operation === undefined) {
            const detail = `there is no ${name}; there are ${this.names.join(', ')}`;
            throw new ProblemException(problem(404, 'no_such_operation', detail));
        }
        const { id: named, version, ...rest } = objectOf(request.payload);
        const id = textOf('id', named);
        const { tenant, key } = request;
        const context = callContext(this.engine, {
            tenant,
            actor: 'nats'
        }, {
            key,
            target: `NATS ${name} ${id}`,
            body: rest
        });
        const content = operation.kind === 'query' && request.verb !== 'validate' ? {
            query: rest
        } : {
            body: Object.keys(rest).length === 0 ? undefined : rest
        };
        return operation.run({
            context,
            id,
            ifVersion: versionOf(version),
            ...content
        });
    }
}
NatsOperations = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(ScheduleOperations)),
    _ts_param(2, Inject(ConnectionOperations)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof ScheduleOperations === "undefined" ? Object : ScheduleOperations,
        typeof ConnectionOperations === "undefined" ? Object : ConnectionOperations
    ])
], NatsOperations);
const wrong = (detail)=>new ProblemException(problem(422, 'invalid_body', detail));
function objectOf(payload) {
    if (payload === undefined || payload === null) return {};
    if (payload instanceof Unreadable) throw wrong(payload.why);
    if (typeof payload !== 'object' || Array.isArray(payload)) throw wrong('the payload must be a JSON object');
    return payload;
}
function textOf(field, value) {
    if (value === undefined) return '';
    if (typeof value !== 'string') throw wrong(`${field} must be a string`);
    return value;
}
function versionOf(value) {
    if (value === undefined) return undefined;
    if (!Number.isSafeInteger(value) || value < 1) throw wrong('version must be a whole number from 1');
    return value;
}

//# sourceMappingURL=operations.js.map