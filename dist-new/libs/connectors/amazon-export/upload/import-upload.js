import { basename, isAbsolute } from 'node:path';
import { z } from 'zod';
import { DAY, HOUR } from '#lib/domain/kernel';
import { contentHash, throwIfCancelled } from '../../kit/index.js';
import { NewestDays, newestDaysSchema } from './newest-days.js';
import { RowDigests, rowDigestsSchema } from './row-digests.js';
import { refuseOversize } from './upload-head.js';
/** How soon to look again for an upload that a person has to make. */ const LOOK_AGAIN = 6 * HOUR;
const DATE_LENGTH = 'YYYY-MM-DD'.length;
/**
 * `hash`: of the upload and its salt. `rows`: what it held, so that the next upload is told apart from it. `newest`: how far
 * those uploads went that told of subscriptions; earlier versions did not keep it, or kept it of all uploads.
 */ const uploadState = z.object({
    v: z.literal(1),
    hash: z.string(),
    rows: rowDigestsSchema,
    newest: newestDaysSchema.optional()
});
/**
 * Imports an upload in two passes: the first only judges and sums up, so that a file whose format has changed is
 * refused before a single record of it replaces an old one; the second yields. In full that is every record; otherwise
 * all subscriptions and what else differs from the last upload, or nothing at all when it is the same file.
 */ export async function* importUpload(context, source) {
    const handle = await context.files.open(context.config.file);
    if (handle === undefined) return yield notReady(missingUpload(context.config.file, source));
    try {
        yield* importFrom(context, source, handle);
    } finally{
        await handle.close();
    }
}
/** Tells a person what to do; only the path as they configured it, never one of this machine. */ export function missingUpload(file, { from, askAt }) {
    const place = isAbsolute(file) ? basename(file) : file;
    return `there is no ${place} in the import folder yet: ask ${from} for your data (${askAt}) and put the file there under that name`;
}
async function* importFrom(context, source, handle) {
    const { config, signal, operation, environment } = context;
    await refuseOversize(handle, config.file, source.limits);
    const hash = await contentHash(handle, JSON.stringify(source.salt(config)), signal);
    const before = uploadState.safeParse(context.state).data;
    const last = operation === 'full_sync' ? undefined : before;
    if (last?.hash === hash) return yield await nothingNew(context, source, handle, last);
    const digests = new RowDigests();
    const newest = new NewestDays(new Date(environment.clock.now()).toISOString().slice(0, DATE_LENGTH));
    for await (const message of source.pass(context, handle)){
        throwIfCancelled(signal);
        if (message.kind === 'record') {
            digests.add(message.record);
            newest.add(message.record);
        } else if (message.kind === 'progress') yield message;
    }
    const older = before?.newest !== undefined && newest.olderThan(before.newest);
    const furthest = !older && before !== undefined && isAnother(before, hash);
    for await (const message of source.pass(context, handle)){
        if (message.kind === 'complete' && !furthest) continue;
        if (message.kind !== 'record') yield message;
        else if (last === undefined || digests.changed(message.record, last.rows)) yield older ? {
            kind: 'record',
            record: withoutEnds(message.record)
        } : message;
    }
    // Only now: a run that is killed half-way imports the whole file again, which updates the same rows.
    yield {
        kind: 'state',
        state: {
            v: 1,
            hash,
            rows: digests.stored(),
            newest: newest.since(before === undefined ? {} : before.newest)
        }
    };
}
/**
 * Whether one of before is known that told of subscriptions. Where none is, another schedule of the connection may have told of
 * them out of a newer one: nothing of that is withdrawn, nor by the same upload again.
 */ const isAnother = ({ newest, hash }, now)=>newest?.['subscriptions'] !== undefined && hash !== now;
/** A newer export may have said that there is no such day, which leaves a gap that an older one would fill. */ const withoutEnds = (record)=>record.stream === 'subscriptions' ? {
        ...record,
        data: {
            ...record.data,
            ended_on: null,
            renews_on: null
        }
    } : record;
async function nothingNew({ config, environment }, { from }, handle, last) {
    const { mtimeMs } = await handle.stat();
    const oldest = environment.clock.now() - (config.staleAfterDays ?? Number.POSITIVE_INFINITY) * DAY;
    if (mtimeMs >= oldest) return {
        kind: 'state',
        state: last
    };
    return notReady(`the ${from} export is old and was imported before: please upload a fresh one`);
}
const notReady = (message)=>({
        kind: 'wait',
        class: 'DATA_NOT_READY',
        delayMs: LOOK_AGAIN,
        message
    });

//# sourceMappingURL=import-upload.js.map