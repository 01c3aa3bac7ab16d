import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { build, create, runs, start } from './process.js';

const MONTHLY = { frequency: 'monthly', days: [1] };
const BALLAST = 'ballast';
/** A file system of its own in a namespace of its own, with a file that takes most of it. */
const small = (folder: string): readonly string[] => [
  'unshare',
  '-Urm',
  'sh',
  '-c',
  `mount -t tmpfs -o size=10m,mode=0700 tmpfs ${folder} && head -c 6000000 /dev/zero > ${folder}/${BALLAST} && exec "$0" "$@"`,
];
const able = runs('unshare', '-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir());
if (!able) process.stderr.write('full-disk.spec.ts: skipped, because no file system can be mounted here\n');

beforeAll(build, 120_000);

(able ? test : test.skip)(
  'given a disk that fills up, commands are refused and none is lost; given room again, it goes on',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'syncopate-full-'));
    const service = await start(folder, small(folder));
    expect(service.errors()).not.toContain('cannot start');
    const acknowledged: string[] = [];
    let refused: Awaited<ReturnType<typeof create>>;
    for (let n = 0; refused === undefined && n < 20_000; n += 1) {
      const answer = await create(service.url, `d-${n}`, MONTHLY);
      expect(answer).toBeDefined();
      if (answer?.status === 201) acknowledged.push(answer.id);
      else refused = answer;
    }
    expect(refused).toMatchObject({ status: 507, body: { title: expect.any(String) } });
    expect(acknowledged.length).toBeGreaterThan(10);
    // Still alive, and still able to tell what it promised.
    for (const id of acknowledged.slice(-10))
      expect((await fetch(`${service.url}/v1/schedules/${id}/events`)).status).toBe(200);

    rmSync(`/proc/${service.process.pid}/root${folder}/${BALLAST}`);
    let again: Awaited<ReturnType<typeof create>>;
    for (let tries = 0; again?.status !== 201 && tries < 200; tries += 1) {
      again = await create(service.url, `again-${tries}`, MONTHLY);
      if (again?.status !== 201) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(again?.status).toBe(201);
    for (const id of [...acknowledged, again?.id ?? '']) {
      const answer = await fetch(`${service.url}/v1/schedules/${id}/events`);
      expect({ id, status: answer.status }).toEqual({ id, status: 200 });
    }
    service.process.kill('SIGTERM');
    expect(await service.exit).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  },
  120_000,
);
