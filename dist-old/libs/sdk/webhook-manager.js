import { webhookAggregate } from '#lib/application/actors';
import { changedWebhook, createWebhookBody, replayBody, toWebhook, updateWebhookBody, webhookId } from '#lib/contracts/api';
import { webhookStream } from '#lib/contracts/streams';
import { DAY } from '#lib/domain/kernel';
import { webhookEndpoints } from '#lib/wiring';
import { deliveryStatus, overlap } from './filters.js';
import { changeOptions, enableOptions, endOptions, noteOptions, requestOptions } from './options.js';
import { itemsOf } from './pages.js';
import { parse } from './parse.js';
/**
 * Endpoints that are told of events. Every method that writes resolves when the log has it. @throws {RequestRejected} from
 * each: what was asked is not valid, or is refused as things stand
 */ export class WebhookManager {
    constructor(session){
        this.session = session;
    }
    /**
   * Told of what comes after this. `secret` is what a receiver verifies by, and is not shown again.
   * @throws {RequestRejected} the address is none that may be sent to, or there are as many as may be
   */ async register(input, options = {}) {
        const { requestKey: key } = parse(requestOptions, options);
        const definition = toWebhook(parse(createWebhookBody, input));
        const context = this.session.context({
            key,
            target: 'webhooks.register',
            body: input
        });
        const { id, secret } = await this.session.seen(this.#endpoints.register(definition, context));
        return {
            id,
            secret
        };
    }
    /** Changes what is named and leaves the rest. */ async update(id, changes, options = {}) {
        const { version, ...asked } = parse(changeOptions, options);
        const body = parse(updateWebhookBody, changes);
        const changed = (definition)=>changedWebhook(definition, body);
        const context = this.#context('update', id, {
            ...asked,
            body: changes
        });
        await this.session.seen(this.#endpoints.update(parse(webhookId, id, 'id'), changed, context, version));
    }
    /** `options` may be the note alone. */ async disable(id, options = {}) {
        const { requestKey, note } = parse(noteOptions, options);
        await this.#execute(id, {
            type: 'DisableWebhook',
            note
        }, {
            verb: 'disable',
            requestKey,
            body: {
                note
            }
        });
    }
    /** Goes on where it stopped, or `fromNow`: what happened meanwhile is skipped. */ async enable(id, options = {}) {
        const { requestKey, fromNow } = parse(enableOptions, options);
        const skipTo = fromNow ? await this.session.engine.store.head() : undefined;
        await this.#execute(id, {
            type: 'EnableWebhook',
            skipTo
        }, {
            verb: 'enable',
            requestKey,
            body: {
                fromNow
            }
        });
    }
    /** With its secret. `options` may be the note alone. */ async delete(id, options = {}) {
        const { requestKey, version: ifVersion, note } = parse(endOptions, options);
        const context = this.#context('delete', id, {
            requestKey,
            body: {
                note
            }
        });
        await this.session.seen(this.#endpoints.remove(parse(webhookId, id, 'id'), {
            note,
            ifVersion
        }, context));
    }
    /** A new secret, which holds at once; messages are signed with the one before for `overlapMs` more (default a day, at most 30). */ async rotateSecret(id, overlapMs = DAY, options = {}) {
        const asked = parse(requestOptions, options);
        const body = parse(overlap, overlapMs, 'overlapMs');
        const context = this.#context('rotate', id, {
            ...asked,
            body
        });
        return (await this.session.seen(this.#endpoints.rotate(parse(webhookId, id, 'id'), body, context))).secret;
    }
    /**
   * Tells a range of the log again, by positions, up to its end at most. Answers the replay's id.
   * @throws {RequestRejected} they are no range, or `after` is no event's position
   */ async replay(id, after, through, options = {}) {
        const asked = parse(requestOptions, options);
        const range = parse(replayBody, {
            after,
            through
        });
        const context = this.#context('replay', id, {
            ...asked,
            body: range
        });
        return (await this.session.seen(this.#endpoints.replay(parse(webhookId, id, 'id'), range, context))).replay;
    }
    get(id) {
        const { engine, tenant } = this.session;
        return engine.readModel.webhook(tenant, parse(webhookId, id, 'id'));
    }
    list(most) {
        const { engine, tenant } = this.session;
        return itemsOf((paging)=>engine.readModel.webhooks(tenant, paging), most);
    }
    /** What became of each event, the newest first. */ deliveries(id, status, most = 100) {
        const wanted = parse(deliveryStatus, status, 'status');
        if (this.get(id) === undefined) return [];
        const { readModel } = this.session.engine;
        return itemsOf((paging)=>readModel.deliveries(id, wanted, paging), most);
    }
    get #endpoints() {
        const { engine } = this.session;
        return webhookEndpoints(engine, (id, command, context)=>engine.actors.execute(webhookAggregate, webhookStream(id), command, context));
    }
    async #execute(id, command, { verb, ...asked }) {
        const { actors } = this.session.engine;
        const stream = webhookStream(parse(webhookId, id, 'id'));
        const context = this.#context(verb, id, asked);
        await this.session.seen(actors.execute(webhookAggregate, stream, command, context));
    }
    #context(verb, id, { requestKey: key, body }) {
        return this.session.context({
            key,
            target: `webhooks.${verb} ${id}`,
            body
        });
    }
}

//# sourceMappingURL=webhook-manager.js.map