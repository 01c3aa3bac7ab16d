import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '../support/faults/checker.js';
import { faults } from './faults.js';
import { runFaults } from './run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? faults.length);
/** Of each property, in the failure's message. */
const SHOWN = 10;
/** To look at one kind of fault closely. */
const ONLY = process.env['FAULT_ONLY'];
const SEED = Number(process.env['FAULT_SEED'] ?? 1);

beforeAll(() => {
  spawnSync(process.execPath, ['scripts/ready.mjs', '--build'], { cwd: root, stdio: 'inherit' });
}, 120_000);

const told = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap(({ property, violations }) =>
    violations.slice(0, SHOWN).map((each) => `${property} ${each}`),
  );

test(
  'given two schedulers and two executors under load, and every process and link failing in turn, every promise is kept',
  async () => {
    const say =
      process.env['FAULT_TALK'] === undefined
        ? () => {}
        : (line: string) => process.stderr.write(`${new Date().toISOString()} ${line}\n`);
    const options = { rounds: ROUNDS, seed: SEED, only: ONLY, say };
    const { findings, report, acknowledged, story } = await runFaults(options);
    say(report);
    if (story !== undefined) process.stderr.write(`${story}\n`);
    expect(told(findings)).toEqual([]);
    if (ONLY === undefined) expect(findings.filter(({ checked }) => checked === 0)).toEqual([]);
    expect(acknowledged).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * 20_000 + 180_000,
);
