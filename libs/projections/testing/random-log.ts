import * as fc from 'fast-check';
import { HOUR, MINUTE } from '#lib/domain/kernel';
import type { ParkingEvent } from '#lib/domain/parking';
import type { ScheduleEvent } from '#lib/domain/schedule';
import { bulkEvent } from './bulk-events.js';
import { Log } from './log.js';
import { definitionOf, specOf, targetOf } from './samples.js';
import { registered, webhookEvent } from './webhook-events.js';

type Step = {
  readonly schedule: number;
  readonly kind:
    | 'run'
    | 'skip'
    | 'miss'
    | 'pause'
    | 'resume'
    | 'update'
    | 'delete'
    | 'connection'
    | 'provider'
    | 'conflict'
    | 'parking'
    | 'webhook'
    | 'bulk';
  readonly outcome:
    'succeeded' | 'retried' | 'abandoned' | 'snoozed' | 'cancelled' | 'open' | 'redriven' | 'buffered';
  readonly ms: number;
};

export const steps = fc.array(
  fc.record<Step>({
    schedule: fc.nat(4),
    kind: fc.constantFrom(
      'run',
      'run',
      'run',
      'run',
      'skip',
      'miss',
      'pause',
      'resume',
      'update',
      'delete',
      'connection',
      'provider',
      'conflict',
      'parking',
      'webhook',
      'webhook',
      'bulk',
    ),
    outcome: fc.constantFrom(
      'succeeded',
      'succeeded',
      'retried',
      'abandoned',
      'snoozed',
      'cancelled',
      'open',
      'redriven',
      'buffered',
    ),
    ms: fc.nat(5_000).map((n) => n / 4),
  }),
  { minLength: 1, maxLength: 60 },
);

const counts = { read: 3, written: 2, rejected: 1 };

/** What one run goes through, as the aggregate would say it. */
function runEvents({ outcome, ms }: Step, schedule: string, nominal: number): readonly ScheduleEvent[] {
  const spec = specOf(schedule, nominal);
  const { run } = spec;
  const queued = (attempt: number): ScheduleEvent => ({
    type: 'RunQueued',
    data: { ...spec, ...targetOf(definitionOf()), attempt },
  });
  const started = (attempt: number): ScheduleEvent => ({
    type: 'RunStarted',
    data: { run, attempt, fence: attempt, executor: 'x', claim: 'k', deadline: nominal + HOUR },
  });
  const failed = (attempt: number): ScheduleEvent => ({
    type: 'RunFailed',
    data: {
      run,
      attempt,
      error: { class: 'TRANSIENT', message: 'reset' },
      durationMs: ms,
      cause: 'reported',
    },
  });
  const abandoned: ScheduleEvent = {
    type: 'RunAbandoned',
    data: { run, attempt: 1, reason: 'attempts_exhausted' },
  };
  const done = (attempt: number): ScheduleEvent => ({
    type: 'RunSucceeded',
    data: { run, attempt, counts, durationMs: ms },
  });
  switch (outcome) {
    case 'succeeded':
      return [
        queued(1),
        started(1),
        { type: 'RunCheckpointed', data: { run, attempt: 1, state: {}, counts } },
        done(1),
      ];
    case 'retried':
      return [
        queued(1),
        started(1),
        failed(1),
        { type: 'RetryScheduled', data: { run, attempt: 2, retryAt: nominal + MINUTE, delayMs: MINUTE } },
        queued(2),
        started(2),
        done(2),
      ];
    case 'abandoned':
      return [queued(1), started(1), failed(1), abandoned];
    case 'redriven':
      return [
        queued(1),
        started(1),
        failed(1),
        abandoned,
        { type: 'RunRedriven', data: { run } },
        queued(2),
        started(2),
        done(2),
      ];
    case 'snoozed':
      return [
        queued(1),
        started(1),
        {
          type: 'RunSnoozed',
          data: {
            run,
            attempt: 1,
            until: nominal + HOUR,
            class: 'RATE_LIMITED',
            message: 'later',
            durationMs: ms,
          },
        },
      ];
    case 'cancelled':
      return [
        queued(1),
        started(1),
        { type: 'RunCancelRequested', data: { run, reason: 'requested' } },
        { type: 'RunCancelled', data: { run, attempt: 1, reason: 'requested' } },
      ];
    case 'buffered':
      return [{ type: 'RunBuffered', data: { ...spec, by: 'other' } }, queued(1), started(1), done(1)];
    case 'open':
      return [queued(1), started(1)];
  }
}

function scheduleEvents(step: Step, id: string, nominal: number): readonly ScheduleEvent[] {
  switch (step.kind) {
    case 'run':
      return runEvents(step, id, nominal);
    case 'skip':
      return [
        { type: 'OccurrenceSkipped', data: { nominal, generation: 1, reason: 'overlap', by: 'other' } },
      ];
    case 'miss':
      return [
        {
          type: 'OccurrencesMissed',
          data: {
            generation: 1,
            first: nominal - HOUR,
            last: nominal,
            count: 2,
            exact: true,
            reason: 'paused',
          },
        },
      ];
    case 'pause':
      return [{ type: 'SchedulePaused', data: { cause: 'request', note: 'holiday' } }];
    case 'resume':
      return [{ type: 'ScheduleResumed', data: { automatic: false } }];
    case 'update':
      return [
        {
          type: 'ScheduleUpdated',
          data: { changes: { name: `n${step.ms}`, priority: 'high' }, generation: 2 },
        },
      ];
    case 'delete':
      return [{ type: 'ScheduleDeleted', data: {} }];
    default:
      return [];
  }
}

function parkingEvent(id: string, n: number): ParkingEvent {
  const facts = { handler: 'watch', stream: 'schedule-s-0', revision: 0, position: 1, eventType: 'any' };
  const all: readonly ParkingEvent[] = [
    { type: 'EventParked', data: { id, ...facts, reason: `reason ${n}` } },
    { type: 'ReplayRequested', data: { id } },
    { type: 'EventReplayed', data: { id } },
  ];
  return all[n % all.length] as ParkingEvent;
}

/** A log that could have happened, or nearly: events of runs follow each other as the aggregate lets them. */
export function randomLog(plan: readonly Step[]): Log {
  const log = new Log();
  for (const id of ['s-0', 's-1', 's-2', 's-3'])
    log.schedule(id, {
      type: 'ScheduleCreated',
      data: { id, definition: definitionOf({ user: `user-${id}` }) },
    });
  log.webhook('w-1', registered);
  for (const [n, step] of plan.entries()) {
    log.at(log.now + step.ms * 700);
    // The fifth schedule was never created: its events must change nothing that others see.
    const id = `s-${step.schedule}`;
    const nominal = Math.floor(log.now) + n;
    if (step.kind === 'connection') {
      log.connection(
        'c-1',
        n % 2 === 0
          ? { type: 'ScheduleClaimed', data: { schedule: id, operation: 'full_sync' } }
          : {
              type: 'ClaimReleased',
              data: { schedule: id, operation: 'full_sync', reason: 'schedule_ended' },
            },
      );
    } else if (step.kind === 'provider') {
      log.provider(
        'spotify',
        n % 2 === 0
          ? {
              type: 'CircuitOpened',
              data: { provider: 'spotify', failures: 9, until: nominal, opened: 1, message: 'down' },
            }
          : { type: 'CircuitClosed', data: { provider: 'spotify' } },
      );
    } else if (step.kind === 'conflict') {
      log.conflict(
        `overlap.${id}`,
        n % 2 === 0
          ? {
              type: 'ConflictDetected',
              data: { id: `overlap.${id}`, kind: 'overlap', schedules: [id], message: 'too close' },
            }
          : { type: 'ConflictResolved', data: { id: `overlap.${id}`, resolution: 'request' } },
      );
    } else if (step.kind === 'webhook') {
      // One in four is of an endpoint that nobody registered.
      const endpoint = step.schedule === 4 ? 'w-2' : 'w-1';
      log.webhook(endpoint, webhookEvent(n + Math.floor(step.ms), 1 + step.schedule));
    } else if (step.kind === 'bulk') {
      log.bulk(bulkEvent(`b-${step.schedule % 2}`, n));
      const tenant = `t-${step.schedule}`;
      log.tenant({ type: 'TenantLimitsChanged', data: { tenant, limits: { weight: 1 + n } } });
    } else if (step.kind === 'parking') {
      log.parking(parkingEvent(`watch.${step.schedule}`, n));
    }
    for (const event of scheduleEvents(step, id, nominal)) {
      log.at(log.now + step.ms).schedule(id, event, { wakeAt: n % 3 === 0 ? null : nominal + HOUR });
    }
  }
  return log;
}
