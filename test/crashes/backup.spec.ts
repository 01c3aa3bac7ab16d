import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
  const acknowledged: number[] = [];
  const meanwhile = (async () => {
    for (let n = 0; !until.done; n += 1)
      if ((await create(service.url, `meanwhile-${n}`, MONTHLY))?.status === 201)
        acknowledged.push(performance.now());
  })();
  const copy = join(folder, 'copy.sqlite');
  const began = performance.now();
  const { stdout: said } = await promisify(execFile)(
    process.execPath,
    [join(root, 'dist/apps/cli/main.js'), 'backup', copy],
    { env: { ...process.env, NODE_OPTIONS: '', SYNCOPATE_DATA: join(folder, 'data') } },
  );
  const ended = performance.now();
  until.done = true;
  await meanwhile;
  expect(acknowledged.filter((at) => at >= began && at <= ended).length).toBeGreaterThan(0);
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

test('given an older copy of the log under a newer read model, the service says so and does not start, until the read model is gone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-older-'));
  const data = join(folder, 'data');
  const ended = async (service: Awaited<ReturnType<typeof start>>): Promise<void> => {
    service.process.kill('SIGTERM');
    expect(await service.exit).toBe(0);
  };
  const first = await start(data);
  const kept = (await create(first.url, 'kept', MONTHLY))?.id ?? 'none';
  await ended(first);
  cpSync(join(data, 'events.sqlite'), join(folder, 'copy.sqlite'));
  const second = await start(data);
  for (let n = 0; n < 5; n += 1) await create(second.url, `later-${n}`, MONTHLY);
  await ended(second);

  rmSync(join(data, 'events.sqlite-wal'), { force: true });
  cpSync(join(folder, 'copy.sqlite'), join(data, 'events.sqlite'));
  const refused = await start(data);
  expect(await refused.exit).toBe(1);
  expect(refused.errors()).toContain('an older copy was put in its place');
  expect(refused.errors()).toContain('delete read-model.sqlite and start again');

  for (const end of ['', '-wal', '-shm']) rmSync(join(data, `read-model.sqlite${end}`), { force: true });
  const third = await start(data);
  const created = await create(third.url, 'new', MONTHLY);
  for (const id of [kept, created?.id]) {
    const answer = await fetch(
      `${third.url}/v1/schedules/${id}?atLeast=${String(created?.body['position'])}`,
    );
    expect(answer.status).toBe(200);
  }
  await ended(third);
  rmSync(folder, { recursive: true });
}, 60_000);
