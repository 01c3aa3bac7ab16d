import { describe, expect, it } from '@jest/globals';
import { table } from '../support/faults/checker.js';
import { distributedKinds, embeddedKinds, kindsOf } from './troubles.js';
import { isBroken, simulate } from './simulate.js';

const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 16);
const FROM = Number(process.env['SIMULATION_FROM'] ?? 1);
const DAYS = Number(process.env['SIMULATION_DAYS'] ?? 14);

describe('simulation', () => {
  it('replays a seed bit for bit', async () => {
    const story = { seed: 7, mode: 'embedded' as const, days: 3, schedules: 3, kinds: embeddedKinds };
    const [first, again] = [await simulate(story), await simulate(story)];
    expect(again.hash).toBe(first.hash);
    expect(first.events.length).toBeGreaterThan(50);
  });

  it('replays a seed of several nodes bit for bit', async () => {
    const story = { seed: 9, mode: 'distributed' as const, days: 2, schedules: 3, kinds: distributedKinds };
    const [first, again] = [await simulate(story), await simulate(story)];
    expect(again.hash).toBe(first.hash);
    expect(first.events.length).toBeGreaterThan(50);
  });

  it.each([
    ['embedded', SEEDS],
    ['distributed', Math.ceil(SEEDS / 4)],
  ] as const)(
    '%s: holds every property under every seed',
    async (mode, seeds) => {
      const failures: string[] = [];
      for (let seed = FROM; seed < FROM + seeds; seed += 1) {
        const told = await simulate({ seed, mode, days: DAYS, schedules: 4, kinds: kindsOf[mode] });
        if (isBroken(told)) failures.push([`seed ${seed}`, ...told.faults, table(told.findings)].join('\n'));
      }
      expect(failures.join('\n\n')).toBe('');
    },
    SEEDS * 30_000 + 60_000,
  );
});
