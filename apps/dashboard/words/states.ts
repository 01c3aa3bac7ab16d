/** The service's names for states, as people say them. Unknown ones are shown as they are. */

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'plain';

export type State = { readonly word: string; readonly tone: Tone; readonly hint: string };

const states: Readonly<Record<string, State>> = {
  active: { word: 'active', tone: 'good', hint: 'Runs when it is due' },
  paused: { word: 'paused', tone: 'warn', hint: 'Nothing runs by itself until it is resumed' },
  completed: { word: 'completed', tone: 'plain', hint: 'Its last run is over' },
  deleted: { word: 'deleted', tone: 'plain', hint: 'Gone; its history stays' },
  queued: { word: 'queued', tone: 'busy', hint: 'Waits for a free place at its provider' },
  buffered: { word: 'buffered', tone: 'busy', hint: 'Waits until the run before it has ended' },
  running: { word: 'running', tone: 'busy', hint: 'An executor is at work on it' },
  retrying: { word: 'retrying', tone: 'warn', hint: 'Failed, and is tried again' },
  snoozed: { word: 'put off', tone: 'warn', hint: 'The provider asked to wait' },
  succeeded: { word: 'succeeded', tone: 'good', hint: 'Over, well' },
  abandoned: { word: 'given up', tone: 'bad', hint: 'A dead letter: it can be redriven' },
  cancelled: { word: 'cancelled', tone: 'plain', hint: 'Over, on request' },
  skipped: { word: 'skipped', tone: 'plain', hint: 'One occurrence that did not run' },
  missed: { word: 'missed', tone: 'warn', hint: 'Occurrences that nobody was there for, or a pause covered' },
  failed: { word: 'failed', tone: 'bad', hint: 'This attempt failed' },
  open: { word: 'open', tone: 'warn', hint: 'Nobody has looked at it' },
  acknowledged: { word: 'acknowledged', tone: 'plain', hint: 'Somebody has seen it' },
  resolved: { word: 'resolved', tone: 'good', hint: 'Settled' },
  suspended: { word: 'suspended', tone: 'bad', hint: 'Its schedules are paused' },
  closed: { word: 'closed', tone: 'good', hint: 'Requests go through' },
  trialling: { word: 'trialling', tone: 'warn', hint: 'In its trial period' },
  expired: { word: 'expired', tone: 'plain', hint: 'Over' },
};

export const words = (name: string): string => name.replaceAll('_', ' ');

export const unknownState = (status: string): State => ({ word: words(status), tone: 'plain', hint: status });

export const stateOf = (status: string): State => states[status] ?? unknownState(status);
