import { z } from 'zod';
import { DAY, HOUR } from '#lib/domain/kernel';
import { missingUpload, refuseOversize } from '../amazon-export/upload/index.js';
import { contentHash, defineConnector, zipLimits } from '../kit/index.js';
import { ChatgptImport } from './import.js';
import { manifest } from './manifest.js';
import { findSheets } from './source.js';
/** Bump when files are read differently: the same upload is then imported anew, and in whole. */ const PARSER = 2;
/** Conversations and messages per file at which `check` looks. */ const LOOK = 50;
/** How soon to look again for an upload that a person has to make. */ const LOOK_AGAIN = 6 * HOUR;
const defaultLimits = {
    ...zipLimits,
    maxFileBytes: 2 * 1024 ** 3
};
const origin = {
    from: 'ChatGPT',
    askAt: 'Settings, Data controls, Export data; the link that comes by mail ends after 24 hours'
};
/**
 * `hash`: of the last upload. `cursor`: the latest `update_time` of a conversation in any of them, Unix seconds. `first`: there
 * was no other upload before that one.
 */ const chatgptState = z.object({
    v: z.literal(1),
    parser: z.number(),
    hash: z.string(),
    cursor: z.number().nonnegative(),
    first: z.literal(true).optional()
});
/** ChatGPT's data export: whether there is a paid plan, and how much was asked of which model. Never what. */ export function createChatgptExport(limits = {}) {
    const all = {
        ...defaultLimits,
        ...limits
    };
    return defineConnector({
        manifest,
        async check (context) {
            const { files, config } = context;
            const handle = await files.open(config.file);
            if (handle === undefined) return {
                ok: false,
                class: 'DATA_NOT_READY',
                message: missingUpload(config.file, origin)
            };
            try {
                const found = await findSheets(handle, config.file, all);
                for await (const message of new ChatgptImport(context, found).messages(LOOK))if (message.kind === 'record' && message.record.stream === 'subscriptions') return {
                    ok: true,
                    account: message.record.key
                };
                return {
                    ok: true
                };
            } finally{
                await handle.close();
            }
        },
        async *read (context) {
            const handle = await context.files.open(context.config.file);
            if (handle === undefined) return yield notReady(missingUpload(context.config.file, origin));
            try {
                yield* importOnce(context, handle, all);
            } finally{
                await handle.close();
            }
        }
    });
}
export const chatgptExport = createChatgptExport();
async function* importOnce(context, handle, limits) {
    const { config, signal, state, operation, environment } = context;
    await refuseOversize(handle, config.file, limits);
    const hash = await contentHash(handle, String(PARSER), signal);
    const known = chatgptState.safeParse(state).data;
    // In full, or read by another parser: all is told again, but it still counts whether this upload is older than another.
    const last = operation === 'full_sync' || known?.parser !== PARSER ? undefined : known;
    if (last?.hash === hash) {
        const { mtimeMs } = await handle.stat();
        const oldest = environment.clock.now() - (config.staleAfterDays ?? Number.POSITIVE_INFINITY) * DAY;
        if (mtimeMs >= oldest) yield {
            kind: 'state',
            state: last
        };
        else yield notReady('the ChatGPT export is old and was imported before: please upload a fresh one');
        return;
    }
    const found = await findSheets(handle, config.file, limits);
    const isAgain = known?.parser === PARSER && known.hash === hash;
    const first = known === undefined || isAgain && known.first === true;
    const upload = new ChatgptImport(context, found, {
        newest: known?.cursor,
        cursor: last?.cursor,
        first
    });
    yield* upload.messages();
    // Only now: a run that is killed half-way imports the whole file again, which updates the same rows.
    const cursor = Math.max(upload.latest, known?.cursor ?? 0);
    yield {
        kind: 'state',
        state: {
            v: 1,
            parser: PARSER,
            hash,
            cursor,
            ...first ? {
                first
            } : {}
        }
    };
}
const notReady = (message)=>({
        kind: 'wait',
        class: 'DATA_NOT_READY',
        delayMs: LOOK_AGAIN,
        message
    });

//# sourceMappingURL=index.js.map