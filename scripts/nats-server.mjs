// Finds a nats-server, or fetches Debian's package and unpacks it beside the dependencies, without installing anything.
// `node scripts/nats-server.mjs` prints its path.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foundOrFetched } from './debian-packages.mjs';

const cache = fileURLToPath(new URL('../node_modules/.cache/nats-server', import.meta.url));
const unpacked = join(cache, 'usr/sbin/nats-server');

/** @returns {string} a path that can be run. @throws where there is none and none can be fetched. */
export function natsServer() {
  const known = [
    process.env.NATS_SERVER,
    '/usr/sbin/nats-server',
    '/usr/bin/nats-server',
    '/usr/local/bin/nats-server',
  ];
  return foundOrFetched({
    what: 'nats-server',
    packages: ['nats-server'],
    into: cache,
    variable: 'NATS_SERVER',
    hint: ' (https://docs.nats.io)',
    find: () => [...known, unpacked].find((path) => path && existsSync(path)),
  });
}

/**
 * Starts one on a free port of loopback with JetStream in a folder.
 * @param {{ folder?: string, port?: number, config?: string, env?: Record<string, string>, args?: string[] }} [options]
 */
export async function startNats({
  folder = mkdtempSync(join(tmpdir(), 'nats-')),
  port = -1,
  config,
  env = {},
  args = [],
} = {}) {
  const ports = mkdtempSync(join(tmpdir(), 'nats-ports-'));
  const common = ['-a', '127.0.0.1', '-p', String(port), '--ports_file_dir', ports, '-js', '-sd', folder];
  const child = spawn(natsServer(), [...common, ...(config ? ['-c', config] : []), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said = (said + text).slice(-4_000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const file = join(ports, `nats-server_${child.pid}.ports`);
  for (let tries = 0; ; tries += 1) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.endsWith('}') || text.trimEnd().endsWith('}')) {
      rmSync(ports, { recursive: true, force: true });
      const url = JSON.parse(text).nats[0];
      const stop = async (signal = 'SIGKILL') => {
        child.kill('SIGCONT');
        child.kill(signal);
        await ended;
      };
      return {
        url,
        port: Number(new URL(url).port),
        folder,
        process: child,
        stop,
        remove: () => rmSync(folder, { recursive: true, force: true }),
      };
    }
    if (child.exitCode !== null || child.signalCode !== null || tries > 500) {
      child.kill('SIGKILL');
      rmSync(ports, { recursive: true, force: true });
      throw new Error(`nats-server did not start: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(natsServer());
