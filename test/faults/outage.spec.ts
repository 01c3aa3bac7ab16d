import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { runOutage } from './outage.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SECONDS = Number(process.env['OUTAGE_SECONDS'] ?? 6);
/** Longest wait for the end of a backlog, in ms. */
const MOST_MS = 120_000;
const SCHEDULES = Number(process.env['OUTAGE_SCHEDULES'] ?? 60);

beforeAll(() => {
  spawnSync(process.execPath, ['scripts/ready.mjs', '--build'], { cwd: root, stdio: 'inherit' });
}, 120_000);

test.each(['nats', 'event store', 'both'] as const)(
  'given %s away for a while under load, nothing accepted is lost, and the backlog is drained',
  async (what) => {
    const say =
      process.env['FAULT_TALK'] === undefined
        ? () => {}
        : (line: string) => process.stderr.write(`${line}\n`);
    const { findings, statuses, drainedMs, mostRssMiB } = await runOutage({
      seconds: SECONDS,
      schedules: SCHEDULES,
      what,
      say,
    });
    expect(
      findings.flatMap(({ property, violations }) => violations.map((each) => `${property} ${each}`)),
    ).toEqual([]);
    // Without its log the service says so, and when to come again; without NATS it still takes commands.
    const expected = what === 'nats' ? /^(200|202|409) / : /^503 \d+$/;
    expect([...statuses.keys()].filter((seen) => !expected.test(seen))).toEqual([]);
    if (what === 'nats') expect([...statuses.keys()]).toContain('200 -');
    // How fast is a question to long outages: short ones mostly measure how the machine starts processes.
    expect(drainedMs).toBeLessThanOrEqual(SECONDS >= 60 ? 2_000 * SECONDS : MOST_MS);
    expect(mostRssMiB).toBeLessThan(768);
  },
  SECONDS * 10_000 + MOST_MS + 120_000,
);
