import { AckPolicy, jetstream } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { streams, subjects, tokensOf } from '#lib/contracts/messages';
import { refusalOf, roomIn } from './answer.js';
import { InOrder } from './in-order.js';
import { parkedCommand } from './parked-command.js';
import { PlainRequests } from './plain-json.js';
const CONSUMER = 'schedulers';
const BATCH = 100;
const EXPIRES_MS = 5_000;
const ACK_WAIT_MS = 30_000;
const RETRY_MS = 2_000;
const PAUSE_MS = 1_000;
/** A server closes the connection that names a longer one. */ const LONGEST_SUBJECT = 255;
/**
 * Fire and forget, but not forgotten: commands that wait in a JetStream work queue until they are decided, by the one node
 * that has the lease: those about one schedule or connection in the order in which they came. The idempotency key, from the
 * header `Idempotency-Key` or else `Nats-Msg-Id` or the place in the stream and the time at which it came there, makes a
 * redelivered command the same command: places begin anew with a stream that was lost. The answer goes to the subject in
 * the header `Reply-Subject`, if there is one.
 */ export class SubmittedCommands {
    #js;
    #requests;
    #inOrder;
    #deciding;
    #begun;
    #stopped;
    #running;
    #messages;
    constructor(engine, operations, nats){
        this.engine = engine;
        this.operations = operations;
        this.nats = nats;
        this.#requests = new PlainRequests();
        this.#deciding = new Set();
        this.#begun = false;
        this.#stopped = false;
        this.#js = jetstream(nats.nc, {
            timeout: 10_000
        });
        this.#inOrder = new InOrder(()=>engine.environment.clock.monotonic());
    }
    start() {
        this.#running = this.#run();
    }
    async stop() {
        this.#stopped = true;
        await this.#messages?.close().catch(()=>{});
        await this.#running;
        await Promise.allSettled(this.#deciding);
    }
    async #run() {
        let consumer;
        while(!this.#stopped){
            try {
                consumer ??= await this.#consumer();
                // One that takes long holds up what is about the same, and nobody else.
                if (this.#deciding.size >= BATCH) await Promise.race(this.#deciding);
                const messages = await consumer.fetch({
                    max_messages: BATCH - this.#deciding.size,
                    expires: EXPIRES_MS
                });
                this.#messages = messages;
                for await (const message of messages)this.#begin(message);
            } catch (error) {
                consumer = undefined;
                if (this.#stopped || this.nats.nc.isClosed()) return;
                this.engine.trouble('commands', error);
                await new Promise((resolve)=>this.engine.environment.timers.after(PAUSE_MS, resolve));
            }
        }
    }
    async #consumer() {
        const { layout } = this.nats;
        await layout.ensure();
        // Made anew by whoever has the lease now, it gives all that is not decided again, from the first on: what another one was
        // given, or gave back, would otherwise come after what was sent since.
        if (!this.#begun) await layout.manager.consumers.delete(streams.commands, CONSUMER).catch(()=>false);
        this.#begun = true;
        await layout.manager.consumers.add(streams.commands, {
            durable_name: CONSUMER,
            ack_policy: AckPolicy.Explicit,
            ack_wait: nanos(ACK_WAIT_MS),
            max_ack_pending: 1_000
        });
        return this.#js.consumers.get(streams.commands, CONSUMER);
    }
    #begin(message) {
        const deciding = this.#inTurn(message).catch((error)=>{
            this.engine.log('warn', `submitted command ${message.subject}: will come again`, {
                error
            });
        });
        this.#deciding.add(deciding);
        void deciding.finally(()=>this.#deciding.delete(deciding));
    }
    async #inTurn(message) {
        const payload = this.#requests.deserialize(message).data;
        await this.#inOrder.take(aboutOf(message.subject, payload), message.seq, {
            decide: ()=>this.#take(message, payload),
            giveBack: ()=>this.#giveBack(message)
        });
    }
    /** Whether it is decided. Nothing that one message does ends the others' turn: it comes again. */ async #take(message, payload) {
        try {
            if (await this.#decided(message, payload)) return true;
        } catch (error) {
            this.engine.log('error', `submitted command ${message.subject} failed: will be tried again`, {
                error
            });
        }
        this.#giveBack(message);
        return false;
    }
    #giveBack(message) {
        if (!this.nats.nc.isClosed()) message.nak(RETRY_MS);
    }
    /** Not, where it met an outage or its refusal could not be kept. */ async #decided(message, payload) {
        const [, tenant = '', resource = '', verb = ''] = tokensOf(message.subject);
        const header = (name)=>message.headers?.get(name) || undefined;
        const key = header('Idempotency-Key') ?? header('Nats-Msg-Id') ?? `${streams.commands}-${placeOf(message)}`;
        const { retry, ...answer } = await this.operations.answer({
            tenant,
            resource,
            verb,
            payload,
            key
        });
        if (retry === true) return false;
        const replyTo = header('Reply-Subject');
        if (replyTo !== undefined && isSubject(replyTo)) this.#reply(replyTo, {
            key,
            ...answer
        });
        const refusal = refusalOf(answer);
        if (refusal !== undefined && !await this.#parked(message, refusal)) return false;
        message.ack();
        return true;
    }
    /** What was decided stays decided, whether or not anybody can be told. */ #reply(subject, answer) {
        try {
            this.nats.nc.publish(subject, JSON.stringify(answer));
        } catch (error) {
            this.engine.log('warn', `a submitted command's answer cannot be sent to ${subject}`, {
                error
            });
        }
    }
    /** A refusal that nobody may be listening for is kept where an operator finds it; until it is, the command stays. */ async #parked(message, problem) {
        const record = parkedCommand(message, problem, roomIn(this.nats.nc));
        try {
            await this.#js.publish(subjects.parked('commands'), record, {
                msgID: `commands-${placeOf(message)}`
            });
            return true;
        } catch (error) {
            const what = `a refused command could not be parked yet: ${message.subject}`;
            this.engine.log('warn', what, {
                error,
                problem
            });
            await this.nats.layout.ensure().catch(()=>{});
            return false;
        }
    }
}
/** Of a stream that is made again its first message is not the first one's double. */ const placeOf = ({ seq, info })=>`${seq}-${info.timestampNanos}`;
/** What a command is about, for its turn: a run belongs to its schedule. Undefined: it waits for nobody. */ function aboutOf(subject, payload) {
    const [, tenant = '', resource = ''] = tokensOf(subject);
    const { id } = payload ?? {};
    if (typeof id !== 'string') return undefined;
    return resource === 'runs' ? `${tenant}.schedules.${id.split('.')[0]}` : `${tenant}.${resource}.${id}`;
}
/** A subject to publish to: not too long, no wildcards, no blanks, and none of ours. */ const isSubject = (subject)=>subject.length <= LONGEST_SUBJECT && /^[^\s*>.]+(\.[^\s*>.]+)*$/.test(subject) && !subject.startsWith('syncopate.') && !subject.startsWith('$');

//# sourceMappingURL=submitted-commands.js.map