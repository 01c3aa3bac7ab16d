import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { apiKeysFile } from '#lib/contracts/api';
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
  [['api-key'], 2, 'at name'],
  [['api-key', '--name', 'Board', '--role', 'read'], 2, 'must be 1 to 40 small letters'],
  [['api-key', '--name', 'board', '--role', 'admin'], 2, 'metrics|read|write|operate'],
  [['api-key', '--name', 'board', '--role', 'read', '--expires', 'soon'], 2, 'must be an instant like'],
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

test('given a name and a role, a key is made, and an entry that has its digest and not itself', () => {
  const made = run(['api-key', '--name', 'board', '--role', 'read', '--tenant', 'acme']);
  const [, key = ''] = /told this once: (syncopate_[\w-]{43})\n/.exec(made.stdout) ?? [];
  const [, entry = ''] = /\n(\{"name".*\})\n/.exec(made.stdout) ?? [];
  const sha256 = createHash('sha256').update(key).digest('hex');
  expect(JSON.parse(entry)).toEqual({ name: 'board', role: 'read', tenant: 'acme', sha256 });
  expect(apiKeysFile.parse({ keys: [JSON.parse(entry)] }).keys).toHaveLength(1);
  expect(run(['api-key', '--name', 'board', '--role', 'read']).stdout).not.toContain(key);
});
