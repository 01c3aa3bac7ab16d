import { isConnectorError } from '../connector-error.js';
import { manifestFaults } from './manifest-faults.js';
import { recordFaults } from './record-faults.js';
const MAX_STATE = 16 * 1024;
/** Holds a connector against the contract; answers what is missing, in words. Empty: it conforms. */ export async function connectorConformance(connector, scenarios) {
    const parts = [
        manifestFaults(connector.manifest),
        await checkFaults(connector, scenarios),
        await readFaults(connector, scenarios),
        await cancelFaults(connector, scenarios),
        ...await Promise.all(scenarios.broken.map((broken)=>brokenFaults(connector, broken, scenarios.canaries)))
    ];
    if (scenarios.broken.length === 0) parts.push([
        'no broken scenario: show how the connection fails'
    ]);
    return parts.flat();
}
async function readAll(connector, context) {
    const records = [];
    const states = [];
    let end;
    let message = '';
    try {
        for await (const item of connector.read(context)){
            end = item.kind;
            if (item.kind === 'record') records.push(item.record);
            if (item.kind === 'state') states.push(item.state);
            if (item.kind === 'wait') ({ class: end, message } = item);
        }
    } catch (error) {
        end = isConnectorError(error) ? error.class : 'INTERNAL';
        message = error instanceof Error ? error.message : '';
    }
    return {
        records,
        states,
        end,
        message
    };
}
async function checkFaults(connector, { good }) {
    const result = await connector.check(await good({}));
    return result.ok ? [] : [
        `check of a good connection says ${result.class}: ${result.message}`
    ];
}
async function readFaults(connector, { good, canaries }) {
    const faults = [];
    const first = await readAll(connector, await good({
        operation: 'full_sync'
    }));
    const again = await readAll(connector, await good({
        operation: 'full_sync'
    }));
    if (first.records.length === 0) faults.push(`a full read yields no record (${first.end}: ${first.message})`);
    faults.push(...recordFaults(connector.manifest, first.records, canaries));
    const keys = ({ records })=>JSON.stringify(records.map(({ stream, key })=>[
                stream,
                key
            ]).sort());
    if (keys(first) !== keys(again)) faults.push('two full reads of the same data yield different keys');
    for (const state of first.states)faults.push(...stateFaults(state, canaries));
    if (!connector.manifest.streams.some((stream)=>stream.modes.includes('incremental'))) return faults;
    if (first.end !== 'state') faults.push('a read must end with a state, or its last records are read again');
    const stored = JSON.parse(JSON.stringify(first.states.at(-1) ?? null));
    const next = await readAll(connector, await good({
        operation: 'incremental_sync',
        state: stored
    }));
    const incremental = new Set(connector.manifest.streams.filter((s)=>s.modes.includes('incremental')).map((s)=>s.name));
    if (next.records.some((record)=>incremental.has(record.stream))) faults.push('an incremental read after a full one yields records again');
    if (next.end !== 'state') faults.push(`an incremental read with nothing new ends with ${next.end}, not with a state`);
    return faults;
}
function stateFaults(state, canaries) {
    const text = JSON.stringify(state);
    const faults = [];
    if (!('v' in state)) faults.push('a state has no version in `v`');
    if (text.length > MAX_STATE) faults.push(`a state is over ${MAX_STATE} bytes`);
    if (canaries.some((canary)=>text.includes(canary))) faults.push('a state holds a secret');
    return faults;
}
async function cancelFaults(connector, { good }) {
    const { end } = await readAll(connector, await good({
        operation: 'full_sync',
        signal: AbortSignal.abort()
    }));
    return end === 'CANCELLED' ? [] : [
        `a read with an aborted signal ends with ${end}, not with CANCELLED`
    ];
}
async function brokenFaults(connector, broken, canaries) {
    const faults = [];
    const said = await connector.check(await broken.context({}));
    const read = await readAll(connector, await broken.context({
        operation: 'full_sync'
    }));
    if (said.ok || said.class !== broken.class) faults.push(`${broken.name}: check says ${said.ok ? 'ok' : said.class}, not ${broken.class}`);
    if (read.end !== broken.class) faults.push(`${broken.name}: read ends with ${read.end}, not ${broken.class}`);
    const message = said.ok ? '' : said.message;
    if (message.length < 15) faults.push(`${broken.name}: check's message tells a person nothing`);
    if (canaries.some((canary)=>`${message} ${read.message}`.includes(canary))) faults.push(`${broken.name}: a message holds a secret`);
    return faults;
}

//# sourceMappingURL=conformance.js.map