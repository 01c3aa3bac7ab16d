import { defineConnector, zipLimits } from '../kit/index.js';
import { AmazonImport } from './import.js';
import { manifest } from './manifest.js';
import { findSheets } from './source.js';
import { importUpload, missingUpload } from './upload/index.js';
/** Bump when rows are read differently: the same upload is then imported anew. */ const PARSER = 3;
/** Rows per file at which `check` looks: enough for the share of unreadable ones to mean something. */ const LOOK = 50;
const defaultLimits = {
    ...zipLimits,
    maxFileBytes: 1024 ** 3
};
/** Amazon's "Request My Data": Prime and the other subscriptions, what was paid for them, and what was watched. */ export function createAmazonExport(limits = {}) {
    const all = {
        ...defaultLimits,
        ...limits
    };
    const source = {
        from: 'Amazon',
        askAt: 'amazon.com/hz/privacy-central/data-requests/preview.html, category Subscriptions',
        limits: all,
        salt: ({ include, dateFormat })=>[
                PARSER,
                include,
                dateFormat
            ],
        async *pass (context, handle) {
            const found = await findSheets(handle, context.config.file, all);
            yield* new AmazonImport(context, found).messages();
        }
    };
    return defineConnector({
        manifest,
        async check (context) {
            const { files, config } = context;
            const handle = await files.open(config.file);
            if (handle === undefined) return {
                ok: false,
                class: 'DATA_NOT_READY',
                message: missingUpload(config.file, source)
            };
            try {
                const looked = new AmazonImport(context, await findSheets(handle, config.file, all)).messages(LOOK);
                while((await looked.next()).done !== true);
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
export const amazonExport = createAmazonExport();

//# sourceMappingURL=index.js.map