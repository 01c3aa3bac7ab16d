import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { DAY, HOUR, type Millis } from '#lib/domain/kernel';
import {
  ConnectorError,
  contentHash,
  csvRows,
  defineConnector,
  zipLimits,
  type Connector,
  type ConnectorContext,
  type Message,
} from '../kit/index.js';
import { NetflixImport } from './import.js';
import { manifest, type NetflixConfig } from './manifest.js';
import { sheets } from './sheets.js';
import { findSheets, type SourceLimits } from './source.js';

/** Bump when rows are read differently: the same upload is then imported anew. */
const PARSER = 2;
/** How soon to look again for an upload that a person has to make. */
const LOOK_AGAIN: Millis = 6 * HOUR;

const defaultLimits: SourceLimits = { ...zipLimits, maxFileBytes: 1024 ** 3 };

/** `hash`: of the upload and of all settings that change how it reads. */
const netflixState = z.object({ v: z.literal(1), hash: z.string() });

/** Netflix's personal-data export, or its viewing history: whatever of it the user uploaded last. */
export function createNetflixExport(limits: Partial<SourceLimits> = {}): Connector {
  const all: SourceLimits = { ...defaultLimits, ...limits };
  return defineConnector<NetflixConfig>({
    manifest,
    async check({ files, config, signal }) {
      const handle = await files.open(config.file);
      if (handle === undefined) return { ok: false, class: 'DATA_NOT_READY', message: missing(config.file) };
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
    async *read(context) {
      const handle = await context.files.open(context.config.file);
      if (handle === undefined) return yield notReady(missing(context.config.file));
      try {
        yield* importOnce(context, handle, all);
      } finally {
        await handle.close();
      }
    },
  });
}

export const netflixExport: Connector = createNetflixExport();

async function* importOnce(
  context: ConnectorContext<NetflixConfig>,
  handle: FileHandle,
  limits: SourceLimits,
): AsyncGenerator<Message> {
  const { config, signal, state, operation, environment } = context;
  const { size, mtimeMs } = await handle.stat();
  if (size > limits.maxFileBytes) {
    throw new ConnectorError('CONFIG', `${basename(config.file)} is larger than we accept`, {
      code: 'file_size',
    });
  }
  const reading = [PARSER, config.dateFormat, config.profile, config.settled];
  const hash = await contentHash(handle, JSON.stringify(reading), signal);
  const imported = netflixState.safeParse(state).data?.hash === hash;
  if (operation === 'incremental_sync' && imported) {
    const oldest = environment.clock.now() - (config.staleAfterDays ?? Number.POSITIVE_INFINITY) * DAY;
    if (mtimeMs < oldest)
      yield notReady('the Netflix export is old and was imported before: please upload a fresh one');
    else yield { kind: 'state', state: { v: 1, hash } };
    return;
  }
  yield* new NetflixImport(context, await findSheets(handle, config.file, limits)).messages();
  // Only now: a run that is killed half-way imports the whole file again, which updates the same rows.
  yield { kind: 'state', state: { v: 1, hash } };
}

const missing = (file: string): string =>
  `there is no ${basename(file)} yet: ask Netflix for a copy of your data (netflix.com/account/getmyinfo) and upload it`;

const notReady = (message: string): Message => ({
  kind: 'wait',
  class: 'DATA_NOT_READY',
  delayMs: LOOK_AGAIN,
  message,
});
