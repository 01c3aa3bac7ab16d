import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/apps/scheduler/main.js');
const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 4);

beforeAll(() => {
  if (!existsSync(main))
    spawnSync(process.execPath, ['scripts/ready.mjs', '--build'], { cwd: root, stdio: 'inherit' });
}, 120_000);

type Running = {
  readonly process: ChildProcess;
  readonly url: string;
  readonly exit: Promise<number | null>;
  readonly errors: () => string;
};

async function start(folder: string): Promise<Running> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => probe.close(resolve));
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    SYNCOPATE_DATA: folder,
    SYNCOPATE_PORT: String(port),
    SYNCOPATE_LEASE_SECONDS: '1',
    SYNCOPATE_ALLOW_SHORT_INTERVALS: 'true',
  };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => text.toString().includes('is running at') && resolve());
    void exit.then(() => resolve());
  });
  return { process: child, url: `http://127.0.0.1:${port}`, exit, errors: () => errors };
}

test('given kill -9 over and over, nothing acknowledged is lost and no occurrence is decided twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-crash-'));
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const service = await start(folder);
    const create = async (n: number): Promise<boolean> => {
      const body = {
        user: `u${round}-${n % 15}`,
        connection: `c${round}-${n}`,
        provider: `p${n % 7}`,
        recurrence: { frequency: 'interval', every: 1 },
      };
      const answer = await fetch(`${service.url}/v1/schedules`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).catch(() => undefined);
      if (answer?.status === 201) acknowledged.push(String(((await answer.json()) as { id: string }).id));
      return answer !== undefined;
    };
    for (let n = 0; n < 40 + round * 20; n += 1) {
      if (!(await create(n))) break;
    }
    service.process.kill('SIGKILL');
    await service.exit;
  }
  const service = await start(folder);
  const decisions = new Map<string, string>();
  const doubled: string[] = [];
  for (const id of acknowledged) {
    const answer = await fetch(`${service.url}/v1/schedules/${id}/events`);
    expect({ id, status: answer.status }).toEqual({ id, status: 200 });
    const { items } = (await answer.json()) as { items: { type: string; data: Record<string, unknown> }[] };
    for (const { type, data } of items) {
      const decides =
        (type === 'RunQueued' && data['attempt'] === 1 && data['trigger'] !== 'manual') ||
        type === 'OccurrenceSkipped';
      if (!decides) continue;
      const occurrence = `${id} ${String(data['generation'])} ${String(data['nominal'])}`;
      if (decisions.has(occurrence)) doubled.push(occurrence);
      decisions.set(occurrence, type);
    }
  }
  expect(acknowledged.length).toBeGreaterThan(ROUNDS * 10);
  expect(decisions.size).toBeGreaterThan(0);
  expect(doubled).toEqual([]);

  const second = await start(folder);
  expect(await second.exit).toBe(1);
  expect(second.errors()).toContain('is in use by another process');

  service.process.kill('SIGTERM');
  expect(await service.exit).toBe(0);
  rmSync(folder, { recursive: true });
}, 120_000);
