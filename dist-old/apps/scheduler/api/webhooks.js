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
import { WebhookMessage } from '#lib/application/commands';
import { changedWebhook, createWebhookBody, emptyBody, enableWebhookBody, noteBody, replayBody, rotateSecretBody, toWebhook, updateWebhookBody, webhookId } from '#lib/contracts/api';
import { iso } from '#lib/domain/kernel';
import { Engine, webhookEndpoints } from '#lib/wiring';
import { accepted, notFound, parse } from './input.js';
import { problem, ProblemException } from './problem.js';
import { vaultOutage } from './vault-problem.js';
/** What a command on a webhook answers. */ const answerOf = ({ state, revision, position, events, repeated })=>({
        ...'id' in state ? {
            id: state.id
        } : {},
        status: state.status,
        ...'id' in state ? {
            version: state.version
        } : {},
        revision,
        position,
        events: events.map((event)=>event.type),
        ...repeated ? {
            repeated
        } : {}
    });
const replyOf = (answer, more = {})=>({
        body: {
            ...answerOf(answer),
            ...more
        },
        ...'id' in answer.state ? {
            version: answer.state.version
        } : {}
    });
export class WebhookApi {
    #endpoints;
    constructor(engine, commands){
        this.engine = engine;
        this.commands = commands;
        this.#endpoints = webhookEndpoints(engine, (id, command, context)=>commands.execute(new WebhookMessage(id, command, context)));
    }
    /** Told of what comes after this. The secret is shown here, and to a repeated request, and nowhere else. */ async create({ context, body }) {
        const definition = toWebhook(parse(createWebhookBody, body));
        const answer = accepted(await inVault(()=>this.#endpoints.register(definition, context)), this.engine);
        const { id, secret } = answer;
        return {
            ...replyOf(answer, {
                secret
            }),
            location: `/v1/webhooks/${id}`
        };
    }
    async update({ context, id, body, ifVersion }) {
        const changed = (definition)=>changedWebhook(definition, parse(updateWebhookBody, body));
        const answer = this.#endpoints.update(parse(webhookId, id, 'path'), changed, context, ifVersion);
        return replyOf(accepted(await answer, this.engine));
    }
    async remove({ context, id, body, ifVersion }) {
        const { note } = parse(noteBody, body ?? undefined);
        const webhook = parse(webhookId, id, 'path');
        const answer = await inVault(()=>this.#endpoints.remove(webhook, {
                note,
                ifVersion
            }, context));
        return replyOf(accepted(answer, this.engine));
    }
    disable(call) {
        const { note } = parse(noteBody, call.body ?? undefined);
        return this.#command(call, {
            type: 'DisableWebhook',
            note
        });
    }
    async enable(call) {
        const { from } = parse(enableWebhookBody, call.body ?? undefined);
        const skipTo = from === 'now' ? await this.engine.store.head() : undefined;
        return this.#command(call, {
            type: 'EnableWebhook',
            skipTo
        });
    }
    /** The new secret holds at once; what is sent is signed with both for a while. */ async rotate({ context, id, body }) {
        const { overlap } = parse(rotateSecretBody, body ?? undefined);
        const webhook = parse(webhookId, id, 'path');
        const answer = accepted(await inVault(()=>this.#endpoints.rotate(webhook, overlap, context)), this.engine);
        return replyOf(answer, {
            secret: answer.secret,
            previousUntil: iso(answer.previousUntil)
        });
    }
    /** Sends one message that says nothing, and answers what came of it. */ async test(call) {
        parse(emptyBody, call.body ?? undefined);
        const { definition, id } = await this.#living(call);
        this.#assertDelivers();
        const { clock, ids } = this.engine.environment;
        const message = {
            id: ids.next(),
            type: 'WebhookTest',
            tenant: call.context.tenant
        };
        const told = {
            type: message.type,
            timestamp: iso(Math.floor(clock.now())),
            data: {
                webhook: id
            }
        };
        const sent = {
            ...message,
            webhook: id,
            url: definition.url,
            body: JSON.stringify(told)
        };
        const result = await inVault(()=>this.engine.webhooks.sender.send(sent, new AbortController().signal));
        return {
            body: {
                id: message.id,
                ...result
            }
        };
    }
    /** Tells a range of the log again, under the ids of the first time. */ async replay({ context, id, body }) {
        const range = parse(replayBody, body);
        const answer = accepted(await this.#endpoints.replay(parse(webhookId, id, 'path'), range, context), this.engine);
        const { replay, after, through, repeated } = answer;
        // Asked again, it is the range of the first time, which may have ended earlier.
        return replyOf(answer, {
            replay,
            ...repeated ? {} : {
                after,
                through
            }
        });
    }
    /** One delivery anew, whatever became of it. */ async redeliver(call) {
        parse(emptyBody, call.body ?? undefined);
        await this.#living(call);
        const row = this.engine.readModel.delivery(call.id, call.position);
        if (row === undefined || row.tenant !== call.context.tenant) throw notFound('delivery', String(call.position));
        const { position, stream, revision, event, eventType } = row;
        const delivery = {
            position,
            stream,
            revision,
            event,
            eventType
        };
        return this.#command(call, {
            type: 'RedeliverEvent',
            delivery
        });
    }
    async #command(call, command) {
        const message = new WebhookMessage(parse(webhookId, call.id, 'path'), command, call.context);
        return replyOf(accepted(await this.commands.execute(message), this.engine));
    }
    async #living({ id, context }) {
        const living = await this.#endpoints.living(parse(webhookId, id, 'path'), context.tenant);
        if (living === undefined) throw notFound('webhook', id);
        return living;
    }
    /** Where delivering is left to others, this node is not to reach out. */ #assertDelivers() {
        if (this.engine.configuration.webhookDelivery === 'here') return;
        const detail = 'this scheduler leaves delivering to other processes (SYNCOPATE_WEBHOOK_DELIVERY=elsewhere), and sends nothing itself';
        throw new ProblemException(problem(409, 'delivered_elsewhere', detail));
    }
}
WebhookApi = _ts_decorate([
    Injectable(),
    _ts_param(0, Inject(Engine)),
    _ts_param(1, Inject(CommandBus)),
    _ts_metadata("design:type", Function),
    _ts_metadata("design:paramtypes", [
        typeof Engine === "undefined" ? Object : Engine,
        typeof CommandBus === "undefined" ? Object : CommandBus
    ])
], WebhookApi);
async function inVault(work) {
    try {
        return await work();
    } catch (error) {
        throw vaultOutage(error, 'the vault is away; send the request again') ?? error;
    }
}

//# sourceMappingURL=webhooks.js.map