import { table, type Finding } from '../support/faults/checker.js';
import { isBroken, simulate, type Mode } from './simulate.js';
import { added, replay, unseen, usualSchedules } from './sums.js';
import { kindsOf } from './troubles.js';

function count(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${name} needs a whole number above 0`);
}

/** Of both modes together; more by `SIMULATION_SEEDS`, others by `SIMULATION_FROM`. */
const SEEDS = count('SIMULATION_SEEDS', 300);
const FROM = count('SIMULATION_FROM', 1);
const DAYS = count('SIMULATION_DAYS', 14);
/** Several nodes take several times as long. */
const shares = { embedded: 0.92, distributed: 0.08 } as const;

export const seedsOf = (mode: Mode): number => Math.ceil(SEEDS * shares[mode]);

/**
 * What was broken under which seed, with its story; empty: nothing was.
 * @param parity 1: odd seeds, 0: even ones, so that two processes can share them
 */
export async function brokenSeeds(mode: Mode, parity?: 0 | 1): Promise<string> {
  const failures: string[] = [];
  let sum: readonly Finding[] = [];
  const all = Array.from({ length: seedsOf(mode) }, (_, at) => FROM + at);
  const seeds = all.filter((seed) => parity === undefined || seed % 2 === parity);
  if (seeds.length === 0) throw new Error(`there is no such seed among ${all.join(', ')}`);
  for (const seed of seeds) {
    const story = { seed, mode, days: DAYS, schedules: usualSchedules, kinds: kindsOf[mode] };
    const told = await simulate(story);
    sum = added(sum, told.findings);
    if (isBroken(told)) failures.push([replay(story), ...told.faults, table(told.findings)].join('\n'));
  }
  for (const property of unseen(sum, mode, seeds)) failures.push(`${property} was not looked at by any seed`);
  return failures.join('\n\n');
}

/** A seed, twice. */
export async function hashesOf(mode: Mode, seed: number): Promise<readonly [string, string]> {
  const story = { seed, mode, days: 3, schedules: usualSchedules, kinds: kindsOf[mode] };
  const [first, again] = [await simulate(story), await simulate(story)];
  if (first.events.length < 50) throw new Error('there was nothing to replay');
  return [first.hash, again.hash];
}
