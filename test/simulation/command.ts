import { DAY } from '#lib/domain/kernel';
import { table, type Finding } from '../support/faults/checker.js';
import { shrink } from './shrink.js';
import { isBroken, simulate, type Mode } from './simulate.js';
import { added, replay, unseen } from './sums.js';
import { kindsOf } from './troubles.js';

export { usualSchedules } from './sums.js';

type Asked = {
  readonly seeds: number;
  readonly from: number;
  readonly days: number;
  readonly schedules: number;
  readonly mode: Mode;
};

export type Progress = { readonly done: number; readonly of: number; readonly broken: number };

/**
 * One seed after another; a broken one is shrunk and printed. Answers whether any was broken.
 * @param heard told after each seed, before its story is shrunk
 */
export async function simulateSeeds(
  asked: Asked,
  say: (line: string) => void,
  heard: (progress: Progress) => void = () => {},
): Promise<boolean> {
  const { mode } = asked;
  const began = performance.now();
  let [sum, simulatedMs, broken]: [readonly Finding[], number, number] = [[], 0, 0];
  const seeds = Array.from({ length: asked.seeds }, (_, at) => asked.from + at);
  for (const [at, seed] of seeds.entries()) {
    const story = { seed, mode, days: asked.days, schedules: asked.schedules, kinds: kindsOf[mode] };
    const told = await simulate(story);
    sum = added(sum, told.findings);
    simulatedMs += told.simulatedMs;
    const isBad = isBroken(told);
    if (isBad) broken += 1;
    heard({ done: at + 1, of: seeds.length, broken });
    if (!isBad) continue;
    const { story: short, told: shown } = await shrink(story, told);
    say(`seed ${seed} is broken: ${replay(story)}`);
    say(`shortest story: ${JSON.stringify(short)}`);
    say([...shown.faults, table(shown.findings)].join('\n'));
  }
  const seconds = (performance.now() - began) / 1_000;
  say(table(sum));
  const blind = unseen(sum, mode, seeds);
  if (blind.length > 0) say(`not looked at by any of these seeds: ${blind.join(', ')}`);
  say(
    `${asked.seeds} seeds, ${broken} broken, ${(simulatedMs / DAY).toFixed(0)} days in ${seconds.toFixed(1)} s`,
  );
  say(`${Math.round(simulatedMs / 1_000 / seconds)} simulated seconds per second`);
  return broken > 0;
}
