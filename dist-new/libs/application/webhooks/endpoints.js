import { webhookAggregate } from '#lib/application/actors';
import { idFor } from '#lib/application/creation';
import { webhookStream } from '#lib/contracts/streams';
import { isEventStoreError } from '#lib/event-store/port';
import { Room } from './room.js';
const refused = (reason, message, field)=>({
        ok: false,
        rejection: {
            reason,
            message,
            ...field === undefined ? {} : {
                field
            }
        }
    });
const superseded = refused('secret_superseded', 'the secret that this request made is not the present one any more: it was rotated since');
const notThere = ()=>refused('webhook_not_found', 'there is no such webhook');
/**
 * What is asked about endpoints, whichever door it comes through. Where a secret changes, the vault comes first and the
 * event after it: of a request that was cut off between the two, and is asked again under its key, both are done.
 */ export class WebhookEndpoints {
    #room;
    constructor(options){
        this.options = options;
        this.#room = new Room(options.known, options.mostPerTenant);
    }
    /** Told of what comes after this. The secret is answered here, and to a repeated request, and nowhere else. */ async register(definition, context) {
        const { environment, mostPerTenant: most } = this.options;
        const not = this.#refusedUrl(definition.url);
        if (not !== undefined) return not;
        const id = idFor(context, environment);
        const settle = this.#room.take(context.tenant, id);
        if (settle === undefined) return refused('too_many_webhooks', `there are ${most} webhooks, which is as many as may be: delete one, or raise SYNCOPATE_WEBHOOKS_PER_TENANT`);
        let made;
        try {
            const answer = await this.#registered(id, definition, context);
            if (answer.ok) made = answer.position;
            return answer;
        } finally{
            settle(made);
        }
    }
    async #registered(id, definition, context) {
        const { secrets, store, execute } = this.options;
        const owner = {
            tenant: context.tenant,
            webhook: id
        };
        const secret = await secrets.ensure(owner);
        const after = await store.head();
        const answer = await execute(id, {
            type: 'RegisterWebhook',
            id,
            definition,
            after
        }, context);
        if (!answer.ok) return answer;
        if ('id' in answer.state) return {
            ...answer,
            id,
            secret
        };
        // A key that made one which was deleted since: there is nothing to verify.
        await secrets.remove(owner);
        return notThere();
    }
    /** `change` is given what is in force; decided against that, or refused if it changed meanwhile. */ async update(id, change, context, ifVersion) {
        const living = await this.living(id, context.tenant);
        if (living === undefined) return notThere();
        const definition = change(living.definition);
        const command = {
            type: 'UpdateWebhook',
            definition,
            ifVersion: ifVersion ?? living.version
        };
        return this.#refusedUrl(definition.url) ?? this.options.execute(id, command, context);
    }
    /** Asked again because the vault was away, it takes the secret away too. */ async remove(id, about, context) {
        const { secrets, execute } = this.options;
        const owner = {
            tenant: context.tenant,
            webhook: id
        };
        if ((await this.#state(id, context.tenant)).status === 'deleted') await secrets.remove(owner);
        const answer = await execute(id, {
            type: 'DeleteWebhook',
            ...about
        }, context);
        if (answer.ok) await secrets.remove(owner);
        return answer;
    }
    /** The new secret holds at once; what is sent is signed with both for so long. */ async rotate(id, overlap, context) {
        const { secrets, environment, execute, actors } = this.options;
        if (await this.living(id, context.tenant) === undefined) return notThere();
        const previousUntil = Math.floor(environment.clock.now()) + overlap;
        const owner = {
            tenant: context.tenant,
            webhook: id
        };
        const key = context.idempotency?.key;
        // Of a key that was used already the vault must not hear: what it asked for is done, or it asked for something else.
        const used = await actors.repeated(webhookAggregate, webhookStream(id), context);
        if (used?.ok === false) return used;
        const secret = await (used === undefined ? secrets.rotate(owner, previousUntil, key) : secrets.of(owner, key));
        if (secret === undefined) return superseded;
        const answer = used ?? await execute(id, {
            type: 'RotateWebhookSecret',
            previousUntil
        }, context);
        return answer.ok ? {
            ...answer,
            secret,
            previousUntil
        } : answer;
    }
    /** Tells a range of the log again, under the ids of the first time; up to the log's end at most. */ async replay(id, { after, through }, context) {
        const { store, environment, execute } = this.options;
        const not = await this.#refusedPosition(after);
        if (not !== undefined) return not;
        const range = {
            after,
            through: Math.min(through, await store.head())
        };
        const replay = idFor(context, environment);
        const answer = await execute(id, {
            type: 'ReplayWebhook',
            replay,
            ...range
        }, context);
        return answer.ok ? {
            ...answer,
            replay,
            ...range
        } : answer;
    }
    async living(id, tenant) {
        const state = await this.#state(id, tenant);
        return 'id' in state ? state : undefined;
    }
    async #state(id, tenant) {
        return (await this.options.actors.read(webhookAggregate, webhookStream(id), tenant)).state;
    }
    #refusedUrl(url) {
        try {
            this.options.checkUrl(url);
            return undefined;
        } catch (error) {
            return refused('url_not_allowed', `url: ${error.message}`, 'url');
        }
    }
    /** A store whose positions are places in its files takes only those of events. */ async #refusedPosition(after) {
        try {
            if (after > 0) await this.options.store.readAll(after, 1);
            return undefined;
        } catch (error) {
            if (isEventStoreError(error, 'store_unavailable')) throw error;
            return refused('no_such_position', 'after must be the position of an event, or 0', 'after');
        }
    }
}

//# sourceMappingURL=endpoints.js.map