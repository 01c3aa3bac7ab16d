import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { cursorOf, InvalidCursor } from '../store/paging.js';
import { Log } from '../testing/log.js';
import { modelOf } from '../testing/model.js';
import { typicalLog } from '../testing/samples.js';
import { runOfA } from '../testing/story-runs.js';
import { story, T } from '../testing/story.js';

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
    for (const cursor of ['nonsense', cursorOf('webhooks', 0, 'w1'), cursorOf('schedules', 0, 'x').slice(1)])
      expect(() => many.schedules('default', {}, { cursor })).toThrow(InvalidCursor);
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

  it('are listed over all tenants, the newest that is registered first', () => {
    const many = new Log(T);
    for (const [at, id] of ['c.1', 'c.2', 'c.3'].entries())
      many.at(T + at).connection(id, {
        type: 'ConnectionRegistered',
        data: { id, user: 'ada', provider: 'spotify', config: {} },
      });
    many.connection('c.4', { type: 'ScheduleClaimed', data: { schedule: 'a', operation: 'full_sync' } });
    expect(modelOf(many).newestConnections(2)).toEqual([
      { tenant: 'default', id: 'c.3' },
      { tenant: 'default', id: 'c.2' },
    ]);
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
