import { defineConnector, RowQuality } from '../kit/index.js';
import { manifest } from './manifest.js';
import { isCounted, pagesOf } from './pages.js';
import { systemResolve } from '../kit/private-address.js';
import { rowOf } from './rows.js';
import { Source } from './source.js';
import { beforeOf, Progress, settingsDigest } from './state.js';
/** Half of the items may be of another kind than the settings mean; more, and the settings fit no longer. */ const BAD_SHARE = 0.5;
/** Any JSON API by its description: addresses, paging and fields are settings. */ export const createHttpJson = ({ resolve = systemResolve } = {})=>defineConnector({
        manifest,
        async check (context) {
            const source = await Source.open(context, resolve);
            try {
                // The first page only, by the same way as a read goes.
                await pagesOf(source, context.config, {}).next();
                return {
                    ok: true,
                    account: `${context.config.provider} at ${source.host}`
                };
            } finally{
                await source.close();
            }
        },
        async *read (context) {
            const { state: before, resettled } = beforeOf(context, settingsDigest(context.config));
            const began = context.environment.clock.now();
            const source = await Source.open(context, resolve);
            try {
                const { incremental, records } = context.config;
                const progress = new Progress(incremental, before);
                const resumes = incremental !== undefined && before.cursor !== undefined;
                const since = resumes ? {
                    [incremental.parameter]: before.cursor ?? ''
                } : {};
                const told = yield* messagesOf(context, source, since, progress);
                const part = resumes ? undefined : wholePart(context.config, told, resettled);
                if (part !== undefined) yield {
                    kind: 'complete',
                    stream: records.stream,
                    since: began,
                    ...part
                };
                // Only now: pages come in any order, so a cursor from the middle could jump over what is still to come.
                yield {
                    kind: 'state',
                    state: progress.state()
                };
            } finally{
                await source.close();
            }
        }
    });
async function* messagesOf({ config }, source, since, progress) {
    const quality = new RowQuality(`${config.provider}'s answer`, BAD_SHARE);
    const { stream } = config.records;
    const told = {
        pages: 0,
        rejected: 0,
        earliest: undefined
    };
    let done = 0;
    for await (const items of pagesOf(source, config, since)){
        for (const item of items){
            const row = rowOf(item, config, source.secrets);
            if (!row.ok) {
                quality.bad();
                told.rejected++;
                yield {
                    kind: 'rejected',
                    stream,
                    reason: row.reason
                };
                continue;
            }
            quality.good();
            if (progress.isOld(item, row.record)) continue;
            progress.read(item, row.record);
            told.earliest = earlier(told.earliest, dayOf(row.record));
            yield {
                kind: 'record',
                record: row.record
            };
        }
        done += items.length;
        if (items.length > 0) told.pages++;
        yield {
            kind: 'progress',
            done
        };
    }
    quality.finish();
    return told;
}
/**
 * Of what a read from the beginning has told all that there is. Of subscriptions that is all. Charges and usage grow old, and
 * services tell of some time only: by the same settings nothing is taken away, and by others only what is not older than what is
 * told now, because that was told once more, under other keys. An item that could not be read may be any of those that were not
 * told: then nothing is. Nor are subscriptions where several pages were counted: as one was deleted, a living one may have slipped
 * past between them. Charges are replaced all the same: nothing else would ever take away those that have two keys now.
 */ function wholePart(config, told, resettled) {
    if (told.rejected > 0) return undefined;
    if (config.records.stream === 'subscriptions') return isCounted(config) && told.pages > 1 ? undefined : {};
    return resettled && told.earliest !== undefined ? {
        from: told.earliest
    } : undefined;
}
const dayOf = ({ stream, data })=>{
    const at = data[stream === 'usage' ? 'occurred_at' : 'occurred_on'];
    return typeof at === 'string' && at !== '' ? at.slice(0, 10) : undefined;
};
const earlier = (a, b)=>a === undefined || b !== undefined && b < a ? b : a;
export const httpJson = createHttpJson();

//# sourceMappingURL=index.js.map