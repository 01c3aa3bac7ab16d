import { webhookStream } from '#lib/contracts/streams';
import { countsInVersion } from '#lib/domain/webhook';
import { widened } from './widened.js';
const PAGE = 100;
/**
 * Where in the log an endpoint's definition was first changed since a version of it; undefined: it was not, or nobody
 * knows that version. Few events are read: what it finds, it finds near the stream's end.
 */ async function unheardChange(store, { id, version }, since) {
    let left = version - (since ?? version);
    let first;
    for(let from; left > 0;){
        const options = {
            backwards: true,
            limit: PAGE,
            ...from === undefined ? {} : {
                from
            }
        };
        const page = await store.readStream(webhookStream(id), options);
        for (const { type, position } of page){
            if (left === 0 || !countsInVersion(type)) continue;
            left -= 1;
            if (type === 'WebhookUpdated') first = position;
        }
        from = (page.at(-1)?.revision ?? 0) - 1;
        if (from < 0) break;
    }
    return first;
}
/**
 * What an earlier life, which died before it heard of a change, had passed since then by the words of before. What was
 * told of it meanwhile is not known, and is told again.
 */ export const unheard = (webhook, { since, begin }, tenant, parts)=>async function*(after) {
        const changed = await unheardChange(parts.store, webhook, since);
        if (changed === undefined || changed >= begin) return;
        const filters = {
            before: undefined,
            now: webhook.definition.filter
        };
        yield* widened(filters, {
            after: Math.max(changed, after),
            through: begin
        }, tenant, parts);
    };

//# sourceMappingURL=unheard-change.js.map