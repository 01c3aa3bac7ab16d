// A Redis server for comparisons: REDIS_SERVER, the machine's, or Debian's package unpacked beside the dependencies.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { librariesOf, unpackDebian } from '../scripts/debian-packages.mjs';

const cache = fileURLToPath(new URL('../node_modules/.cache/redis', import.meta.url));
const unpacked = join(cache, 'usr/bin/redis-server');

function redisServer() {
  const known = [process.env.REDIS_SERVER, '/usr/bin/redis-server', '/usr/local/bin/redis-server'];
  const found = known.find((path) => path && existsSync(path));
  if (found) return { path: found, env: process.env };
  const names = ['redis-server', 'redis-tools'];
  if (!existsSync(unpacked)) unpackDebian([...names, ...librariesOf(names)], cache);
  const folders = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'lib/x86_64-linux-gnu'];
  const LD_LIBRARY_PATH = folders.map((folder) => join(cache, folder)).join(':');
  return { path: unpacked, env: { ...process.env, LD_LIBRARY_PATH } };
}

export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** With its append-only file on, synced as told: `always` loses nothing acknowledged, `everysec` up to a second. */
export async function startRedis(appendfsync) {
  const { path, env } = redisServer();
  const folder = mkdtempSync(join(process.env.BENCH_DATA ?? tmpdir(), 'bench-redis-'));
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'yes', appendfsync };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(path, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('Ready to accept') && resolve());
    void ended.then((code) => reject(new Error(`redis-server ended with ${code}`)));
  });
  return {
    port,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function redisVersion() {
  const { path, env } = redisServer();
  const said = execFileSync(path, ['--version'], { env, encoding: 'utf8' });
  return `redis ${/v=(\S+)/.exec(said)?.[1]}`;
}
