import { z } from 'zod';
import { importUpload, missingUpload } from '../amazon-export/upload/index.js';
import { defineConnector, zipLimits } from '../kit/index.js';
import { coverageSchema } from './coverage.js';
import { SpotifyImport } from './import.js';
import { manifest } from './manifest.js';
import { findSheets } from './source.js';
/** Bump when rows are read differently: the same upload is then imported anew. */ const PARSER = 3;
/** Rows per file at which `check` looks: enough for the share of unreadable ones to mean something. */ const LOOK = 50;
const origin = {
    from: 'Spotify',
    askAt: 'spotify.com/account/privacy'
};
const defaultLimits = {
    ...zipLimits,
    maxFileBytes: 2 * 1024 ** 3
};
/** Spotify's "Download your data", account data or extended history: whatever of it the user uploaded last. */ export function createSpotifyExport(limits = {}) {
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
                for await (const message of new SpotifyImport(context, found).messages(LOOK))if (message.kind === 'record' && message.record.stream === 'subscriptions') return {
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
        read: (context)=>importPlays(context, all)
    });
}
/** An upload's own state, and beside it what was told of plays. One of an earlier version has no `plays`: all is told again. */ const spotifyState = z.looseObject({
    plays: coverageSchema
});
async function* importPlays(context, limits) {
    const since = context.environment.clock.now();
    const state = spotifyState.safeParse(context.state).data;
    const passes = [];
    const source = {
        ...origin,
        limits,
        salt: ({ account })=>[
                PARSER,
                account
            ],
        async *pass (reading, handle) {
            const found = await findSheets(handle, reading.config.file, limits);
            const upload = new SpotifyImport(reading, found, state?.plays);
            passes.splice(0, 1, upload);
            yield* upload.messages();
        }
    };
    for await (const message of importUpload({
        ...context,
        state
    }, source)){
        const [upload] = passes;
        if (message.kind !== 'state') yield message;
        else if (upload === undefined) yield {
            kind: 'state',
            state: {
                ...state,
                ...message.state
            }
        };
        else {
            if (!goesOn(context, upload, state?.plays)) yield* upload.complete(since, context.state !== undefined && state === undefined);
            yield concluded(upload, message.state);
        }
    }
}
/** Whether this is the next of two histories, of which only the months with news were told. */ const goesOn = ({ operation }, { coverage }, before)=>operation !== 'full_sync' && before?.last === 'history' && before.account === coverage.account;
function concluded(upload, state) {
    // What a part told must not pass for a month of the history that is told already.
    const rows = upload.isPart ? {
        rows: {}
    } : {};
    return {
        kind: 'state',
        state: {
            ...state,
            ...rows,
            plays: upload.coverage
        }
    };
}
export const spotifyExport = createSpotifyExport();

//# sourceMappingURL=index.js.map