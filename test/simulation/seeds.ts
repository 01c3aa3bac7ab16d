import { table } from '../support/faults/checker.js';
import { isBroken, simulate, type Mode } from './simulate.js';
import { kindsOf } from './troubles.js';

/** Of both modes together; more by `SIMULATION_SEEDS`, others by `SIMULATION_FROM`. */
const SEEDS = Number(process.env['SIMULATION_SEEDS'] ?? 300);
const FROM = Number(process.env['SIMULATION_FROM'] ?? 1);
const DAYS = Number(process.env['SIMULATION_DAYS'] ?? 14);
/** Several nodes take several times as long. */
const shares = { embedded: 0.92, distributed: 0.08 } as const;

export const seedsOf = (mode: Mode): number => Math.ceil(SEEDS * shares[mode]);

/**
 * What was broken under which seed, with its story; empty: nothing was.
 * @param parity 1: odd seeds, 0: even ones, so that two processes can share them
 */
export async function brokenSeeds(mode: Mode, parity?: 0 | 1): Promise<string> {
  const failures: string[] = [];
  for (let seed = FROM; seed < FROM + seedsOf(mode); seed += 1) {
    if (parity !== undefined && seed % 2 !== parity) continue;
    const told = await simulate({ seed, mode, days: DAYS, schedules: 3, kinds: kindsOf[mode] });
    if (isBroken(told)) failures.push([`seed ${seed}`, ...told.faults, table(told.findings)].join('\n'));
  }
  return failures.join('\n\n');
}

/** A seed, twice. */
export async function hashesOf(mode: Mode, seed: number): Promise<readonly [string, string]> {
  const story = { seed, mode, days: 3, schedules: 3, kinds: kindsOf[mode] };
  const [first, again] = [await simulate(story), await simulate(story)];
  if (first.events.length < 50) throw new Error('there was nothing to replay');
  return [first.hash, again.hash];
}
