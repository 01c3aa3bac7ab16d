import { importUpload, missingUpload } from '../amazon-export/upload/index.js';
import { csvRows, defineConnector, zipLimits } from '../kit/index.js';
import { NetflixImport } from './import.js';
import { manifest } from './manifest.js';
import { sheets } from './sheets.js';
import { findSheets } from './source.js';
/** Bump when rows are read differently: the same upload is then imported anew. */ const PARSER = 3;
const defaultLimits = {
    ...zipLimits,
    maxFileBytes: 1024 ** 3
};
/** Netflix's personal-data export, or its viewing history: whatever of it the user uploaded last. */ export function createNetflixExport(limits = {}) {
    const all = {
        ...defaultLimits,
        ...limits
    };
    const source = {
        from: 'Netflix',
        askAt: 'netflix.com/account/getmyinfo',
        limits: all,
        salt: ({ dateFormat, profile, settled })=>[
                PARSER,
                dateFormat,
                profile,
                settled
            ],
        async *pass (context, handle) {
            yield* new NetflixImport(context, await findSheets(handle, context.config.file, all)).messages();
        }
    };
    return defineConnector({
        manifest,
        async check ({ files, config, signal }) {
            const handle = await files.open(config.file);
            if (handle === undefined) return {
                ok: false,
                class: 'DATA_NOT_READY',
                message: missingUpload(config.file, source)
            };
            try {
                for (const sheet of (await findSheets(handle, config.file, all))){
                    // The first row is enough: asking for it makes the header be checked.
                    const rows = csvRows(sheet.open, sheet.label, sheets[sheet.kind].columns, signal);
                    await rows.next();
                    await rows.return(undefined);
                }
                return {
                    ok: true
                };
            } finally{
                await handle.close();
            }
        },
        read: (context)=>importUpload(context, source)
    });
}
export const netflixExport = createNetflixExport();

//# sourceMappingURL=index.js.map