import { isWithdrawal } from '#lib/ports';
import { AbortGate, ConnectorError, isConnectorError, throwIfCancelled } from '../kit/index.js';
import { outcomeOf, snoozed } from './outcome.js';
import { isWaitClass } from '#lib/domain/retry';
/** What is told of rejected rows is for people, and stays in the log for ever: characters of a reason, and reasons. */ const MAX_REASON = 300;
const MAX_REASONS = 20;
/** A key longer than this is a connector's defect, and would bloat every index. */ const MAX_KEY = 1_000;
/**
 * Pulls a connector's messages into the sink. The order is what makes a retry safe: on a state, first the records
 * before it are durable, then the checkpoint is stored; so a checkpoint never runs ahead of the data, and what is
 * written without one is written again, by key. After an abort nothing more is written: the lease may be another's.
 * @throws {ConnectorError} CURSOR_INVALID only.
 */ export async function readThrough({ connector, context }, tools) {
    const signal = context.signal;
    const run = new SinkRun(tools, connector);
    const gate = new AbortGate(signal);
    const messages = connector.read(context)[Symbol.asyncIterator]();
    try {
        for(;;){
            // Raced, because a connector that hangs must not outlive its signal.
            const next = await gate.wait(messages.next());
            if (next.done === true) break;
            const ended = await run.take(next.value);
            if (ended !== undefined) return ended;
        }
        await run.flush();
        return {
            kind: 'succeeded',
            counts: run.result(),
            ...run.state === undefined ? {} : {
                state: run.state
            }
        };
    } catch (error) {
        if (isConnectorError(error, 'CURSOR_INVALID')) throw error;
        // What was read before the trouble is good data: keep it where we still may.
        if (isConnectorError(error) && !signal.aborted) await run.flush().catch(()=>undefined);
        const stored = await context.vault.read(context.owner).catch(()=>undefined);
        return outcomeOf(error, signal, Object.values(stored?.secrets ?? {}), run.result());
    } finally{
        gate.close();
        // Not awaited: a generator that hangs in an await would hold us here.
        messages.return?.(undefined)?.catch(()=>undefined);
    }
}
const isRecord = (value)=>typeof value === 'object' && value !== null && !Array.isArray(value);
const areTexts = (...values)=>values.every((value)=>value === undefined || typeof value === 'string');
const badMessage = (what)=>new ConnectorError('INTERNAL', `a message ${what}: there are record, rejected, state, complete, progress, and wait with RATE_LIMITED, QUOTA_EXHAUSTED or DATA_NOT_READY`, {
        code: 'bad_message'
    });
/** Why a record cannot be kept; undefined where it can. What one says must not cost the others of its batch. */ function wrongIn({ key, data }) {
    if (typeof key !== 'string') return `a key that is ${key === null ? 'null' : `a ${typeof key}`}, not a text`;
    if (key === '' || key.length > MAX_KEY) return `a key that is empty or longer than ${MAX_KEY} characters`;
    if (!isRecord(data)) return 'a record without data';
    for (const [name, value] of Object.entries(data)){
        if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'string') continue;
        if (typeof value !== 'number') return `a field ${name} that is a ${typeof value}: texts, numbers, true, false and null are kept`;
        if (!Number.isFinite(value)) return `a field ${name} that is ${value}`;
    }
    return undefined;
}
let SinkRun = class SinkRun {
    #scope;
    #batch;
    /** When the first batch of this attempt was written, by a clock that may be set back amid it. */ #earliest;
    #read;
    #written;
    #rejected;
    #rejections;
    constructor(tools, connector){
        this.tools = tools;
        this.connector = connector;
        this.#batch = [];
        this.#earliest = Number.POSITIVE_INFINITY;
        this.#read = 0;
        this.#written = 0;
        this.#rejected = 0;
        this.#rejections = new Map();
        const { tenant, user, connection, provider } = tools.task;
        this.#scope = {
            tenant,
            user,
            connection,
            provider,
            connector: connector.manifest.id
        };
    }
    counts() {
        return {
            read: this.#read,
            written: this.#written,
            rejected: this.#rejected
        };
    }
    /** With what was wrong, for the end of the read. */ result() {
        const rejections = [
            ...this.#rejections.values()
        ];
        return rejections.length === 0 ? this.counts() : {
            ...this.counts(),
            rejections
        };
    }
    #reject(stream, said) {
        this.#rejected++;
        const reason = said.slice(0, MAX_REASON);
        const known = this.#rejections.get(`${stream} ${reason}`);
        if (known !== undefined) known.times++;
        else if (this.#rejections.size < MAX_REASONS) this.#rejections.set(`${stream} ${reason}`, {
            stream,
            reason,
            times: 1
        });
    }
    /** The outcome, where the message ends the read. */ async take(message) {
        switch(message.kind){
            case 'record':
                this.#read++;
                this.#admit(message.record);
                if (this.#batch.length >= this.tools.batchSize) await this.flush();
                return undefined;
            case 'rejected':
                this.#read++;
                this.#reject(message.stream, message.reason);
                return undefined;
            case 'state':
                if (!isRecord(message.state)) throw badMessage('of kind state has one that is no object');
                await this.flush();
                throwIfCancelled(this.tools.sync.signal);
                await this.tools.sync.checkpoint(message.state, this.counts());
                this.state = message.state;
                return undefined;
            case 'complete':
                {
                    const { stream, since: before, within, from } = message;
                    this.#assertDeclared(stream);
                    if (!Number.isFinite(before) || !areTexts(within, from)) throw badMessage('of kind complete needs since, an instant, and takes within and from, texts');
                    const part = {
                        ...within === undefined ? {} : {
                            within
                        },
                        ...from === undefined ? {} : {
                            from
                        }
                    };
                    this.#batch.push({
                        stream,
                        withdrawn: {
                            before,
                            ...part
                        }
                    });
                    return undefined;
                }
            case 'progress':
                this.tools.sync.progress(message.done, message.total);
                return undefined;
            case 'wait':
                if (!isWaitClass(message.class)) throw badMessage(`waits with class ${String(message.class)}`);
                await this.flush();
                return snoozed(message.class, message.delayMs, message.message);
            default:
                // Somebody's own connector may be in plain JavaScript.
                throw badMessage(`has the kind ${String(message?.kind)}`);
        }
    }
    async flush() {
        throwIfCancelled(this.tools.sync.signal);
        const batch = this.#batch;
        if (batch.length === 0) return;
        this.#batch = [];
        const at = this.tools.clock.now();
        this.#earliest = Math.min(this.#earliest, at);
        const changes = batch.map((change)=>isWithdrawal(change) ? {
                ...change,
                withdrawn: {
                    ...change.withdrawn,
                    before: Math.min(change.withdrawn.before, this.#earliest)
                }
            } : change);
        const { inserted, updated } = await this.tools.sink.write(this.#scope, changes, at);
        this.#written += inserted + updated;
    }
    #assertDeclared(stream) {
        const { id, streams } = this.connector.manifest;
        if (streams.some(({ name })=>name === stream)) return;
        throw new ConnectorError('INTERNAL', `${id} sent a record of a stream that it does not declare`, {
            code: 'bad_record'
        });
    }
    /** A key comes from what the provider says: one that cannot be kept is a bad row. A strange stream is our defect. */ #admit(record) {
        this.#assertDeclared(record.stream);
        const wrong = wrongIn(record);
        if (wrong === undefined) this.#batch.push(record);
        else this.#reject(record.stream, wrong);
    }
};

//# sourceMappingURL=read-through.js.map