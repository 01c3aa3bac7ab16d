import { describe, expect, it } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '#lib/domain/kernel';
import { modelOf } from '../testing/model.js';
import { typicalLog } from '../testing/samples.js';
import { story, T } from '../testing/story.js';

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
