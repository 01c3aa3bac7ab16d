import { unreachable, type Instant } from '#lib/domain/kernel';
import type { ScheduleChanges, ScheduleDefinition } from './definition.js';
import type { ScheduleEvent, ScheduleEventData } from './events.js';
import {
  DEAD_LETTERS_KEPT,
  FENCES_KEPT,
  afterUpdate,
  isLiving,
  REQUESTS_KEPT,
  requestOf,
  type LivingSchedule,
  type OpenRun,
  type RunningRun,
  type ScheduleState,
  afterPause,
} from './state.js';

const notFailing = { runs: 0, since: 0 } as const;

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

/** The definition after changes; a field that was set to undefined, or null where it was stored, is gone. */
export const mergeChanges = (definition: ScheduleDefinition, changes: ScheduleChanges): ScheduleDefinition =>
  Object.fromEntries(
    Object.entries({ ...definition, ...changes }).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  ) as unknown as ScheduleDefinition;

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
    highWater: afterUpdate(state, definition, { recurs, at }),
  };
}

const withoutPause = ({ pause: _, ...rest }: LivingSchedule): LivingSchedule => rest;

const replace = (state: LivingSchedule, run: string, change: (open: OpenRun) => OpenRun): LivingSchedule => ({
  ...state,
  open: state.open.map((open) => (open.run === run ? change(open) : open)),
});

const remove = (state: LivingSchedule, run: string): LivingSchedule => ({
  ...state,
  open: state.open.filter((open) => open.run !== run),
});

const settle = (state: LivingSchedule, run: string): LivingSchedule => {
  const open = state.open.find((candidate) => candidate.run === run);
  if (open?.status !== 'running') return state;
  return { ...state, settled: [...state.settled, open.fence].slice(-FENCES_KEPT) };
};

/** The fields of a run that outlive a change of status. */
const core = ({
  run,
  trigger,
  nominal,
  effective,
  generation,
  operation,
  attempt,
  failures,
  snoozes,
  since,
}: OpenRun) => ({
  run,
  trigger,
  nominal,
  effective,
  generation,
  operation,
  attempt,
  failures,
  snoozes,
  since,
});

function remember({ id, requests }: LivingSchedule, run: OpenRun): readonly string[] {
  const request = requestOf(id, run);
  if (request === undefined || requests.at(-1) === request) return requests;
  return [...requests, request].slice(-REQUESTS_KEPT);
}

function opened(
  state: LivingSchedule,
  data: ScheduleEventData<'RunQueued' | 'RunBuffered'>,
  attempt: number,
  at: Instant,
): LivingSchedule {
  const known = state.open.find((open) => open.run === data.run);
  const status = attempt === 0 ? 'buffered' : 'queued';
  if (known !== undefined) {
    return replace(state, data.run, (open) => ({
      ...core(open),
      attempt,
      status,
      since: open.status === 'buffered' ? at : open.since,
    }));
  }
  const { run, trigger, nominal, effective, generation, operation } = data;
  const fresh: OpenRun = {
    run,
    trigger,
    nominal,
    effective,
    generation,
    operation,
    attempt,
    failures: 0,
    snoozes: 0,
    since: at,
    status,
  };
  const occurrence = trigger === 'occurrence' || trigger === 'catch_up';
  return {
    ...state,
    open: [...state.open, fresh],
    requests: remember(state, fresh),
    highWater: occurrence ? Math.max(state.highWater, nominal) : state.highWater,
    occurrencesRun: occurrence ? state.occurrencesRun + 1 : state.occurrencesRun,
  };
}

function started(state: LivingSchedule, data: ScheduleEventData<'RunStarted'>, at: Instant): LivingSchedule {
  const { fence, executor, claim, deadline } = data;
  const change = (open: OpenRun): RunningRun => ({
    ...core(open),
    status: 'running',
    fence,
    executor,
    claim,
    deadline,
    startedAt: at,
  });
  return { ...replace(state, data.run, change), fence };
}

function succeeded(state: LivingSchedule, data: ScheduleEventData<'RunSucceeded'>): LivingSchedule {
  const next = { ...remove(settle(state, data.run), data.run), failing: notFailing };
  return data.state === undefined ? next : { ...next, syncState: data.state, syncedBy: data.run };
}

function failed(state: LivingSchedule, data: ScheduleEventData<'RunFailed'>, at: Instant): LivingSchedule {
  const next = replace(settle(state, data.run), data.run, (open) => ({
    ...core(open),
    failures: open.failures + 1,
    // Until the event that says what becomes of it, which is always in the same append.
    status: 'retrying',
    resumeAt: at,
  }));
  if (data.error.class !== 'CURSOR_INVALID') return next;
  const { syncState: _, syncedBy: __, ...rest } = next;
  return rest;
}

function abandoned(
  state: LivingSchedule,
  data: ScheduleEventData<'RunAbandoned'>,
  at: Instant,
): LivingSchedule {
  const open = state.open.find((candidate) => candidate.run === data.run);
  if (open === undefined) return state;
  const { run, trigger, nominal, effective, generation, operation, attempt } = open;
  const letter = { run, trigger, nominal, effective, generation, operation, attempt, at };
  const gaveUp = data.reason !== 'superseded' && data.reason !== 'schedule_paused';
  const failing = {
    runs: state.failing.runs + 1,
    since: state.failing.runs === 0 ? at : state.failing.since,
  };
  return {
    ...remove(state, data.run),
    deadLetters: [...state.deadLetters, letter].slice(-DEAD_LETTERS_KEPT),
    failing: gaveUp ? failing : state.failing,
  };
}

function redriven(state: LivingSchedule, run: string, at: Instant): LivingSchedule {
  const letter = state.deadLetters.find((candidate) => candidate.run === run);
  if (letter === undefined) return state;
  const { at: _, ...spec } = letter;
  const open: OpenRun = { ...spec, failures: 0, snoozes: 0, since: at, status: 'queued' };
  return {
    ...state,
    deadLetters: state.deadLetters.filter((candidate) => candidate.run !== run),
    open: [...state.open, open],
  };
}

type RunEvent = Extract<ScheduleEvent, { type: `Run${string}` | 'RetryScheduled' }>;

function withRun(state: LivingSchedule, event: RunEvent, at: Instant): LivingSchedule {
  switch (event.type) {
    case 'RunBuffered':
      return opened(state, event.data, 0, at);
    case 'RunQueued':
      return opened(state, event.data, event.data.attempt, at);
    case 'RunStarted':
      return started(state, event.data, at);
    case 'RunCheckpointed':
      return { ...state, syncState: event.data.state, syncedBy: event.data.run };
    case 'RunSucceeded':
      return succeeded(state, event.data);
    case 'RunFailed':
      return failed(state, event.data, at);
    case 'RetryScheduled':
      return replace(state, event.data.run, (open) => ({
        ...core(open),
        status: 'retrying',
        resumeAt: event.data.retryAt,
      }));
    case 'RunSnoozed':
      return replace(settle(state, event.data.run), event.data.run, (open) => ({
        ...core(open),
        snoozes: open.snoozes + 1,
        status: 'snoozed',
        resumeAt: event.data.until,
      }));
    case 'RunCancelRequested':
      return replace(state, event.data.run, (open) =>
        open.status === 'running' ? { ...open, cancel: { at, reason: event.data.reason } } : open,
      );
    case 'RunCancelled':
      return remove(settle(state, event.data.run), event.data.run);
    case 'RunAbandoned':
      return abandoned(state, event.data, at);
    case 'RunRedriven':
      return redriven(state, event.data.run, at);
    default:
      return unreachable(event);
  }
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
      return { ...state, highWater: Math.max(state.highWater, event.data.nominal) };
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
