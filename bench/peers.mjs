// The same herd for us and for BullMQ, one after the other in one run: ratios, not figures of different hours.
import { fork, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure as ours } from './herd.mjs';
import { startRedis } from './redis.mjs';
import { percentiles } from './rig.mjs';

export const name = 'peers';
export const title = 'a herd due at one instant: ours embedded, BullMQ on Redis';

const VERSION = '6.7.0';
const IOREDIS = '5';
const packages = fileURLToPath(new URL('../node_modules/.cache/bench-peers', import.meta.url));

/** Not among our dependencies: nobody needs it who does not compare. */
function installPeers() {
  if (existsSync(join(packages, 'node_modules/ioredis'))) return;
  mkdirSync(packages, { recursive: true });
  writeFileSync(join(packages, 'package.json'), '{"private":true}');
  execFileSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', `bullmq@${VERSION}`, `ioredis@${IOREDIS}`],
    {
      cwd: packages,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

async function bullmq(appendfsync, schedules) {
  const redis = await startRedis(appendfsync);
  try {
    const path = fileURLToPath(new URL('./peers/bullmq.mjs', import.meta.url));
    const child = fork(path, [String(redis.port), String(schedules), packages]);
    const { createMs, drainedMs, lateness } = await new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => code !== 0 && reject(new Error(`BullMQ's process ended with ${code}`)));
    });
    return {
      'creates/s': Math.round((schedules / createMs) * 1_000),
      'runs/s': Math.round((schedules / drainedMs) * 1_000),
      latenessMs: percentiles(lateness),
    };
  } finally {
    await redis.stop();
  }
}

const ratio = (a, b) => Math.round((a / b) * 100) / 100;

export async function measure({ schedules = 10_000 } = {}) {
  installPeers();
  const { 'creates/s': creates, 'runs/s': runs, latenessMs } = await ours({ schedules });
  const always = await bullmq('always', schedules);
  const everysec = await bullmq('everysec', schedules);
  return {
    ours: { 'creates/s': creates, 'runs/s': runs, latenessMs },
    'BullMQ always': always,
    'BullMQ everysec': everysec,
    'runs/s: ours to always': ratio(runs, always['runs/s']),
    'runs/s: ours to everysec': ratio(runs, everysec['runs/s']),
    'p99 lateness: ours to always': ratio(latenessMs.p99, always.latenessMs.p99),
  };
}
