import { isChanged, toUndo, type AskedBulkChange, type BulkOutcome } from './bulk-change.js';

/** `not_undone`: it was changed, and could not be brought back. */
export const toldOutcomes = ['waiting', 'changed', 'refused', 'undone', 'not_undone'] as const;

/** What became of one schedule. `version`: that it is to be changed at, or was left at; none of one that was deleted. */
export type ToldOutcome = {
  readonly schedule: string;
  readonly outcome: (typeof toldOutcomes)[number];
  readonly reason?: string;
  readonly version?: number;
};

function told(
  schedule: string,
  planned: number,
  outcome: BulkOutcome | undefined,
  undone: BulkOutcome | undefined,
): ToldOutcome {
  if (outcome === undefined) return { schedule, outcome: 'waiting', version: planned };
  if (!isChanged(outcome)) return { schedule, outcome: 'refused', reason: outcome.reason };
  const left = outcome.version === 0 ? {} : { version: outcome.version };
  if (undone === undefined) return { schedule, outcome: 'changed', ...left };
  return isChanged(undone)
    ? { schedule, outcome: 'undone', version: undone.version }
    : { schedule, outcome: 'not_undone', reason: undone.reason, ...left };
}

/** What became of each, in the order of the plan. */
export function tellOutcomes(state: AskedBulkChange): readonly ToldOutcome[] {
  const undone = new Map(toUndo(state).map(({ schedule }, place) => [schedule, state.undone[place]]));
  return state.items.map(({ schedule, version }, place) =>
    told(schedule, version, state.outcomes[place], undone.get(schedule)),
  );
}
