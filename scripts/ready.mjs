#!/usr/bin/env node
// Makes a fresh clone ready: installs what the lock file says, and with --build compiles when a source is newer
// than the last build. Runs on whatever Node the machine has (20 or later): it is what brings the project's own.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
const npm = (...args) =>
  execFileSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: '' },
  });

const installed = join(root, 'node_modules', '.syncopate-installed');
if (modified(installed) < modified(join(root, 'package-lock.json'))) {
  console.log('Installing dependencies (once, about half a minute) …');
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(installed, '');
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : modified(path));
  }
  return latest;
}

// An image has what was built, and no sources.
if (process.argv.includes('--build') && existsSync(join(root, 'apps'))) {
  const built = join(root, 'dist', '.built');
  const sources = Math.max(
    newest(join(root, 'apps')),
    newest(join(root, 'libs')),
    modified(join(root, '.swcrc')),
    modified(installed),
  );
  if (modified(built) < sources) {
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    npm('run', '--silent', 'build');
    writeFileSync(built, '');
  }
}
