import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '../support/faults/checker.js';
import { runFaults } from './run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 30);
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
        : (line: string) => process.stderr.write(`${line}\n`);
    const options = { seed: SEED, only: ONLY, say };
    const { findings, report, acknowledged } = await runFaults({ ...options, rounds: ROUNDS });
    say(report);
    const broken = findings.filter(({ violations }) => violations.length > 0);
    if (broken.length > 0) {
      // These are processes on cores that others share: before it is believed, it is asked for again, and said in any case.
      process.stderr.write(`broken once:\n${told(broken).join('\n')}\n`);
      const again = await runFaults({ ...options, rounds: Math.ceil(ROUNDS / 3) });
      const twice = again.findings.filter(({ violations }) => violations.length > 0);
      const properties = new Set(twice.map(({ property }) => property));
      expect(told(broken.filter(({ property }) => properties.has(property)))).toEqual([]);
    }
    if (ONLY === undefined) expect(findings.filter(({ checked }) => checked === 0)).toEqual([]);
    expect(acknowledged).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * 30_000 + 240_000,
);
