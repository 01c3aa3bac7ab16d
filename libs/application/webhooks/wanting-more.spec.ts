import { afterEach, describe, expect, test } from '@jest/globals';
import { HOUR, SECOND } from '#lib/domain/kernel';
import { MOST_PENDING } from '#lib/domain/webhook';
import { manners } from './testing/receivers.js';
import { Rig } from './testing/rig.js';

let rig: Rig;
afterEach(async () => {
  await rig.stop();
  expect(rig.errors).toEqual([]);
});

const wantEverything = () =>
  rig.command('w1', { type: 'UpdateWebhook', definition: { url: 'https://w1.example', filter: {} } });

describe('an endpoint', () => {
  test('that wants more is told what passed before that was known to whoever delivers', async () => {
    rig = new Rig();
    await rig.register('w1', { types: ['ScheduleDeleted'] });
    rig.begin();
    await rig.calm();
    const { promise, resolve } = Promise.withResolvers<void>();
    rig.informed = promise;
    await rig.happens('s1');
    await wantEverything();
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
    await wantEverything();
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

  test('that wants more is told of it though delivery is stopped while the log cannot be read', async () => {
    rig = new Rig();
    await rig.register('w1', { types: ['ScheduleDeleted'] });
    rig.begin();
    await rig.happens('s1', 'ScheduleDeleted');
    await rig.pass(2 * SECOND);
    rig.informed = new Promise(() => {});
    await wantEverything();
    await rig.happens('s2');
    await rig.happens('s2', 'ScheduleDeleted');
    await rig.pass(2 * SECOND);
    rig.kill();
    rig.informed = Promise.resolve();
    rig.unreadable = true;
    rig.begin();
    await rig.pass(SECOND);
    await rig.stop();
    rig.unreadable = false;
    rig.begin();
    await rig.pass(SECOND);
    const told = rig.receivers.of('w1').map(({ body }) => (JSON.parse(body) as { stream: string }).stream);
    expect(told).toEqual(expect.arrayContaining(['schedule-s1', 'schedule-s2', 'schedule-s2']));
    expect(rig.receivers.of('w1').filter(({ body }) => body.includes('RunCancelRequested'))).toHaveLength(1);
    rig.errors.length = 0;
  });

  test('that wants much more leaves off at once when delivery is stopped, and goes on with the next, within what may wait', async () => {
    rig = new Rig();
    await rig.register('w1', { types: ['ScheduleDeleted'] });
    rig.receivers.behave('w1', manners.dead);
    rig.begin();
    await rig.calm();
    const heard = Promise.withResolvers<void>();
    rig.informed = heard.promise;
    await wantEverything();
    for (let n = 0; n < 1_200; n += 1) await rig.happens(`s${n % 40}`);
    await rig.calm();
    heard.resolve();
    await rig.calm();
    const asked = async (): Promise<number> =>
      (await rig.log('w1')).filter(({ type }) => type === 'RedeliveryRequested').length;
    expect(await asked()).toBe(MOST_PENDING / 2);
    await rig.stop();
    rig.receivers.behave('w1', manners.healthy);
    rig.begin();
    await rig.pass(HOUR);
    const taken = rig.receivers.of('w1').filter((got) => got.taken);
    expect(new Set(taken.map(({ id }) => id)).size).toBe(1_200);
  });
});
