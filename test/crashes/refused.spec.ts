import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { build, create, start } from './process.js';

const KEYS = 'SYNCOPATE_API_KEYS=a-key-of-24-characters-or-more';

let folder: string;
beforeAll(build, 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncopate-refused-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a service says that does not start. */
async function refusal(...settings: readonly string[]): Promise<string> {
  const service = await start(folder, ['env', ...settings]);
  service.process.kill('SIGKILL');
  expect(await service.exit).toBe(1);
  const said = service.errors();
  expect(said).toMatch(/^syncopate cannot start: /);
  expect(said).not.toMatch(/^ +at /m);
  return said;
}

test('given a folder that has lost its log, it does not start at all, and takes no write into a new one', async () => {
  const service = await start(folder);
  expect(await create(service.url, 'one', { frequency: 'monthly', days: [1] })).toMatchObject({
    status: 201,
  });
  service.process.kill('SIGTERM');
  expect(await service.exit).toBe(0);
  for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `events.sqlite${end}`), { force: true });
  for (let round = 0; round < 2; round += 1) {
    expect(await refusal()).toMatch(/there is no log at .*events\.sqlite.*move those files away first/);
    expect(existsSync(join(folder, 'events.sqlite'))).toBe(false);
  }
  for (const name of readdirSync(folder))
    if (/^(read-model|vault|records)\.sqlite/.test(name)) rmSync(join(folder, name));
  const anew = await start(folder);
  expect(await (await fetch(`${anew.url}/v1/schedules`)).json()).toMatchObject({ items: [] });
  anew.process.kill('SIGTERM');
  expect(await anew.exit).toBe(0);
}, 60_000);

test.each([
  ['an address of another machine', '192.0.2.1'],
  ['a name that is none', 'nowhere.invalid'],
])(
  'given %s to listen on, the setting is named',
  async (_, host) => {
    expect(await refusal(`SYNCOPATE_HOST=${host}`, KEYS)).toContain(
      'SYNCOPATE_HOST must be an address of this machine',
    );
  },
  30_000,
);
