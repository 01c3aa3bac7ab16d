import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build, main } from './process.js';

const ROUNDS = 12;

beforeAll(build, 120_000);

/** How it ends when it is asked to stop by whoever reads that it runs, as it reads it. */
async function ending(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-ready-'));
  const env = { ...process.env, NODE_OPTIONS: '', SYNCOPATE_DATA: folder, SYNCOPATE_PORT: '0' };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.on('data', (text: Buffer) => {
    if (text.includes('is running at')) child.kill('SIGTERM');
  });
  const end = await new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(`${code ?? signal}`)),
  );
  rmSync(folder, { recursive: true });
  return end;
}

test('given a service that is asked to stop the moment it says that it runs, it leaves in order each time', async () => {
  const ends: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) ends.push(await ending());
  expect(ends).toEqual(ends.map(() => '0'));
}, 120_000);
