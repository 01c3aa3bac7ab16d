import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build, root } from '../../test/crashes/process.js';

beforeAll(build, 120_000);

/** The command line as a person types it, on an empty folder; `made`: what is in the folder then. */
function run(words: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-cli-'));
  const env = { PATH: process.env['PATH'] ?? '', SYNCOPATE_DATA: join(folder, 'data'), ...more };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist/apps/cli/main.js'), ...words],
    { cwd: folder, env, encoding: 'utf8' },
  );
  const made = readdirSync(folder, { recursive: true });
  rmSync(folder, { recursive: true });
  return { status, stdout, stderr, made };
}

test.each([['help'], ['--help'], ['-h'], ['backup', '--help'], ['rebuild', '-h'], ['connect', '--help']])(
  'given %s %s, it tells what there is',
  (...words) => {
    const { status, stdout, made } = run(words.filter((word) => word !== undefined));
    expect({ status, made }).toEqual({ status: 0, made: [] });
    expect(stdout).toContain('npm run cli -- VERB');
  },
);

test.each([
  [[], 2, 'npm run cli -- VERB'],
  [['nonsense'], 2, 'there is no verb "nonsense"'],
  [['rebuild', '--kep'], 2, "'--kep'"],
  [['rebuild', 'all'], 2, 'npm run rebuild -- [--keep]'],
  [['rebuild'], 1, 'there is no log at'],
  [['backup'], 2, 'backup needs the file to write'],
  [['backup', 'a.sqlite', 'b.sqlite'], 2, 'backup needs the file to write'],
  [['backup', 'copy.sqlite'], 1, 'there is no log at'],
  [['rekey', 'now'], 2, 'rekey takes nothing more'],
  [['rekey'], 1, 'there is no vault at'],
])(
  'given %j on an empty folder, it is refused in a line, and nothing is made',
  (words, expected, message) => {
    const { status, stderr, made } = run(words);
    expect({ status, made }).toEqual({ status: expected, made: [] });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  },
);

test('given a port that is empty, the variable is named', () => {
  const { status, stderr } = run(['parked'], { SYNCOPATE_PORT: '' });
  expect(status).toBe(1);
  expect(stderr).toContain('SYNCOPATE_PORT: is empty');
});
