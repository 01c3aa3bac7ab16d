import type { StoredEvent } from '#lib/contracts/events';
import type { Attempt, EventOf, RunHistory, ScheduleHistory } from './history.js';
import { decidedOccurrence, undoneOccurrence } from './lifetimes.js';
import type { Property } from './report.js';

/** How the events of runs are read. What makes no sense is written down with the run, and read on. */

export type RunEvent = Extract<StoredEvent, { type: `Run${string}` | 'RetryScheduled' }>;

/** The event does not fit the phase that its run is in. */
function misfit(run: RunHistory, event: RunEvent, property: Property = 'P22'): void {
  const text = `${event.type} at position ${event.position}: run ${run.spec.run} was ${run.phase}`;
  run.complaints.push({ property: run.phase === 'closed' ? 'P26' : property, text });
}

const openAttempts = (history: ScheduleHistory): Attempt[] =>
  [...history.open]
    .filter(({ phase }) => phase === 'queued' || phase === 'running')
    .flatMap(({ attempts }) => attempts.slice(-1));

function decide(history: ScheduleHistory, event: EventOf<'RunBuffered' | 'RunQueued'>): RunHistory {
  const { run, trigger, nominal, effective, generation, operation } = event.data;
  const fresh: RunHistory = {
    schedule: history.id,
    spec: { run, trigger, nominal, effective, generation, operation },
    policy: history.definition.overlap,
    decided: event.position,
    attempts: [],
    complaints: [],
    terminals: 0,
    lives: 1,
    phase: 'buffered',
  };
  if (!history.runs.has(run)) {
    history.runs.set(run, fresh);
    history.open.add(fresh);
  }
  if (trigger === 'occurrence' || trigger === 'catch_up') {
    const { position, metadata } = event;
    const [first, last, at] = [nominal, nominal, metadata.at];
    const reason = trigger;
    decidedOccurrence(history, { kind: 'run', reason, generation, first, last, effective, at, position });
  }
  return history.runs.get(run)!;
}

function queued(history: ScheduleHistory, event: EventOf<'RunQueued'>): void {
  const { run, attempt } = event.data;
  const known = history.runs.get(run);
  // The first attempt of a run that was not held back is its decision, and the same one again is a second decision.
  const decides = attempt === 1 && (known === undefined || known.phase !== 'buffered');
  const target = decides ? decide(history, event) : known;
  if (target === undefined) return stray(history, event);
  if (known !== undefined && known.phase !== 'buffered' && known.phase !== 'waiting') misfit(target, event);
  if (known?.resumeAt !== undefined && event.metadata.at < known.resumeAt) {
    const text = `RunQueued at position ${event.position}: attempt ${attempt} of ${run} is due only at ${known.resumeAt}`;
    target.complaints.push({ property: 'P2', text });
  }
  const beside = openAttempts(history).filter((other) => other.run !== run);
  target.attempts.push({
    run,
    attempt,
    queuedAt: event.metadata.at,
    position: event.position,
    beside,
    ends: [],
  });
  target.phase = 'queued';
  delete target.resumeAt;
}

/** An event of a run that nothing has named before. */
function stray(history: ScheduleHistory, event: RunEvent): void {
  const { run } = event.data;
  const spec = {
    run,
    trigger: 'manual',
    nominal: 0,
    effective: 0,
    generation: 0,
    operation: 'full_sync',
  } as const;
  history.runs.set(run, {
    schedule: history.id,
    spec,
    policy: history.definition.overlap,
    decided: event.position,
    attempts: [],
    complaints: [
      { property: 'P1', text: `${event.type} at position ${event.position}: nothing has decided run ${run}` },
    ],
    terminals: 0,
    lives: 1,
    phase: 'closed',
  });
}

function endAttempt(run: RunHistory, event: RunEvent, cause?: string): void {
  const attempt = 'attempt' in event.data ? event.data.attempt : 0;
  const ended = run.attempts.findLast((candidate) => candidate.attempt === attempt);
  const { type, metadata } = event;
  const code = event.type === 'RunFailed' ? event.data.error.code : undefined;
  ended?.ends.push({
    type,
    at: metadata.at,
    ...(cause === undefined ? {} : { cause }),
    ...(code === undefined ? {} : { code }),
  });
  if (run.phase !== 'running' || ended === undefined || ended !== run.attempts.at(-1)) misfit(run, event);
}

function close(
  history: ScheduleHistory,
  run: RunHistory,
  event: EventOf<'RunSucceeded' | 'RunCancelled' | 'RunAbandoned'>,
): void {
  if (event.type === 'RunSucceeded') endAttempt(run, event);
  else {
    const current = run.attempts.at(-1);
    const open = run.phase === 'queued' || run.phase === 'running';
    if (open) current?.ends.push({ type: event.type, at: event.metadata.at, cause: event.data.reason });
  }
  const isOccurrence = run.spec.trigger === 'occurrence' || run.spec.trigger === 'catch_up';
  const neverStarted = (run.phase === 'queued' || run.phase === 'buffered') && run.attempts.length <= 1;
  const byPause = event.type === 'RunCancelled' && event.data.reason === 'schedule_paused';
  if (isOccurrence && neverStarted && byPause) undoneOccurrence(history, event.metadata.at);
  run.terminals += 1;
  run.phase = 'closed';
  history.open.delete(run);
}

function wait(run: RunHistory, event: RunEvent, resumeAt: number, from: RunHistory['phase']): void {
  if (run.phase !== from) misfit(run, event);
  run.phase = 'waiting';
  run.resumeAt = resumeAt;
}

function started(run: RunHistory, event: EventOf<'RunStarted'>): void {
  const { attempt, fence, executor } = event.data;
  const current = run.attempts.at(-1);
  if (run.phase !== 'queued' || current?.attempt !== attempt) misfit(run, event, 'P8');
  if (current !== undefined) current.started = { at: event.metadata.at, fence, executor };
  run.phase = 'running';
}

export function readRunEvent(history: ScheduleHistory, event: RunEvent): void {
  if (event.type === 'RunQueued') return queued(history, event);
  if (event.type === 'RunBuffered') return void decide(history, event);
  const run = history.runs.get(event.data.run);
  if (run === undefined) return stray(history, event);
  switch (event.type) {
    case 'RunStarted':
      return started(run, event);
    case 'RunSucceeded':
    case 'RunCancelled':
    case 'RunAbandoned':
      return close(history, run, event);
    case 'RunFailed':
      endAttempt(run, event, event.data.error.code === 'cancelled_unasked' ? 'unasked' : event.data.cause);
      run.phase = 'failed';
      return;
    case 'RunSnoozed':
      endAttempt(run, event);
      return wait(run, event, event.data.until, run.phase);
    case 'RetryScheduled':
      return wait(run, event, event.data.retryAt, 'failed');
    case 'RunRedriven':
      if (run.phase !== 'closed') misfit(run, event);
      run.lives += 1;
      run.phase = 'waiting';
      history.open.add(run);
      return;
    case 'RunCheckpointed':
    case 'RunCancelRequested':
      if (run.phase !== 'running') misfit(run, event);
  }
}
