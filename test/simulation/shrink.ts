import { isBroken, simulate, type Story, type Told } from './simulate.js';

type Short = { readonly story: Story; readonly told: Told };

/** Simpler stories than this one, the boldest first. */
const simpler = ({ days, schedules, kinds, ...rest }: Story): readonly Story[] => [
  ...(days > 1 ? [{ ...rest, schedules, kinds, days: Math.ceil(days / 2) }] : []),
  ...kinds.map((kind) => ({ ...rest, days, schedules, kinds: kinds.filter((other) => other !== kind) })),
  ...(schedules > 1 ? [{ ...rest, days, kinds, schedules: schedules - 1 }] : []),
];

/** The shortest story found that breaks the same property, greedily: at most `tries` simulations. */
export async function shrink(story: Story, told: Told, tries = 40): Promise<Short> {
  const blamed = (findings: Told): string | undefined =>
    findings.findings.find(({ violations }) => violations.length > 0)?.property;
  const property = blamed(told);
  let short: Short = { story, told };
  for (let left = tries; left > 0;) {
    let found: Short | undefined;
    for (const next of simpler(short.story)) {
      if (left-- <= 0) break;
      const shown = await simulate(next);
      if (!isBroken(shown) || blamed(shown) !== property) continue;
      found = { story: next, told: shown };
      break;
    }
    if (found === undefined) break;
    short = found;
  }
  return short;
}
