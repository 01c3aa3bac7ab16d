import { describe, expect, it } from '@jest/globals';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { modelOf } from '../testing/model.js';
import { definitionOf, specOf, targetOf } from '../testing/samples.js';
import { runOfA, runOfB } from '../testing/story-runs.js';
import { story, T } from '../testing/story.js';

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
  it('tells the last starts with a provider, those of retries too, the oldest first', () => {
    const log = story();
    for (const n of [1, 2]) {
      const spec = specOf('a', T + n * HOUR);
      log.at(T + n * HOUR).schedule('a', {
        type: 'RunQueued',
        data: { ...spec, ...targetOf(definitionOf({ connection: 'c-a' })), attempt: 1 },
      });
      log.at(T + n * HOUR + n).schedule('a', {
        type: 'RunStarted',
        data: { run: spec.run, attempt: 1, fence: 2 + n, executor: 'e1', claim: 'k', deadline: T + 9 * HOUR },
      });
    }
    const model = modelOf(log);
    const [first, retry] = [T + 40, T + 12 * SECOND];
    const later = [T + HOUR + 1, T + 2 * HOUR + 2];
    expect(model.startsSince('spotify', T, 10)).toEqual([first, retry, ...later]);
    expect(model.startsSince('spotify', first + 1, 10)).toEqual([retry, ...later]);
    expect(model.startsSince('spotify', retry + 1, 10)).toEqual(later);
    expect(model.startsSince('spotify', T, 3)).toEqual([retry, ...later]);
    expect(model.startsSince('spotify', T, 1)).toEqual(later.slice(-1));
    expect(model.startsSince('netflix', T, 10)).toEqual([T + 10]);
  });

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
