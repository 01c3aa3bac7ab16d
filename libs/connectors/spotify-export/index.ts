import {
  importUpload,
  missingUpload,
  type UploadLimits,
  type UploadSource,
} from '../amazon-export/upload/index.js';
import { defineConnector, zipLimits, type Connector } from '../kit/index.js';
import { SpotifyImport } from './import.js';
import { manifest, type SpotifyExportConfig } from './manifest.js';
import { findSheets } from './source.js';

/** Bump when rows are read differently: the same upload is then imported anew. */
const PARSER = 2;
/** Rows per file at which `check` looks: enough for the share of unreadable ones to mean something. */
const LOOK = 50;

const defaultLimits: UploadLimits = { ...zipLimits, maxFileBytes: 2 * 1024 ** 3 };

/** Spotify's "Download your data", account data or extended history: whatever of it the user uploaded last. */
export function createSpotifyExport(limits: Partial<UploadLimits> = {}): Connector {
  const all: UploadLimits = { ...defaultLimits, ...limits };
  const source: UploadSource<SpotifyExportConfig> = {
    from: 'Spotify',
    askAt: 'spotify.com/account/privacy',
    limits: all,
    salt: ({ account }) => [PARSER, account],
    async *pass(context, handle) {
      const found = await findSheets(handle, context.config.file, all);
      yield* new SpotifyImport(context, found).messages();
    },
  };
  return defineConnector<SpotifyExportConfig>({
    manifest,
    async check(context) {
      const { files, config } = context;
      const handle = await files.open(config.file);
      if (handle === undefined)
        return { ok: false, class: 'DATA_NOT_READY', message: missingUpload(config.file, source) };
      try {
        const found = await findSheets(handle, config.file, all);
        for await (const message of new SpotifyImport(context, found).messages(LOOK))
          if (message.kind === 'record' && message.record.stream === 'subscriptions')
            return { ok: true, account: message.record.key };
        return { ok: true };
      } finally {
        await handle.close();
      }
    },
    read: (context) => importUpload(context, source),
  });
}

export const spotifyExport: Connector = createSpotifyExport();
