import { afterEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '#lib/domain/kernel';
import { Rig } from './testing/rig.js';

let rig: Rig;
afterEach(async () => {
  await rig.stop();
  expect(rig.errors).toEqual([]);
});

describe('an endpoint', () => {
  test('that wants more is told what passed before that was known to whoever delivers', async () => {
    rig = new Rig();
    await rig.register('w1', { types: ['ScheduleDeleted'] });
    rig.begin();
    await rig.calm();
    const { promise, resolve } = Promise.withResolvers<void>();
    rig.informed = promise;
    await rig.happens('s1');
    const definition = { url: 'https://w1.example', filter: {} };
    await rig.command('w1', { type: 'UpdateWebhook', definition });
    await rig.happens('s2');
    await rig.happens('s2', 'ScheduleDeleted');
    await rig.calm();
    resolve();
    await rig.pass(SECOND);
    await rig.happens('s3');
    await rig.calm();
    const told = rig.receivers
      .of('w1')
      .map(({ body }) => JSON.parse(body) as { stream: string; type: string });
    expect(told.map(({ stream, type }) => [stream, type]).toSorted()).toEqual([
      ['schedule-s2', 'RunCancelRequested'],
      ['schedule-s2', 'ScheduleDeleted'],
      ['schedule-s3', 'RunCancelRequested'],
    ]);
  });

  test('that wants more, where whoever delivers died before it heard of that, is told by the next what came after it asked', async () => {
    rig = new Rig();
    await rig.register('w1', { types: ['ScheduleDeleted'] });
    rig.begin();
    await rig.happens('s1');
    await rig.happens('s1', 'ScheduleDeleted');
    await rig.pass(2 * SECOND);
    rig.informed = new Promise(() => {});
    const definition = { url: 'https://w1.example', filter: {} };
    await rig.command('w1', { type: 'UpdateWebhook', definition });
    await rig.happens('s2');
    // Long enough for where it was to be kept.
    await rig.pass(2 * SECOND);
    await rig.happens('s2', 'ScheduleDeleted');
    await rig.pass(2 * SECOND);
    rig.kill();
    rig.informed = Promise.resolve();
    rig.begin();
    await rig.pass(SECOND);
    const told = (): readonly string[] =>
      rig.receivers
        .of('w1')
        .map(({ body }) => JSON.parse(body) as { stream: string; type: string })
        .map(({ stream, type }) => `${stream.slice('schedule-'.length)} ${type}`);
    expect(new Set(told())).toEqual(
      new Set(['s1 ScheduleDeleted', 's2 RunCancelRequested', 's2 ScheduleDeleted']),
    );
    // And no more by the one after that.
    const before = told().length;
    await rig.stop();
    rig.begin();
    await rig.pass(SECOND);
    expect(told()).toHaveLength(before);
  });
});
