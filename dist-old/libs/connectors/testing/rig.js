import { isWithdrawal } from '#lib/ports';
import { createConnectorEngine } from '../engine/index.js';
import { HttpPool, ImportFiles, OAuthTokens } from '../kit/index.js';
import { ManualClock, RecordingContext, taskOf } from './bench.js';
/** Collects what an engine writes; `fail` makes the next writes throw. */ export class CollectingSink {
    #seen;
    async write(_scope, changes, at) {
        if (this.fail !== undefined) throw this.fail;
        const records = changes.filter((change)=>!isWithdrawal(change));
        this.batches.push(records.length);
        let inserted = 0;
        for (const record of changes){
            if (isWithdrawal(record)) {
                this.#withdraw(record);
                continue;
            }
            this.#seen.set(`${record.stream} ${record.key}`, at);
            const key = `${record.stream} ${record.key}`;
            const before = this.records.get(key);
            if (before === undefined) inserted++;
            this.records.set(key, {
                ...record,
                data: merged(before?.data ?? {}, record.data)
            });
        }
        return {
            inserted,
            updated: records.length - inserted
        };
    }
    /** What is gone is no record here. */ #withdraw({ stream, withdrawn: { before, within = '', from } }) {
        const day = {
            subscriptions: '',
            charges: 'occurred_on',
            usage: 'occurred_at'
        }[stream];
        for (const [place, { key, data }] of this.records){
            const isIn = place.startsWith(`${stream} `) && key.startsWith(within);
            const since = from === undefined || day === '' || String(data[day] ?? '') >= from;
            if (isIn && since && (this.#seen.get(place) ?? 0) < before) this.records.delete(place);
        }
    }
    of(stream) {
        return [
            ...this.records.values()
        ].filter((record)=>record.stream === stream);
    }
    constructor(){
        this.records = new Map();
        this.#seen = new Map();
        this.batches = [];
    }
}
/** As the real sinks do it: nothing and null keep what is there. */ function merged(before, data) {
    const told = Object.entries(data).filter(([name, value])=>value !== null || !(name in before));
    return {
        ...before,
        ...Object.fromEntries(told.map(([name, value])=>[
                name,
                value === '' ? null : value
            ]))
    };
}
/** One connection with its engine, sink and clock; remembers the state from run to run as a schedule does. */ export class Rig {
    constructor(options){
        this.options = options;
        this.sink = new CollectingSink();
        this.clock = options.clock ?? new ManualClock();
        const { connector, config, vault } = options;
        this.engine = createConnectorEngine({
            connectors: [
                connector
            ],
            connectionConfig: async (_tenant, connection)=>connection === 'connection-1' ? {
                    connector: connector.manifest.id,
                    user: 'user-1',
                    config,
                    ownApp: options.ownApp
                } : undefined,
            vault,
            sink: this.sink,
            environment: this.clock.environment(),
            ...options.http === undefined ? {} : {
                http: options.http
            }
        });
    }
    async run(operation = 'incremental_sync', more = {}, context = new RecordingContext()) {
        const provider = this.options.connector.manifest.provider;
        const outcome = await this.engine.sync(taskOf(operation, this.state, {
            provider,
            ...more
        }), context);
        this.state = context.checkpoints.at(-1)?.state ?? this.state;
        if (outcome.kind === 'succeeded') this.state = outcome.state ?? this.state;
        return outcome;
    }
    /** A context to drive the connector without the engine, as the conformance suite does. */ context(overrides = {}) {
        const { connector, config, vault, http } = this.options;
        const environment = this.clock.environment();
        return {
            owner: {
                tenant: 'default',
                connection: 'connection-1'
            },
            user: 'user-1',
            config,
            operation: 'incremental_sync',
            state: undefined,
            signal: new AbortController().signal,
            environment,
            http: new HttpPool(http ?? {}, environment.clock).client(connector.manifest),
            tokens: new OAuthTokens({
                vault,
                environment
            }),
            vault,
            files: new ImportFiles(),
            ...overrides
        };
    }
}

//# sourceMappingURL=rig.js.map