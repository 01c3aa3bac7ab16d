#!/usr/bin/env node
// `npm test`: everything in three parts. The fault runs go one after the other, behind the rest, because they time real
// processes and would measure their neighbours. The simulation times nothing: it runs beside both, and takes what they
// leave of the processors. With arguments: those, as jest takes them.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FAULTS = 'test/faults/';
const SIMULATION = 'test/simulation/';

/** Whatever tests leave lying about is in here: it goes when they have passed, and stays to be looked at when not. */
const folder = mkdtempSync(join(tmpdir(), 'syncopate-tests-'));
const env = { ...process.env, TMPDIR: folder };

/** @returns its exit code, once it has ended; what it says is told as it is said, or at the end in one piece. */
function jest(args, { gently = false } = {}) {
  const node = [
    process.execPath,
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...args,
  ];
  // Its processes, and those that it starts, run when nobody else wants to.
  const command = gently && process.platform !== 'win32' ? ['nice', '-n', '19', ...node] : node;
  const stdio = gently ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const child = spawn(command[0], command.slice(1), { cwd: root, env, stdio });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text));
  return new Promise((resolve) => {
    child.once('error', (error) => (process.stderr.write(`${error}\n`), resolve(1)));
    child.once('close', (code) => (process.stderr.write(said), resolve(code ?? 1)));
  });
}

async function everything() {
  // Whatever runs only when nobody else wants to is not to be held to a time either.
  const patient = ['--maxWorkers=2', '--testTimeout=600000', SIMULATION];
  const simulation = jest(patient, { gently: true });
  const rest = await jest(['--maxWorkers=2', '--testPathIgnorePatterns', FAULTS, SIMULATION]);
  // The fault runs end servers under their clients on purpose; what a client still waits for must not keep the runner.
  const faults = await jest(['-i', '--forceExit', FAULTS]);
  return [rest, faults, await simulation];
}

const given = process.argv.slice(2);
const statuses = given.length > 0 ? [await jest(given)] : await everything();
const failed = statuses.find((status) => status !== 0);
if (failed === undefined) rmSync(folder, { recursive: true, force: true });
else console.error(`What the tests left behind is in ${folder}`);
process.exit(failed ?? 0);
