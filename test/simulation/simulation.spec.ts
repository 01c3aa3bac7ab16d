import { describe, expect, it } from '@jest/globals';
import { table } from '../support/faults/checker.js';
import { faultKinds } from './faults.js';
import { isBroken, simulate } from './simulate.js';

const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 16);
const FROM = Number(process.env['SIMULATION_FROM'] ?? 1);
const DAYS = Number(process.env['SIMULATION_DAYS'] ?? 14);

describe('simulation', () => {
  it('replays a seed bit for bit', async () => {
    const story = { seed: 7, days: 3, schedules: 3, kinds: faultKinds };
    const [first, again] = [await simulate(story), await simulate(story)];
    expect(again.hash).toBe(first.hash);
    expect(first.events.length).toBeGreaterThan(50);
  });

  it(
    'holds every property under every seed',
    async () => {
      const failures: string[] = [];
      for (let seed = FROM; seed < FROM + SEEDS; seed += 1) {
        const told = await simulate({ seed, days: DAYS, schedules: 4, kinds: faultKinds });
        if (isBroken(told)) failures.push([`seed ${seed}`, ...told.faults, table(told.findings)].join('\n'));
      }
      expect(failures.join('\n\n')).toBe('');
    },
    SEEDS * 30_000 + 60_000,
  );
});
