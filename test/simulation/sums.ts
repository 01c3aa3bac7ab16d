import type { Finding, Property } from '../support/faults/checker.js';
import { hasWebhooks } from './hooks.js';
import { keepsFiles } from './read-models.js';
import type { Mode, Story } from './simulate.js';

/** Of a story, unless it says otherwise: the same everywhere, so that what broke one here breaks it there. */
export const usualSchedules = 4;

/** What tells a story again. */
export const replay = ({ seed, mode, days, schedules }: Omit<Story, 'kinds'>): string =>
  `npm run simulate -- --mode ${mode} --seeds 1 --from ${seed} --days ${days} --schedules ${schedules}`;

/** What several seeds looked at, together. */
export const added = (sum: readonly Finding[], more: readonly Finding[]): readonly Finding[] =>
  more.map(({ property, checked, violations }, index) => ({
    property,
    checked: checked + (sum[index]?.checked ?? 0),
    violations: [...(sum[index]?.violations ?? []), ...violations],
  }));

/** What none of these seeds looked at, and so none has shown, though one could have. */
export function unseen(sum: readonly Finding[], mode: Mode, seeds: readonly number[]): readonly Property[] {
  // One node is never drained, in few stories read models are in files, and in some nobody is told.
  const could: Readonly<Partial<Record<Property, boolean>>> = {
    P28: mode === 'distributed',
    P18: seeds.some((seed) => keepsFiles({ seed })),
    P30: seeds.some((seed) => hasWebhooks({ seed })),
  };
  return sum
    .filter(({ property, checked }) => checked === 0 && could[property] !== false)
    .map(({ property }) => property);
}
