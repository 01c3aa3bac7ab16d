import { beforeEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import type { IndexedRun } from './saga.js';
import { event, house, PROVIDER, queued } from './testing/dispatch-house.js';

let its: Awaited<ReturnType<typeof house>>;
beforeEach(async () => {
  its = await house();
});

describe('runs that wait', () => {
  test('are offered as far as limits allow, the next with each place that becomes free', async () => {
    await its.show(queued('a'), queued('b'), queued('c'));
    expect(its.work.news).toEqual(['offer a 1 0', 'offer b 1 0']);
    await its.show(event('RunStarted', 'a'), event('RunSucceeded', 'a'));
    expect(its.work.news).toEqual(['offer c 1 0']);
  });

  test('begin where a place is known, and are not offered then', async () => {
    its = await house({ placed: true });
    await its.show(queued('a'));
    expect([its.begun, its.work.news]).toEqual([['a'], []]);
  });

  test('and those that ran when this node began are known to it', async () => {
    const run = (name: string, status: string): IndexedRun =>
      ({
        run: name,
        schedule: 's',
        tenant: 'default',
        user: name,
        connection: name,
        provider: PROVIDER,
        priority: 'normal',
        attempt: 1,
        status,
        queuedAt: T0,
      }) as IndexedRun;
    its = await house({
      open: [run('r', 'running'), run('w', 'retrying'), run('q', 'queued'), run('x', 'queued')],
    });
    expect(its.work.news).toEqual(['offer q 1 0']);
  });

  test('are offered again when nobody took them for ten seconds, or what carried them is gone', async () => {
    await its.show(queued('a'));
    await its.pass(9 * SECOND);
    expect(its.work.news).toEqual(['offer a 1 0']);
    await its.pass(SECOND);
    expect(its.work.news).toEqual(['withdraw a', 'offer a 1 1']);
    its.work.lost('a');
    await its.pass(SECOND);
    expect(its.work.news).toEqual(['withdraw a', 'offer a 1 2']);
    its.work.lost('another');
    await its.pass(SECOND);
    expect(its.work.news).toEqual([]);
    its.work.lost();
    await its.show(event('RunStarted', 'a'));
    await its.pass(SECOND);
    expect(its.work.news).toEqual([]);
  });
});

describe('a node', () => {
  test('that does not dispatch offers nothing; once it does, it waits for half a second first', async () => {
    its = await house({ held: false });
    await its.show(queued('a'));
    await its.pass(3 * SECOND);
    expect(its.work.news).toEqual([]);
    expect(its.saga.nothingToOffer).toBe(false);
    its.lease.pass(true);
    await its.pass(SECOND / 2);
    expect(its.work.news).toEqual([]);
    await its.pass(1);
    expect(its.work.news).toEqual(['offer a 2 0']);
    expect(its.saga.nothingToOffer).toBe(true);
  });

  test('that has lost its turn offers no more; when it has it again, what it had offered is offered anew', async () => {
    await its.show(queued('a'));
    its.lease.pass(false);
    await its.show(queued('b'));
    await its.pass(20 * SECOND);
    expect(its.work.news).toEqual(['offer a 1 0']);
    its.lease.pass(true);
    await its.pass(SECOND);
    expect(its.work.news.toSorted()).toEqual(['offer a 3 1', 'offer b 3 0']);
  });

  test('that is stopped offers nothing more', async () => {
    await its.show(queued('a'));
    its.saga.stop();
    expect(its.time.pending).toBe(0);
    await its.show(event('RunStarted', 'a'), event('RunSucceeded', 'a'), queued('b'));
    await its.pass(20 * SECOND);
    expect(its.work.news).toEqual(['offer a 1 0']);
  });
});

describe('whoever has a run', () => {
  test('is told when it is to stop, by whoever dispatches', async () => {
    await its.show(queued('a'), event('RunStarted', 'a'), event('RunCancelRequested', 'a'));
    expect(its.work.news).toEqual(['offer a 1 0', 'cancel a']);
    its.lease.pass(false);
    await its.show(event('RunCancelRequested', 'a'), event('RunCancelled', 'a'));
    expect(its.work.news).toEqual([]);
  });

  test.each(['RunCancelled', 'RunAbandoned'])('is told of %s, of one that waits nobody is', async (type) => {
    await its.show(queued('a'), queued('b'), queued('c'), event(type, 'a'));
    expect(its.work.news).toEqual(['offer a 1 0', 'offer b 1 0', 'cancel a', 'offer c 1 0']);
    await its.show(queued('d'), event(type, 'd'));
    expect(its.work.news).toEqual([]);
  });
});
