// Installs the peers beside the scripts that drive them, from their own lock file, when the lock is newer.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

export function installPeers() {
  const installed = here('./node_modules/.package-lock.json');
  if (modified(installed) >= modified(here('./package-lock.json'))) return;
  // No install scripts: what is native among them comes as prebuilt packages.
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here('.'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  utimesSync(installed, new Date(), new Date());
}

/** Exact versions, as the lock has them. */
export function peerVersions() {
  const { packages } = JSON.parse(readFileSync(here('./package-lock.json'), 'utf8'));
  const names = ['bullmq', 'ioredis', 'pg-boss', 'graphile-worker', 'pg'];
  return names.map((name) => `${name} ${packages[`node_modules/${name}`].version}`);
}
