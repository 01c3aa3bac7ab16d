import { parseArgs } from 'node:util';
import { readConfiguration } from '#lib/wiring';
import { ask, serviceOf } from './service.js';
import { readOr } from './words.js';
const USAGE = 'parked needs: npm run cli -- parked [--replay ID] [--service URL]\n';
function* told(items, projections) {
    for (const { id, stream, revision, eventType, reason, status, times } of items)yield `${id}  ${status}, ${times}x  ${eventType}, event ${revision} of ${stream}: ${reason}`;
    for (const { projection, stream, eventType, reason } of projections)yield `${projection} (read model; npm run rebuild shows it everything again)  ${eventType} of ${stream}: ${reason}`;
    if (items.length + projections.length === 0) yield 'nothing is parked';
}
/** Read models tell all of theirs with each page. */ async function everything(service) {
    const found = [];
    for(let from = '';;){
        const { items, next, projections } = await ask(service, 'GET', `/v1/parked?limit=500${from}`);
        found.push(...items);
        if (typeof next !== 'string') return {
            items: found,
            projections: projections
        };
        from = `&cursor=${encodeURIComponent(next)}`;
    }
}
/** Lists events that a saga or a read model could not take, or has one shown to its saga again. */ export async function parked(words) {
    const text = {
        type: 'string'
    };
    const options = {
        replay: text,
        service: text
    };
    const read = readOr(USAGE, ()=>parseArgs({
            args: [
                ...words
            ],
            options,
            strict: true
        }));
    if (read === undefined) return 2;
    const { values } = read;
    const service = serviceOf(readConfiguration(process.env, {
        listens: false
    }), values.service);
    if (values.replay !== undefined) {
        await ask(service, 'POST', `/v1/parked/${encodeURIComponent(values.replay)}/replay`, {});
        process.stdout.write(`${values.replay} is shown again; what still cannot be taken is parked again\n`);
        return 0;
    }
    const { items, projections } = await everything(service);
    for (const line of told(items, projections))process.stdout.write(`${line}\n`);
    return 0;
}

//# sourceMappingURL=parked.js.map