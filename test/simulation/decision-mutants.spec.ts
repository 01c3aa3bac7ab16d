import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { decisionMutants, type DecisionMutant } from './decisions.js';
import type { Answer, Asked } from './mutated.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** In a process of its own: the defect is put into the source while it is loaded. */
function simulated(
  { file, from, to, mode, kinds, property, days = 3, schedules = 4, seed = 1 }: DecisionMutant,
  shrink = false,
): readonly Answer[] {
  const story = {
    seed,
    mode,
    days,
    schedules,
    kinds,
    readModelFiles: property === 'P18',
    webhooks: property === 'P30',
  };
  const asked: Asked = { story, seeds: 24, property, shrink };
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--conditions=source',
      '--disable-warning=ExperimentalWarning',
      '--import',
      './test/simulation/load-typescript.mjs',
      'test/simulation/mutated.ts',
      JSON.stringify(asked),
    ],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', SIMULATION_MUTANT: JSON.stringify({ file, from, to }) },
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as readonly Answer[];
}

describe('a wrong decision in the code', () => {
  test.each(decisionMutants.map((mutant) => [mutant.name, mutant] as const))(
    '%s, is seen',
    (_, mutant) => {
      const named = simulated(mutant).flatMap(({ properties }) => properties);
      expect(named).toContain(mutant.property);
    },
    600_000,
  );

  test('is told by a story that was made shorter, and breaks the same promise each time', () => {
    const mutant = decisionMutants.find(({ name }) => name.startsWith('an occurrence decided once more'))!;
    const [first, again] = [simulated(mutant, true).at(-1), simulated(mutant, true).at(-1)];
    expect(first?.short).toEqual(again?.short);
    expect(first?.short?.property).toBe(mutant.property);
    expect(first!.short!.story.days * first!.short!.story.schedules).toBeLessThan(3 * 4);
  }, 600_000);
});
