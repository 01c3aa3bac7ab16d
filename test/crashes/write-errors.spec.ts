import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openSqliteEventStore } from '#lib/event-store/sqlite';
import { mayTrace } from './process.js';

const testing = new URL('../../libs/event-store/testing/', import.meta.url);
const script = fileURLToPath(new URL('stubborn-process.ts', testing));
const loader = new URL('load-typescript.mjs', testing).href;

const traced = mayTrace('write-errors.spec.ts');

/** Every how many writes one is made to fail, and of flushes a ninth of that; 1 is each of them. */
const STRIDE = Number(process.env['WRITE_ERROR_STRIDE'] ?? 17);
/** A process that takes longer, in seconds, hangs. */
const LONGEST = '60';
const calls = ['pwrite64', 'fsync', 'ftruncate'] as const;
const errors = ['EIO', 'ENOSPC'] as const;

let folder: string;
let made = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-write-errors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const appending = (path: string, around: readonly string[] = []): readonly string[] => {
  const patience = ['timeout', '--signal=KILL', LONGEST];
  const node = [process.execPath, '--import', loader, script, path];
  const [command = '', ...args] = [...around, ...patience, ...node];
  const { stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  expect(stderr.replaceAll(/.*ExperimentalWarning.*|.*--trace-warnings.*/g, '').trim()).toBe('');
  return stdout.trim().split('\n');
};

/** Appends under the eyes of strace; what it saw of the files of the log, thread by thread, comes back with the lines. */
function watched(path: string, ...inject: readonly string[]) {
  const out = `${path}.calls`;
  const files = ['', '-wal', '-journal', '-shm'].flatMap((suffix) => ['-P', path + suffix]);
  const trace = ['-e', `trace=${calls.join()}`, ...inject.flatMap((what) => ['-e', `inject=${what}`])];
  const lines = appending(path, ['strace', '-f', '-y', '-o', out, ...trace, ...files]);
  return { lines, seen: readFileSync(out, 'utf8').trim().split('\n') };
}

/** How often the busiest thread makes a call. */
function most(seen: readonly string[], call: string): number {
  const threads = seen.filter((line) => line.includes(` ${call}(`)).map((line) => line.split(' ')[0]);
  return Math.max(0, ...[...Map.groupBy(threads, (thread) => thread).values()].map(({ length }) => length));
}

async function judged(path: string, acknowledged: readonly string[], what: string): Promise<void> {
  const store = await openSqliteEventStore({ path });
  const events = await store.readAll(0, 100_000);
  await store.close();
  const stored = events.map(({ stream, revision, id }) => `${stream} ${revision} ${id}`);
  expect([what, acknowledged.filter((line) => !stored.includes(line))]).toEqual([what, []]);
  // All of an append or nothing of it, once, and no position twice.
  for (const [stream, of] of Map.groupBy(events, (event) => event.stream)) {
    expect([what, stream, of.length % 3]).toEqual([what, stream, 0]);
    expect([what, of.map(({ revision }) => revision)]).toEqual([what, of.map((_, revision) => revision)]);
  }
  expect(new Set(events.map(({ position }) => position)).size).toBe(events.length);
}

/**
 * A call fails once in each thread that comes so far; a thread that is replaced begins to count anew, so that a failure
 * while a log is opened lasts until the process ends.
 */
(traced ? test : test.skip)(
  'given a write, a flush or a cut of the log that fails, whichever it is, what was acknowledged is there, and of the rest all or nothing',
  async () => {
    const { seen } = watched(join(folder, 'counted.db'));
    let refused = 0;
    let tried = 0;
    for (const call of calls) {
      expect([call, most(seen, call) > 0]).toEqual([call, true]);
      for (let at = 1; at <= most(seen, call); at += call === 'pwrite64' ? STRIDE : Math.ceil(STRIDE / 9)) {
        const error = errors[tried++ % errors.length] ?? 'EIO';
        const what = `${call} ${at} fails with ${error}`;
        const path = join(folder, `${(made += 1)}.db`);
        const failing = watched(path, `${call}:error=${error}:when=${at}`);
        expect([what, failing.seen.some((line) => line.includes('INJECTED'))]).toEqual([what, true]);
        refused += failing.lines.filter((line) => line.startsWith('refused')).length;
        const after = appending(path);
        expect([what, after.at(-1)]).toEqual([what, 'done']);
        const acknowledged = [...failing.lines, ...after].filter((line) => line.startsWith('stubborn-'));
        await judged(path, acknowledged, what);
      }
    }
    expect(refused).toBeGreaterThan(tried);
  },
  600_000,
);
