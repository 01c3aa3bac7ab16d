import { accept, iso, reject, type Decision } from '#lib/domain/kernel';
import { between, effective } from '#lib/domain/recurrence';
import type { ScheduleCommand, ScheduleRejectionReason } from './commands.js';
import { MAX_OPEN_RUNS } from './definition.js';
import { Draft } from './draft.js';
import type { RunSpec, ScheduleEvent } from './events.js';
import { admit } from './overlap.js';
import { decideDueOccurrences } from './occurrences.js';
import { afterRun, cancelRun, completeWhenDone, queue } from './run-moves.js';
import { nextOccurrence } from './wake-at.js';
import { backfillRequest, backfillRun, manualRequest, manualRun, type LivingSchedule } from './state.js';

type Answer = Decision<ScheduleEvent, ScheduleRejectionReason>;
type Of<T extends ScheduleCommand['type']> = Extract<ScheduleCommand, { type: T }>;

/** Most occurrences that one backfill may ask for. */
export const BACKFILL_CAP = 500;

/** Its claim on the connection is given back, and may be another's by now. A run that was given up may be redriven all the same. */
export const completed = (): Answer =>
  reject('schedule_completed', 'the schedule has completed: create a new one to go on');

/** Nothing may act on a connection that is suspended, on request neither: it would fail, or do what its user forbade. */
const suspended = ({ status, pause }: LivingSchedule): Answer | undefined =>
  status === 'paused' && pause?.cause === 'connection_suspended'
    ? reject('connection_suspended', 'its connection is suspended: restore that first', {
        field: 'connection',
      })
    : undefined;

/** One more would be too many, whatever the overlap policy. */
const full = ({ open }: LivingSchedule): Answer | undefined =>
  open.length < MAX_OPEN_RUNS
    ? undefined
    : reject(
        'too_many_open_runs',
        `${open.length} runs are open, the most there may be: wait until one has ended, or cancel one`,
      );

export function skipNextOccurrence(state: LivingSchedule, command: Of<'SkipNextOccurrence'>): Answer {
  const draft = new Draft(state, command.now);
  // What is due already is not the next one any more.
  decideDueOccurrences(draft);
  const { generation, status } = draft.state;
  const nominal = nextOccurrence(draft.state)?.nominal;
  if (nominal === undefined) {
    const why = status === 'active' ? 'nothing more of it is to run' : `it is ${status}`;
    return reject('no_next_occurrence', `the schedule has no next occurrence to skip: ${why}`);
  }
  draft.emit({ type: 'OccurrenceSkipped', data: { nominal, generation, reason: 'requested' } });
  completeWhenDone(draft);
  return accept(...draft.events);
}

export function triggerRun(state: LivingSchedule, command: Of<'TriggerRun'>): Answer {
  const draft = new Draft(state, command.now);
  const run = manualRun(state.id, command.request);
  const made = state.requests.includes(manualRequest(command.request)) || draft.find(run) !== undefined;
  if (made) return accept();
  if (state.status === 'completed') return completed();
  const stopped = suspended(state) ?? full(state);
  if (stopped !== undefined) return stopped;
  const nominal = Math.floor(command.now);
  const operation = command.operation ?? state.definition.operation;
  const spec: RunSpec = {
    run,
    trigger: 'manual',
    nominal,
    effective: nominal,
    generation: state.generation,
    operation,
  };
  const overlap = command.overlap ?? state.definition.overlap;
  const refused = admit(draft, spec, overlap);
  if (refused !== undefined) {
    return reject(
      'run_in_progress',
      `run ${refused.by} is still open, and the overlap policy is ${overlap}; wait for it, cancel it, or pass another overlap policy`,
      {
        details: { run: refused.by },
      },
    );
  }
  return accept(...draft.events);
}

export function backfillRange(state: LivingSchedule, command: Of<'BackfillRange'>): Answer {
  const { from, to, now, request } = command;
  if (from >= to) return reject('invalid_backfill', 'from must lie before to', { field: 'from' });
  if (to > now)
    return reject('invalid_backfill', `to must lie in the past; it is ${iso(to)}`, { field: 'to' });
  const { definition, generation, id, open } = state;
  if (state.requests.includes(backfillRequest(request))) return accept();
  if (state.status === 'completed') return completed();
  const stopped = suspended(state);
  if (stopped !== undefined) return stopped;
  const { instants, more } = between(definition.recurrence, from, to, BACKFILL_CAP);
  if (more)
    return reject(
      'invalid_backfill',
      `the range holds more than ${BACKFILL_CAP} occurrences; ask for a shorter one`,
      { field: 'from' },
    );
  if (open.length + instants.length > MAX_OPEN_RUNS) {
    return reject(
      'too_many_open_runs',
      `${open.length} runs are open and ${instants.length} would be added; ${MAX_OPEN_RUNS} is the most`,
    );
  }
  const draft = new Draft(state, now);
  for (const nominal of instants) {
    const run = backfillRun(id, request, nominal);
    const spec: RunSpec = {
      run,
      trigger: 'backfill',
      nominal,
      effective: effective(definition.recurrence, nominal, id),
      generation,
      operation: definition.operation,
    };
    if (definition.overlap === 'allow_all' || draft.state.open.length === 0) queue(draft, spec, 1);
    else draft.emit({ type: 'RunBuffered', data: { ...spec, by: draft.state.open[0]?.run ?? run } });
  }
  return accept(...draft.events);
}

export function cancelOpenRun(state: LivingSchedule, command: Of<'CancelRun'>): Answer {
  const draft = new Draft(state, command.now);
  const open = draft.find(command.run);
  if (open === undefined)
    return reject('run_not_open', `run ${command.run} is not open: there is nothing to cancel`);
  cancelRun(draft, open, 'requested');
  afterRun(draft);
  return accept(...draft.events);
}

/** Puts a dead letter back in the queue, with its failures forgotten. */
export function redriveRun(state: LivingSchedule, command: Of<'RedriveRun'>): Answer {
  const letter = state.deadLetters.find((candidate) => candidate.run === command.run);
  if (letter === undefined) {
    if (state.open.some((open) => open.run === command.run)) return accept();
    return reject('run_not_found', `run ${command.run} is not among the dead letters of this schedule`);
  }
  if (state.definition.overlap !== 'allow_all' && state.open.length > 0) {
    return reject('run_in_progress', `run ${state.open[0]?.run} is still open; redrive when it has ended`, {
      details: { run: state.open[0]?.run },
    });
  }
  const stopped = suspended(state) ?? full(state);
  if (stopped !== undefined) return stopped;
  const draft = new Draft(state, command.now);
  draft.emit({ type: 'RunRedriven', data: { run: letter.run } });
  queue(draft, letter, letter.attempt + 1);
  return accept(...draft.events);
}
