import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { occurrenceRun } from '#lib/domain/schedule';
import { InvalidCursor } from '../store/paging.js';
import { Log } from '../testing/log.js';
import { modelOf } from '../testing/model.js';
import { definitionOf, specOf, targetOf, typicalLog } from '../testing/samples.js';
import { story, T } from '../testing/story.js';

const runOfA = occurrenceRun('a', 1, T);
const runOfB = occurrenceRun('b', 1, T);

describe('schedules after some runs', () => {
  const model = modelOf(story());

  it('are listed oldest first, of one tenant only, with what became of them', () => {
    const { items, cursor } = model.schedules('default');
    expect(items.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(cursor).toBeUndefined();
    expect(items[0]).toMatchObject({
      status: 'active',
      frequency: 'hourly',
      zone: 'Europe/Berlin',
      version: 1,
      revision: 7,
      gaps: 0,
      runs: 1,
      succeeded: 1,
      failed: 0,
      lastRun: runOfA,
      lastRunStatus: 'succeeded',
      lastSuccessAt: T + 15 * SECOND,
      highWater: T,
      wakeAt: T + HOUR,
    });
    expect(items[1]).toMatchObject({
      lastRunStatus: 'abandoned',
      consecutiveFailures: 1,
      lastSuccessAt: null,
    });
    expect(model.schedule('other', 'a')).toBeUndefined();
  });

  it('are found by filter', () => {
    const ids = (filter: Parameters<typeof model.schedules>[1]) =>
      model.schedules('default', filter).items.map(({ id }) => id);
    expect(ids({ user: 'bob' })).toEqual(['b']);
    expect(ids({ text: 'MUSIC' })).toEqual(['a']);
    expect(ids({ provider: 'netflix', status: ['active'] })).toEqual(['b']);
    expect(ids({ status: 'paused' })).toEqual([]);
    expect(model.countSchedules('default', 'ada')).toBe(1);
    expect(model.scheduleCounts('default')).toEqual([
      { user: 'ada', provider: 'spotify', active: 1, paused: 0 },
      { user: 'bob', provider: 'netflix', active: 1, paused: 0 },
    ]);
    expect(model.observedDuration('a')).toBe(3_000);
    expect(model.observedDuration('b')).toBeUndefined();
  });

  it('change version with definition and lifecycle, as the aggregate counts', () => {
    const log = story();
    log.schedule('a', {
      type: 'ScheduleUpdated',
      data: { changes: { name: undefined, priority: 'high' }, generation: 1 },
    });
    log.schedule('a', {
      type: 'SchedulePaused',
      data: { cause: 'request', note: 'holiday', until: T + DAY },
    });
    expect(modelOf(log).schedule('default', 'a')).toMatchObject({
      name: null,
      priority: 'high',
      status: 'paused',
      pauseNote: 'holiday',
      pausedUntil: T + DAY,
      version: 3,
    });
    log
      .schedule('a', { type: 'ScheduleResumed', data: { automatic: false } })
      .schedule('a', { type: 'ScheduleDeleted', data: {} });
    const model = modelOf(log);
    expect(model.schedule('default', 'a')).toMatchObject({
      status: 'deleted',
      pauseCause: null,
      version: 4,
      wakeAt: null,
    });
    expect(model.schedules('default').items.map(({ id }) => id)).toEqual(['b']);
  });

  it('come in pages that join without gap or repeat', () => {
    const log = typicalLog(23, 0);
    const many = modelOf(log);
    const seen: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = many.schedules('default', {}, { limit: 5, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(seen).toHaveLength(23);
    expect(new Set(seen).size).toBe(23);
    expect(() => many.schedules('default', {}, { cursor: 'nonsense' })).toThrow(InvalidCursor);
  });
});

describe('the log of runs', () => {
  it('tells a retried run as one row with its attempts', () => {
    expect(modelOf(story()).run('default', runOfA)).toMatchObject({
      schedule: 'a',
      trigger: 'occurrence',
      nominal: T,
      effective: T,
      queuedAt: T,
      startedAt: T + 40,
      finishedAt: T + 15 * SECOND,
      status: 'succeeded',
      attempts: 2,
      failures: 1,
      latenessMs: 40,
      durationMs: 3_000,
      totalMs: 15_000,
      recordsRead: 30,
      errorClass: null,
      retryAt: null,
      executor: 'e2',
      attemptLog: [
        [1, T + 40, T + SECOND, 'failed', 'TRANSIENT', 10_000],
        [2, T + 12 * SECOND, T + 15 * SECOND, 'succeeded'],
      ],
    });
  });

  it('keeps the reason of a run that was given up, until it is redriven', () => {
    const log = story();
    expect(modelOf(log).run('default', runOfB)).toMatchObject({
      status: 'abandoned',
      reason: 'non_retryable',
      errorClass: 'CONFIG',
      totalMs: 510,
    });
    const his = definitionOf({ user: 'bob', connection: 'c-b', provider: 'netflix' });
    log.at(T + MINUTE).schedule('b', { type: 'RunRedriven', data: { run: runOfB } });
    log.schedule('b', { type: 'RunQueued', data: { ...specOf('b', T), ...targetOf(his), attempt: 2 } });
    const model = modelOf(log);
    expect(model.run('default', runOfB)).toMatchObject({
      status: 'queued',
      reason: null,
      finishedAt: null,
      failures: 0,
      queuedAt: T,
    });
    expect(model.openRuns()).toMatchObject([
      { run: runOfB, attempt: 2, status: 'queued', user: 'bob', queuedAt: T + MINUTE },
    ]);
    expect(model.runs('default').items).toHaveLength(2);
  });

  it('holds a row for each skip and each missed range', () => {
    const log = story().at(T + 2 * HOUR);
    log.schedule('a', {
      type: 'OccurrenceSkipped',
      data: { nominal: T + HOUR, generation: 1, reason: 'overlap', by: runOfA },
    });
    log.schedule('a', {
      type: 'OccurrencesMissed',
      data: {
        generation: 1,
        first: T + 2 * HOUR,
        last: T + 9 * HOUR,
        count: 8,
        exact: true,
        reason: 'catch_up_once',
      },
    });
    const model = modelOf(log);
    expect(model.runs('default', { schedule: 'a' }).items).toMatchObject([
      {
        status: 'missed',
        reason: 'catch_up_once',
        first: T + 2 * HOUR,
        nominal: T + 9 * HOUR,
        count: 8,
        exact: true,
        user: 'ada',
      },
      { status: 'skipped', reason: 'overlap', blockedBy: runOfA, nominal: T + HOUR },
      { status: 'succeeded', run: runOfA },
    ]);
    expect(model.schedule('default', 'a')).toMatchObject({ skipped: 1, missed: 8, highWater: T + 9 * HOUR });
  });

  it('is found by filter, newest first, page by page', () => {
    const model = modelOf(story());
    expect(model.runs('default', { status: ['abandoned'] }).items.map(({ run }) => run)).toEqual([runOfB]);
    expect(model.runs('default', { minLatenessMs: 20 }).items.map(({ run }) => run)).toEqual([runOfA]);
    expect(
      model.runs('default', { connection: 'c-b', from: T, to: T + 1 }).items.map(({ run }) => run),
    ).toEqual([runOfB]);
    expect(model.runs('default', { to: T }).items).toEqual([]);
    const first = model.runs('default', {}, { limit: 1 });
    const second = model.runs('default', {}, { limit: 1, cursor: first.cursor });
    expect([...first.items, ...second.items].map(({ run }) => run)).toEqual([runOfB, runOfA]);
  });
});

describe('what is due and what is open', () => {
  it('comes from the last event that says when to wake, earliest first', () => {
    const model = modelOf(story());
    expect(model.wakeUpsBefore(T + HOUR + 1, 2)).toEqual([
      { schedule: 'x', tenant: 'other', wakeAt: T + 5 },
      { schedule: 'a', tenant: 'default', wakeAt: T + HOUR },
    ]);
    expect(
      model
        .wakeUpsBefore(T + HOUR + 1, 2, { schedule: 'a', wakeAt: T + HOUR })
        .map(({ schedule }) => schedule),
    ).toEqual(['b']);
    expect(model.wakeUpsBefore(T + HOUR, 9)).toHaveLength(1);
  });

  it('names fence and executor of a running attempt', () => {
    const log = story();
    log.events.splice(5);
    const model = modelOf(log);
    expect(model.openRuns()).toMatchObject([
      {
        run: runOfA,
        status: 'running',
        fence: 1,
        executor: 'e1',
        deadline: T + 10 * MINUTE,
        cancelRequested: false,
      },
    ]);
  });
});

describe('statistics', () => {
  const model = modelOf(story());

  it('count by hour, provider and user', () => {
    const range = { from: T, to: T + HOUR, bucket: 'hour' } as const;
    expect(model.statistics('default', range)).toMatchObject([
      {
        start: T,
        queued: 2,
        started: 3,
        succeeded: 1,
        failed: 2,
        abandoned: 1,
        retries: 1,
        recordsWritten: 20,
        successRate: 0.5,
      },
    ]);
    expect(
      model
        .statistics('default', { ...range, scope: 'provider' })
        .map(({ subject, queued }) => [subject, queued]),
    ).toEqual([
      ['netflix', 1],
      ['spotify', 1],
    ]);
    expect(model.statistics('default', { ...range, scope: 'user', subject: 'bob' })).toHaveLength(1);
    expect(
      model.statistics('default', { ...range, bucket: 'day', scope: 'schedule', subject: 'a' }),
    ).toMatchObject([{ succeeded: 1 }]);
  });

  it('give quantiles within one per cent', () => {
    const many = modelOf(typicalLog(100, 1_000));
    const [all] = many.statistics('default', { from: 0, to: Date.UTC(2027, 0, 1), bucket: 'day' });
    const exact = Array.from({ length: 100 }, (_, n) => 200 + ((n * 7) % 900)).sort((a, b) => a - b);
    const p90 = exact[89] ?? 0;
    expect(all?.succeeded).toBe(1_000);
    expect(Math.abs((all?.duration.p90 ?? 0) - p90) / p90).toBeLessThan(0.02);
    expect(all?.duration).toMatchObject({ min: exact[0], max: exact.at(-1) });
  });

  it('make a report and a summary', () => {
    const report = model.report('default', T - 7 * DAY, T + HOUR);
    expect(report.totals).toMatchObject({ queued: 2, succeeded: 1, abandoned: 1, retries: 1 });
    expect(report.totals.lateness.max).toBe(40);
    expect(report.byProvider.map(({ provider }) => provider)).toEqual(['netflix', 'spotify']);
    expect(report.byUser).toMatchObject([
      { user: 'ada', queued: 1 },
      { user: 'bob', abandoned: 1 },
    ]);
    expect(report.errors).toEqual({ CONFIG: 1 });
    expect(report.slowest).toMatchObject([{ schedule: 'a', meanMs: 3_000 }]);
    expect(report.failing).toMatchObject([{ schedule: 'b', consecutiveFailures: 1 }]);
    const stats = model.scheduleStats('default', T + MINUTE);
    expect(stats).toMatchObject({
      schedules: { total: 2, byStatus: { active: 2 }, byProvider: { netflix: 1, spotify: 1 } },
      nextDue: { schedule: 'a', wakeAt: T + HOUR },
      last24Hours: { queued: 2 },
    });
  });
});

describe('conflicts, connections and providers', () => {
  const log = new Log(T);
  log.conflict('overlap.a', {
    type: 'ConflictDetected',
    data: { id: 'overlap.a', kind: 'overlap', schedules: ['a', 'b'], message: 'too close' },
  });
  log.at(T + 1).conflict('overlap.a', {
    type: 'ConflictResolved',
    data: { id: 'overlap.a', resolution: 'schedule_changed' },
  });
  log.at(T + 2).conflict('overlap.a', {
    type: 'ConflictDetected',
    data: { id: 'overlap.a', kind: 'overlap', schedules: ['a', 'b'], message: 'again' },
  });
  log.connection('c.1', {
    type: 'ConnectionRegistered',
    data: { id: 'c.1', user: 'ada', provider: 'spotify', config: { market: 'DE' } },
  });
  log.connection('c.1', { type: 'ScheduleClaimed', data: { schedule: 'a', operation: 'full_sync' } });
  log.connection('c.1', {
    type: 'ConnectionSuspended',
    data: { cause: 'auth_revoked', message: 'consent ended' },
  });
  log.provider('spotify', {
    type: 'ProviderPaused',
    data: { provider: 'spotify', cause: 'request', until: T + HOUR },
  });
  log.provider('spotify', {
    type: 'CircuitOpened',
    data: { provider: 'spotify', failures: 10, until: T + MINUTE, opened: 2, message: '503' },
  });
  const model = modelOf(log);

  it('are one row however often a conflict was raised', () => {
    expect(model.conflict('default', 'overlap.a')).toMatchObject({
      status: 'open',
      times: 2,
      firstDetectedAt: T,
      lastDetectedAt: T + 2,
      message: 'again',
      resolvedAt: null,
    });
    expect(model.conflicts('default', { schedule: 'b', status: ['open'] }).items).toHaveLength(1);
    expect(model.conflicts('default', { schedule: 'c' }).items).toEqual([]);
    expect(model.report('default', T, T + HOUR).conflicts).toEqual({ opened: 1, resolved: 0, open: 1 });
  });

  it('are known with their claims, suspensions, pauses and circuits', () => {
    expect(model.connection('default', 'c.1')).toMatchObject({
      status: 'suspended',
      suspendCause: 'auth_revoked',
      config: { market: 'DE' },
      claims: [{ schedule: 'a' }],
    });
    expect(model.connections('default', { user: 'ada' })).toHaveLength(1);
    expect(model.connections('other')).toEqual([]);
    expect(model.providers()).toMatchObject([
      {
        provider: 'spotify',
        pause: { cause: 'request', until: T + HOUR },
        circuit: { status: 'open', opened: 2 },
      },
    ]);
    expect(model.provider('netflix')).toBeUndefined();
  });
});
