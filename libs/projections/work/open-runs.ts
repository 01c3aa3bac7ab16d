import type { Projection, ScheduleFact } from '../runner/projection.js';
import type { Rows } from '../store/rows.js';
import type { OpenRunRow } from './table.js';

type Of<T extends ScheduleFact['type']> = Extract<ScheduleFact, { type: T }>;

const idle = {
  fence: null,
  executor: null,
  startedAt: null,
  deadline: null,
  resumeAt: null,
  cancelRequested: false,
} as const;

function opened(event: Of<'RunQueued' | 'RunBuffered'>, schedule: string, rows: Rows): OpenRunRow {
  const { run, trigger, nominal, effective, operation } = event.data;
  const spec = {
    run,
    seq: event.position,
    schedule,
    tenant: event.metadata.tenant,
    operation,
    trigger,
    nominal,
    effective,
  };
  if (event.type === 'RunQueued') {
    const { user, connection, provider, priority, attempt } = event.data;
    return {
      ...spec,
      user,
      connection,
      provider,
      priority,
      attempt,
      status: 'queued',
      queuedAt: event.metadata.at,
      ...idle,
    };
  }
  const known = rows.schedules.get(schedule);
  const { user = null, connection = null, provider = null, priority = null } = known ?? {};
  return {
    ...spec,
    user,
    connection,
    provider,
    priority,
    attempt: 0,
    status: 'buffered',
    queuedAt: null,
    ...idle,
  };
}

function changed(row: OpenRunRow, event: ScheduleFact): OpenRunRow {
  switch (event.type) {
    case 'RunQueued': {
      const { attempt, priority } = event.data;
      return { ...row, ...idle, attempt, priority, status: 'queued', queuedAt: event.metadata.at };
    }
    case 'RunStarted': {
      const { fence, executor, deadline, attempt } = event.data;
      return {
        ...row,
        ...idle,
        attempt,
        status: 'running',
        fence,
        executor,
        deadline,
        startedAt: event.metadata.at,
      };
    }
    case 'RunFailed':
      return { ...row, ...idle, status: 'retrying', resumeAt: event.metadata.at };
    case 'RetryScheduled':
      return { ...row, ...idle, status: 'retrying', resumeAt: event.data.retryAt };
    case 'RunSnoozed':
      return { ...row, ...idle, status: 'snoozed', resumeAt: event.data.until };
    case 'RunCancelRequested':
      return { ...row, cancelRequested: true };
    default:
      return row;
  }
}

function redriven(run: string, rows: Rows, event: ScheduleFact): void {
  const letter = rows.deadLetters.get(run);
  if (letter === undefined) return;
  const { at: _, ...row } = letter;
  rows.deadLetters.delete(run);
  rows.openRuns.put(run, { ...row, ...idle, status: 'queued', queuedAt: event.metadata.at });
}

/** `open_runs` and `dead_letters`. Applied last: the other folds look a run up here as it was before the event. */
export const openRuns: Projection<ScheduleFact> = {
  name: 'open_runs',
  apply(event, id, rows) {
    if (!('run' in event.data) || event.type === 'RunCheckpointed') return;
    const { run } = event.data;
    if (event.type === 'RunRedriven') {
      redriven(run, rows, event);
      return;
    }
    const row = rows.openRuns.get(run);
    if (row === undefined) {
      if (event.type === 'RunQueued' || event.type === 'RunBuffered')
        rows.openRuns.put(run, opened(event, id, rows));
    } else if (
      event.type === 'RunSucceeded' ||
      event.type === 'RunCancelled' ||
      event.type === 'RunAbandoned'
    ) {
      rows.openRuns.delete(run);
      if (event.type === 'RunAbandoned') rows.deadLetters.put(run, { ...row, at: event.metadata.at });
    } else {
      rows.openRuns.put(run, changed(row, event));
    }
  },
};
