import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, test } from '@jest/globals';
import { amazonExport, chatgptExport, netflixExport, spotifyExport } from '#lib/connectors';
import { MemoryVault } from '#lib/credentials';
import { amazonFiles } from '../../libs/connectors/testing/amazon-files.js';
import { chatgptFiles } from '../../libs/connectors/testing/chatgpt-files.js';
import { netflixFiles, Rig, zip, type ZipFile } from '../../libs/connectors/testing/index.js';
import { accountFiles } from '../../libs/connectors/testing/spotify-export-files.js';
import type { Random } from '../simulation/random.js';
import { memoryFolder } from '../support/memory-folder.js';
import { hostileStrings, hostileTexts, hostileValues } from './hostile.js';
import { CASES, draws, MOST_MS, mutated, mutatedBytes } from './mutate.js';
import { judgeOutcome } from './outcomes.js';
import { Complaints } from './verdict.js';

const exports = {
  'netflix.export': { connector: netflixExport, files: netflixFiles({ months: 2, views: 4 }) },
  'spotify.export': { connector: spotifyExport, files: accountFiles({ plays: 4 }) },
  'chatgpt.export': { connector: chatgptExport, files: chatgptFiles({ chats: 3 }) },
  'amazon.export': { connector: amazonExport, files: amazonFiles({ views: 4, months: 2 }) },
} as const;

const folder = memoryFolder('fuzz-uploads-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytesOf = (text: ZipFile['text']): Buffer => Buffer.from(text as string);

/** One file's content, changed as JSON, cell by cell, or byte by byte. */
function content(random: Random, file: ZipFile): Buffer {
  const bytes = bytesOf(file.text);
  if (file.name.endsWith('.json') && random.chance(0.6))
    return Buffer.from(JSON.stringify(mutated(random, JSON.parse(bytes.toString()) as unknown)) ?? '');
  if (file.name.endsWith('.csv') && random.chance(0.6)) {
    const lines = bytes.toString().split(/\r?\n/);
    const at = random.whole(0, lines.length - 1);
    const cells = (lines[at] ?? '').split(',');
    cells[random.whole(0, cells.length)] = scalar(random);
    lines[at] = cells.join(',');
    return Buffer.from(lines.join('\r\n'));
  }
  return random.chance(0.1) ? Buffer.from(random.pick(hostileTexts)) : mutatedBytes(random, bytes);
}

function scalar(random: Random): string {
  const value = random.chance(0.5) ? random.pick(hostileStrings) : random.pick(hostileValues);
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function upload(random: Random, files: readonly ZipFile[]): Buffer {
  if (random.chance(0.2)) return mutatedBytes(random, zip(files));
  const kept = files.filter(() => random.chance(0.97));
  const victim = random.pick(files);
  return zip(
    kept.map((file) =>
      file.name !== victim.name
        ? file
        : {
            name: random.chance(0.05) ? random.pick(hostileStrings).slice(0, 1_000) : file.name,
            text: content(random, file),
          },
    ),
  );
}

const names = Object.keys(exports) as (keyof typeof exports)[];
/** Milliseconds for files of a few rows, eight at a time. */
const LONGEST = 3_000;
const SHARE = Math.ceil(CASES / names.length);

test.each(names)(
  'given export files that something has changed, %s rejects rows by reason or fails with a class',
  async (name) => {
    const { connector, files } = exports[name];
    const complaints = new Complaints(name);
    const importing = async (file: string): Promise<void> => {
      const bytes = upload(draws(6, complaints.cases++), files);
      writeFileSync(file, bytes);
      const shown = `${name} ${bytes.toString('base64')}`;
      const rig = (): Rig => new Rig({ connector, config: { file }, vault: new MemoryVault() });
      try {
        const started = performance.now();
        judgeOutcome(await rig().run(), shown, complaints);
        if (performance.now() - started < LONGEST) return;
        // Asked again before that is believed: the machine may have stood still.
        const again = performance.now();
        await rig().run();
        if (performance.now() - again > LONGEST) complaints.add(shown, 'took longer than a few rows may');
      } catch (error) {
        complaints.add(shown, `threw ${String(error)}`);
      }
    };
    const slots = Array.from({ length: 8 }, (_, slot) => join(folder, `${name}-${slot}.zip`));
    await Promise.all(
      slots.map(async (file) => {
        while (complaints.cases < SHARE) await importing(file);
      }),
    );
    complaints.settle(SHARE);
    complaints.expectSeen('succeeded', 'rejected', 'failed');
  },
  MOST_MS,
);
