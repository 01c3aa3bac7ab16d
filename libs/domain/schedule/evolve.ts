import type { Instant } from '#lib/domain/kernel';
import { mergeChanges } from './changes.js';
import type { ScheduleEvent, ScheduleEventData } from './events.js';
import { notFailing, withRun } from './evolve-runs.js';
import { afterPause, afterUpdate, isLiving, type LivingSchedule, type ScheduleState } from './state.js';

function created(data: ScheduleEventData<'ScheduleCreated'>, at: Instant): LivingSchedule {
  return {
    status: 'active',
    id: data.id,
    definition: data.definition,
    generation: 1,
    version: 1,
    createdAt: at,
    highWater: at,
    occurrencesRun: 0,
    open: [],
    deadLetters: [],
    fence: 0,
    settled: [],
    requests: [],
    failing: notFailing,
  };
}

function updated(
  state: LivingSchedule,
  data: ScheduleEventData<'ScheduleUpdated'>,
  at: Instant,
): LivingSchedule {
  const definition = mergeChanges(state.definition, data.changes);
  const recurs = data.generation !== state.generation;
  return {
    ...state,
    definition,
    generation: data.generation,
    version: state.version + 1,
    highWater: afterUpdate(state, definition, { recurs, at, lastSkipped: state.skipped?.at(-1) }),
  };
}

const withoutPause = ({ pause: _, ...rest }: LivingSchedule): LivingSchedule => rest;

/** One that is to come and was skipped on request is remembered: another recurrence may have it too. */
function skipped(
  state: LivingSchedule,
  { nominal, reason }: ScheduleEventData<'OccurrenceSkipped'>,
  at: Instant,
): LivingSchedule {
  const next = { ...state, highWater: Math.max(state.highWater, nominal) };
  if (reason !== 'requested' || nominal <= at) return next;
  const others = (state.skipped ?? []).filter((other) => other > at && other !== nominal);
  return { ...next, skipped: [...others, nominal] };
}

function living(state: LivingSchedule, event: ScheduleEvent, at: Instant): ScheduleState {
  switch (event.type) {
    case 'ScheduleCreated':
      return state;
    case 'ScheduleUpdated':
      return updated(state, event.data, at);
    case 'SchedulePaused':
      return {
        ...state,
        status: 'paused',
        version: state.version + 1,
        pause: { ...event.data, at },
        highWater: Math.max(state.highWater, at),
      };
    case 'ScheduleResumed': {
      const highWater = afterPause(state, state.pause?.until, at);
      const resumed = { ...withoutPause(state), failing: notFailing, highWater };
      return { ...resumed, status: 'active', version: state.version + 1 };
    }
    case 'ScheduleCompleted':
      return { ...state, status: 'completed', version: state.version + 1 };
    case 'ScheduleDeleted':
      return { status: 'deleted', id: state.id, definition: state.definition };
    case 'OccurrenceSkipped':
      return skipped(state, event.data, at);
    case 'OccurrencesMissed':
      return { ...state, highWater: Math.max(state.highWater, event.data.last) };
    default:
      return withRun(state, event, at);
  }
}

/** Folds one event into the state of a schedule. `at` is when it was decided. Never rejects a fact. */
export function evolve(state: ScheduleState, event: ScheduleEvent, at: Instant): ScheduleState {
  if (isLiving(state)) return living(state, event, at);
  return event.type === 'ScheduleCreated' && state.status === 'absent' ? created(event.data, at) : state;
}
