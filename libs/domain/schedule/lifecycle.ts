import { accept, reject, type Decision } from '#lib/domain/kernel';
import { next } from '#lib/domain/recurrence';
import { differencesOf } from './changes.js';
import type { ScheduleCommand, ScheduleRejectionReason } from './commands.js';
import { Draft } from './draft.js';
import type { ScheduleEvent } from './events.js';
import { cancelRun, completeWhenDone, promote } from './run-moves.js';
import { decideDueOccurrences, decidePending, recordMissed } from './occurrences.js';
import { completed } from './requests.js';
import { lastOfPause, type LivingSchedule } from './state.js';

type Answer = Decision<ScheduleEvent, ScheduleRejectionReason>;
type Of<T extends ScheduleCommand['type']> = Extract<ScheduleCommand, { type: T }>;

/**
 * Occurrences to come that were skipped on request stay so, as long as a new recurrence has them as its next; those that it
 * has later are skipped when they are due. While it is paused nothing is decided: then when it goes on.
 */
function skipAgain(draft: Draft): void {
  const { generation, definition, skipped = [] } = draft.state;
  for (;;) {
    const nominal = next(definition.recurrence, draft.state.highWater);
    if (nominal === undefined || nominal <= draft.now || !skipped.includes(nominal)) return;
    draft.emit({ type: 'OccurrenceSkipped', data: { nominal, generation, reason: 'requested' } });
  }
}

/**
 * What is due is decided before anything changes, by the rules under which it became due; what the old recurrence has within
 * its spread, too, before a new one takes over.
 */
export function updateSchedule(state: LivingSchedule, command: Of<'UpdateSchedule'>): Answer {
  if (state.status === 'completed') return completed();
  const changes = differencesOf(state.definition, command.changes);
  if (Object.keys(changes).length === 0) return accept();
  const draft = new Draft(state, command.now);
  const recurs = changes.recurrence !== undefined;
  if (pauseIsOver(draft)) endPause(draft, true);
  if (recurs) decidePending(draft, 'run');
  else decideDueOccurrences(draft);
  // The pause so far missed what the old recurrence had; the new one begins to count now.
  if (recurs && draft.state.status === 'paused')
    recordMissed(draft, draft.state.highWater, command.now, 'paused');
  draft.emit({ type: 'ScheduleUpdated', data: { changes, generation: state.generation + (recurs ? 1 : 0) } });
  if (recurs && draft.active) skipAgain(draft);
  completeWhenDone(draft);
  return accept(...draft.events);
}

/** After this event nothing more is dispatched: waiting runs are cancelled, a running one may end. */
export function pauseSchedule(state: LivingSchedule, command: Of<'PauseSchedule'>): Answer {
  if (state.status === 'completed') return completed();
  const { cause, note, until, now } = command;
  // Not a number, it is not later either.
  if (until !== undefined && !(until > now))
    return reject('invalid_pause', 'until must lie in the future', { field: 'until' });
  const draft = new Draft(state, now);
  if (pauseIsOver(draft)) resume(draft, true);
  const { status, pause, highWater } = draft.state;
  if (status === 'completed') return accept(...draft.events);
  if (status === 'paused') {
    if (pause?.cause === cause && pause.until === until && pause.note === note) return accept();
    if (cause !== 'request') return accept();
    recordMissed(draft, highWater, now, 'paused');
  }
  decidePending(draft, 'skip');
  // Buffered runs first: cancelling what is in front of them must not let them go.
  const waiting = [...draft.state.open].filter((run) => run.status !== 'running').reverse();
  for (const run of waiting) cancelRun(draft, run, 'schedule_paused');
  draft.emit({
    type: 'SchedulePaused',
    data: { cause, ...(note === undefined ? {} : { note }), ...(until === undefined ? {} : { until }) },
  });
  return accept(...draft.events);
}

/** It was to last until an instant that has come, whether or not anybody has looked since. */
export const pauseIsOver = ({ state, now }: Draft): boolean =>
  state.status === 'paused' && state.pause?.until !== undefined && state.pause.until <= now;

/**
 * Resuming does not run what was due during the pause: it is recorded as missed, one range in one event. What is due at
 * the instant until which it was to last, or since, is not of the pause: it is decided as after any absence.
 */
function endPause(draft: Draft, automatic: boolean): void {
  const { highWater, pause } = draft.state;
  recordMissed(draft, highWater, lastOfPause(pause?.until, draft.now), 'paused');
  draft.emit({ type: 'ScheduleResumed', data: { automatic } });
  skipAgain(draft);
  promote(draft);
}

export function resume(draft: Draft, automatic: boolean): void {
  endPause(draft, automatic);
  completeWhenDone(draft);
}

export function resumeSchedule(state: LivingSchedule, command: Of<'ResumeSchedule'>): Answer {
  if (state.status !== 'paused') {
    return command.cause === undefined
      ? reject('not_paused', `the schedule is ${state.status}, not paused`)
      : accept();
  }
  if (command.cause !== undefined && state.pause?.cause !== command.cause) return accept();
  const draft = new Draft(state, command.now);
  resume(draft, command.cause !== undefined);
  return accept(...draft.events);
}

export function deleteSchedule(state: LivingSchedule, command: Of<'DeleteSchedule'>): Answer {
  const draft = new Draft(state, command.now);
  if (pauseIsOver(draft)) endPause(draft, true);
  if (draft.state.status === 'paused') recordMissed(draft, draft.state.highWater, command.now, 'paused');
  decidePending(draft, 'skip');
  for (const run of [...draft.state.open].reverse()) {
    draft.emit({
      type: 'RunCancelled',
      data: { run: run.run, attempt: run.attempt, reason: 'schedule_deleted' },
    });
  }
  draft.emit({ type: 'ScheduleDeleted', data: command.note === undefined ? {} : { note: command.note } });
  return accept(...draft.events);
}
