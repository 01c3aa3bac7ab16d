import type { Priority } from '../api/shapes.js';

export const priorityChoices: readonly (readonly [Priority, string])[] = [
  ['low', 'Low'],
  ['normal', 'Normal'],
  ['high', 'High'],
  ['critical', 'Critical'],
];

export type Overlap = 'skip' | 'buffer_one' | 'buffer_all' | 'cancel_other' | 'terminate_other' | 'allow_all';
export const overlapChoices: readonly (readonly [Overlap, string])[] = [
  ['skip', 'Skip the new one'],
  ['buffer_one', 'Keep one waiting'],
  ['buffer_all', 'Keep all waiting'],
  ['cancel_other', 'Ask the running one to stop'],
  ['terminate_other', 'End the running one at once'],
  ['allow_all', 'Let both run'],
];

export type CatchUp = 'skip' | 'once' | 'all';
export const catchUpChoices: readonly (readonly [CatchUp, string])[] = [
  ['once', 'Run once for all of them'],
  ['all', 'Run each of them'],
  ['skip', 'Do not run them'],
];
