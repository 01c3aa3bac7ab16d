import { csvRows, defineConnector, zipLimits, type Connector } from '../kit/index.js';
import { AmazonImport } from './import.js';
import { manifest, type AmazonConfig } from './manifest.js';
import { sheets } from './sheets.js';
import { findSheets } from './source.js';
import { importUpload, missingUpload, type UploadLimits, type UploadSource } from './upload/index.js';

/** Bump when rows are read differently: the same upload is then imported anew. */
const PARSER = 1;

const defaultLimits: UploadLimits = { ...zipLimits, maxFileBytes: 1024 ** 3 };

/** Amazon's "Request My Data": Prime and the other subscriptions, what was paid for them, and what was watched. */
export function createAmazonExport(limits: Partial<UploadLimits> = {}): Connector {
  const all: UploadLimits = { ...defaultLimits, ...limits };
  const source: UploadSource<AmazonConfig> = {
    from: 'Amazon',
    askAt: 'amazon.com/hz/privacy-central/data-requests/preview.html, category Subscriptions',
    limits: all,
    salt: ({ include, dateFormat }) => [PARSER, include, dateFormat],
    async *pass(context, handle) {
      const found = await findSheets(handle, context.config.file, all);
      yield* new AmazonImport(context, found).messages();
    },
  };
  return defineConnector<AmazonConfig>({
    manifest,
    async check({ files, config, signal }) {
      const handle = await files.open(config.file);
      if (handle === undefined)
        return { ok: false, class: 'DATA_NOT_READY', message: missingUpload(config.file, source) };
      try {
        for (const sheet of await findSheets(handle, config.file, all)) {
          // The first row is enough: asking for it makes the header be checked.
          const rows = csvRows(sheet.open, sheet.label, sheets[sheet.kind].columns, signal);
          await rows.next();
          await rows.return(undefined);
        }
        return { ok: true };
      } finally {
        await handle.close();
      }
    },
    read: (context) => importUpload(context, source),
  });
}

export const amazonExport: Connector = createAmazonExport();
