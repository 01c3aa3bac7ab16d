import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build, create, root, start } from './process.js';

const MONTHLY = { frequency: 'monthly', days: [1] };
beforeAll(build, 120_000);

test('given a backup that was taken while commands came in, a service on it knows all that was acknowledged before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-backup-'));
  const service = await start(join(folder, 'data'));
  const before: string[] = [];
  for (let n = 0; n < 30; n += 1)
    before.push((await create(service.url, `before-${n}`, MONTHLY))?.id ?? 'none');
  const until = { done: false };
  const meanwhile = (async () => {
    for (let n = 0; !until.done; n += 1) await create(service.url, `meanwhile-${n}`, MONTHLY);
  })();
  const copy = join(folder, 'copy.sqlite');
  const said = execFileSync(process.execPath, [join(root, 'dist/apps/cli/main.js'), 'backup', copy], {
    env: { ...process.env, NODE_OPTIONS: '', SYNCOPATE_DATA: join(folder, 'data') },
    encoding: 'utf8',
  });
  until.done = true;
  await meanwhile;
  service.process.kill('SIGKILL');
  await service.exit;
  expect(said).toMatch(/holds the log up to position \d+/);

  // Restored as the documentation says: the file, under its name, in an empty data folder.
  mkdirSync(join(folder, 'restored'), { mode: 0o700 });
  cpSync(copy, join(folder, 'restored', 'events.sqlite'));
  const restored = await start(join(folder, 'restored'));
  expect(restored.errors()).not.toContain('cannot start');
  for (const id of before) expect((await fetch(`${restored.url}/v1/schedules/${id}`)).status).toBe(200);
  restored.process.kill('SIGTERM');
  expect(await restored.exit).toBe(0);
  rmSync(folder, { recursive: true });
}, 60_000);
