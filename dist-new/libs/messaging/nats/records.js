import { AckPolicy, DeliverPolicy, jetstream, JetStreamApiError } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { z } from 'zod';
import { streams, subjects } from '#lib/contracts/messages';
import { isWithdrawal } from '#lib/ports';
import { parseMessage } from './json.js';
import { portions } from './portions.js';
const TIMEOUT = 10_000;
const EXPIRES_MS = 5_000;
const PAUSE_MS = 1_000;
/** A node that stays away for longer begins anew. */ const INACTIVE_MS = 14 * 24 * 3_600_000;
const CONSUMER_NOT_FOUND = 10_014;
const name = z.string().min(1).max(300);
const stream = z.enum([
    'subscriptions',
    'charges',
    'usage'
]);
const record = z.strictObject({
    stream,
    key: z.string().min(1).max(1_000),
    data: z.record(z.string(), z.union([
        z.string(),
        z.number(),
        z.boolean(),
        z.null()
    ]))
});
const withdrawal = z.strictObject({
    stream,
    withdrawn: z.strictObject({
        before: z.number(),
        within: z.string().max(1_000).exactOptional(),
        from: z.string().max(40).exactOptional()
    })
});
const batch = z.strictObject({
    scope: z.strictObject({
        tenant: name,
        user: z.string(),
        connection: name,
        provider: name,
        connector: name
    }),
    records: z.array(z.union([
        record,
        withdrawal
    ])).max(10_000),
    at: z.number()
});
/** Where an executor in a process of its own puts synced records: a JetStream stream that every scheduler reads. */ export class NatsSink {
    #js;
    constructor(nc){
        this.#js = jetstream(nc, {
            timeout: TIMEOUT
        });
    }
    /** Resolves when JetStream has them: only then may a checkpoint follow. What was there before is not known here. */ async write(scope, changes, at) {
        const subject = subjects.records(scope.tenant, scope.provider);
        const bytesOf = (change)=>Buffer.byteLength(JSON.stringify(change));
        const sent = [
            ...portions(changes, bytesOf)
        ].map((some)=>this.#js.publish(subject, JSON.stringify({
                scope,
                records: some,
                at
            }), {
                timeout: TIMEOUT
            }));
        await Promise.all(sent);
        return {
            inserted: changes.filter((change)=>!isWithdrawal(change)).length,
            updated: 0
        };
    }
}
/** Reads the stream of records into this node's own sink, each batch once it is stored. Writing one twice is harmless. */ export class RecordIntake {
    #stopped;
    #messages;
    #running;
    #js;
    constructor(options){
        this.options = options;
        this.#stopped = false;
        this.#js = jetstream(options.nc, {
            timeout: TIMEOUT
        });
    }
    start() {
        this.#running = this.#run();
    }
    async stop() {
        this.#stopped = true;
        await this.#messages?.close().catch(()=>{});
        await this.#running;
    }
    async #run() {
        while(!this.#stopped){
            try {
                const consumer = await this.#consumer();
                while(!this.#stopped){
                    const messages = await consumer.fetch({
                        max_messages: 100,
                        expires: EXPIRES_MS
                    });
                    this.#messages = messages;
                    for await (const message of messages)await this.#take(message);
                }
            } catch (error) {
                if (this.#stopped || this.options.nc.isClosed()) return;
                this.options.onError('records', error);
                await new Promise((resolve)=>setTimeout(resolve, PAUSE_MS));
            }
        }
    }
    async #consumer() {
        const { layout, node, sink } = this.options;
        const durable = `records-${node}`;
        await layout.ensure();
        const known = await this.#known(durable);
        // It stands behind what a sink has that is gone.
        if (known !== undefined && known.config.description !== sink.identity) await layout.manager.consumers.delete(streams.records, durable);
        await layout.manager.consumers.add(streams.records, {
            durable_name: durable,
            ...sink.identity === undefined ? {} : {
                description: sink.identity
            },
            ack_policy: AckPolicy.Explicit,
            deliver_policy: DeliverPolicy.All,
            inactive_threshold: nanos(INACTIVE_MS)
        });
        return this.#js.consumers.get(streams.records, durable);
    }
    async #known(durable) {
        try {
            return await this.options.layout.manager.consumers.info(streams.records, durable);
        } catch (error) {
            if (error instanceof JetStreamApiError && error.code === CONSUMER_NOT_FOUND) return undefined;
            throw error;
        }
    }
    /** Kept where an operator finds it: a newer executor may say what this scheduler does not understand yet. */ async #park({ subject, seq, data }, why) {
        const problem = {
            title: 'records that cannot be read',
            detail: why
        };
        const payload = Buffer.from(data).toString('base64');
        const record = JSON.stringify({
            subject,
            sequence: seq,
            problem,
            payload
        });
        const told = JSON.stringify({
            subject,
            sequence: seq,
            problem,
            payloadBytes: data.length
        });
        const fits = Buffer.byteLength(record) <= (this.options.nc.info?.max_payload ?? 0);
        await this.#js.publish(subjects.parked('records'), fits ? record : told, {
            msgID: `records-${this.options.node}-${seq}`,
            timeout: TIMEOUT
        });
        this.options.onError('records', new Error(`records of ${subject} cannot be read and are parked: ${why}`));
    }
    async #take(message) {
        const parsed = parseMessage(batch, message.data);
        if (parsed.ok) {
            await this.options.sink.write(parsed.value.scope, parsed.value.records, parsed.value.at);
        } else {
            await this.#park(message, parsed.why);
        }
        message.ack();
    }
}

//# sourceMappingURL=records.js.map