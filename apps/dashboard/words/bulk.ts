import type { BulkChange, BulkOutcome, Change, Filter, Reasons } from '../api/bulk.js';
import { count, counted } from './amounts.js';
import { reasonOf } from './reasons.js';
import { words, type State } from './states.js';

/** `paused, until tomorrow` is said by who shows the instant: here is what was asked, in a word or two. */
export function changeText({ action, set }: Change): string {
  if (action === 'update')
    return `Change ${Object.keys(typeof set === 'object' && set !== null ? set : {})
      .map(words)
      .join(', ')}`;
  return action === 'pause' ? 'Pause' : action === 'resume' ? 'Resume' : 'Delete';
}

/** `netflix`, or one of several. */
const valueText = (value: unknown): string => (Array.isArray(value) ? value.join(' or ') : String(value));

/** Whose: `provider netflix, status active`. */
export function filterText({ all: _, schedules, ...named }: Filter): string {
  const parts = Object.entries(named).map(([name, value]) =>
    name === 'text' ? `“${valueText(value)}” in the name` : `${name} ${valueText(value)}`,
  );
  const chosen = Array.isArray(schedules) ? [counted(schedules.length, 'chosen schedule')] : [];
  return [...chosen, ...parts].join(', ') || 'every schedule';
}

const states: Readonly<Record<BulkChange['status'], State>> = {
  running: { word: 'under way', tone: 'busy', hint: 'Schedule by schedule' },
  completed: { word: 'done', tone: 'good', hint: 'Each was changed, or refused it' },
  undoing: { word: 'being undone', tone: 'busy', hint: 'Schedule by schedule, the last first' },
  undone: { word: 'undone', tone: 'plain', hint: 'What nobody changed since is as it was' },
};
export const bulkState = (status: BulkChange['status']): State => states[status];

const outcomes: Readonly<Record<BulkOutcome, State>> = {
  waiting: { word: 'waiting', tone: 'busy', hint: 'Its turn is to come' },
  changed: { word: 'changed', tone: 'good', hint: 'As it was asked' },
  refused: { word: 'not changed', tone: 'warn', hint: 'It refused' },
  undone: { word: 'brought back', tone: 'plain', hint: 'As it was before' },
  not_undone: { word: 'left changed', tone: 'warn', hint: 'It could not be brought back' },
};
export const outcomeState = (outcome: BulkOutcome): State => outcomes[outcome];

/** `2 because somebody changed it meanwhile` */
export const reasonsText = (reasons: Reasons): readonly string[] =>
  Object.entries(reasons).map(([reason, times]) => `${count(times)}: ${reasonOf(reason)}`);

export const inAll = (reasons: Reasons): number =>
  Object.values(reasons).reduce((sum, times) => sum + times, 0);
