#!/usr/bin/env node
// `npm test`: everything but the fault runs side by side, then the fault runs one after the other, because they time
// real processes and would measure their neighbours. With arguments: those, as jest takes them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = (...args) =>
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...args,
    ],
    { cwd: root, stdio: 'inherit' },
  ).status ?? 1;

const given = process.argv.slice(2);
// The fault runs end servers under their clients on purpose; what a client still waits for must not keep the runner.
const phases =
  given.length > 0
    ? [given]
    : [
        ['--maxWorkers=2', '--testPathIgnorePatterns', 'test/faults/'],
        ['-i', '--forceExit', 'test/faults/'],
      ];
const failed = phases.map((args) => jest(...args)).filter((status) => status !== 0);
process.exit(failed[0] ?? 0);
