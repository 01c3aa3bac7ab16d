import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build, create, mayTrace, start } from './process.js';

const traced = mayTrace('fsync.spec.ts');
const COUNT = 25;
/** How much longer each flush is made to last, in ms: an answer that does not wait for it is seen to come before. */
const DELAY = 50;
/** A creation claims its connection, and is stored after that: two appends, one after the other. */
const APPENDS = 2;

type Flush = { readonly from: number; readonly to: number };

beforeAll(build, 120_000);

const quiet = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Flushes of the log's files, from the call to its delayed end, in ms; one that others came between is told in two lines. */
function flushesOf(calls: string): readonly Flush[] {
  const begun = new Map<string, { readonly from: number; readonly ours: boolean }>();
  const flushes: Flush[] = [];
  for (const line of calls.split('\n')) {
    const [, thread = '', seconds] = /^(\d+)\s+([\d.]+) /.exec(line) ?? [];
    if (/ f(data)?sync\(/.test(line))
      begun.set(thread, { from: Number(seconds) * 1_000, ours: /events\.sqlite(-wal)?>/.test(line) });
    const took = / = 0 \(DELAYED\) <([\d.]+)>$/.exec(line)?.[1];
    const call = begun.get(thread);
    if (took === undefined || call === undefined) continue;
    if (call.ours) flushes.push({ from: call.from, to: call.from + Number(took) * 1_000 + DELAY });
    begun.delete(thread);
  }
  return flushes;
}

/** System calls show it from outside: the file of the log is flushed before the client is answered. */
(traced ? test : test.skip)(
  'given one command after another, each is answered once the flushes of its own appends are over',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-fsync-'));
    const out = join(folder, 'calls');
    const inject = `inject=fsync,fdatasync:delay_exit=${DELAY * 1_000}`;
    const watch = ['-e', 'trace=fsync,fdatasync', '-e', inject, '-e', 'signal=none'];
    const args = ['-D', '-f', '-y', '-ttt', '-T', ...watch, '-o', out];
    const service = await start(join(folder, 'data'), ['strace', ...args]);
    const asked: Flush[] = [];
    for (let n = 0; n < COUNT; n += 1) {
      // What is flushed only after an answer must not be taken for what the next one waits for.
      await quiet((APPENDS + 1) * DELAY);
      const from = Date.now();
      expect((await create(service.url, `f-${n}`, { frequency: 'monthly', days: [1] }))?.status).toBe(201);
      asked.push({ from, to: Date.now() + 1 });
    }
    service.process.kill('SIGTERM');
    await service.exit;
    while (!readFileSync(out, 'utf8').includes('+++ exited with 0 +++')) await quiet(20);
    const flushes = flushesOf(readFileSync(out, 'utf8'));
    const early = asked.filter(
      ({ from, to }) => flushes.filter((flush) => flush.from >= from && flush.to <= to).length < APPENDS,
    );
    expect(early).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  120_000,
);
