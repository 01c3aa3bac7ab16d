import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryVault } from '#lib/credentials';
import { DAY } from '#lib/domain/kernel';
import { MemorySink } from '#lib/sink';
import { createConnectorEngine } from '../engine/index.js';
import { ManualClock, RecordingContext, taskOf } from './bench.js';
const all = {
    tenant: 'default',
    limit: 5_000
};
/** One connection whose uploads come a day apart, and all that is kept of them in a real sink. */ export function keptUploads(connector, config = {}) {
    const file = join(mkdtempSync(join(tmpdir(), 'kept-')), 'upload');
    const [clock, sink] = [
        new ManualClock(),
        new MemorySink()
    ];
    const engine = createConnectorEngine({
        connectors: [
            connector
        ],
        connectionConfig: async ()=>({
                connector: connector.manifest.id,
                user: 'user-1',
                config: {
                    file,
                    ...config
                }
            }),
        vault: new MemoryVault(),
        sink,
        environment: clock.environment()
    });
    let state;
    const brought = async (content, operation = 'incremental_sync')=>{
        writeFileSync(file, content);
        clock.move(DAY);
        const context = new RecordingContext();
        const { provider } = connector.manifest;
        const outcome = await engine.sync(taskOf(operation, state, {
            provider
        }), context);
        state = context.checkpoints.at(-1)?.state ?? state;
        return outcome;
    };
    return {
        brought,
        /** From now on for another schedule of the connection, which has no state yet. */ anew: ()=>{
            state = undefined;
        },
        subscriptions: ()=>sink.subscriptions(all),
        charges: ()=>sink.charges(all),
        usage: ()=>sink.usage(all)
    };
}

//# sourceMappingURL=kept-uploads.js.map