import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build, create, mayTrace, start } from './process.js';

const traced = mayTrace('fsync.spec.ts');
const COUNT = 25;

beforeAll(build, 120_000);

/** System calls show it from outside: the file of the log is flushed before the client is answered. */
(traced ? test : test.skip)(
  'given one command after another, each is answered after a flush of the log of its own',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-fsync-'));
    const out = join(folder, 'calls');
    const args = ['-D', '-f', '-y', '-ttt', '-e', 'trace=fsync,fdatasync', '-e', 'signal=none', '-o', out];
    const service = await start(join(folder, 'data'), ['strace', ...args]);
    // Each is sent when the one before was answered, so no two can share a flush.
    const answered: number[] = [];
    for (let n = 0; n < COUNT; n += 1) {
      expect((await create(service.url, `f-${n}`, { frequency: 'monthly', days: [1] }))?.status).toBe(201);
      answered.push(Date.now() / 1_000);
    }
    service.process.kill('SIGTERM');
    await service.exit;
    while (!readFileSync(out, 'utf8').includes('+++ exited with 0 +++'))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const flushes = readFileSync(out, 'utf8')
      .split('\n')
      .filter((line) => /f(data)?sync\(.*events\.sqlite(-wal)?>/.test(line) || /resumed>/.test(line))
      .map((line) => Number(/^\d+\s+([\d.]+)/.exec(line)?.[1]));
    const without = answered.slice(1).filter((at, index) => {
      const before = answered[index] ?? 0;
      return !flushes.some((flush) => flush > before && flush <= at);
    });
    expect(flushes.length).toBeGreaterThanOrEqual(COUNT);
    expect(without).toEqual([]);
    rmSync(folder, { recursive: true });
  },
  120_000,
);
