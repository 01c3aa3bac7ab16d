import { beforeEach, describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '#lib/contracts/events';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import { breaker, event, house, PROVIDER, queued } from './testing/dispatch-house.js';

/** How the dispatch saga judges a provider by what becomes of its runs. */

let its: Awaited<ReturnType<typeof house>>;
beforeEach(async () => {
  its = await house();
});

describe('a provider', () => {
  test('is known from before this node began', async () => {
    await its.settle();
    its.saga.restore({ provider: 'paused', pause: {} });
    its.saga.restore({
      provider: 'failing',
      circuit: { status: 'open', until: T0 + MINUTE, opened: 1, failures: 9, message: 'no' },
    });
    its.saga.restore({ provider: 'narrow', limits: { concurrency: 1, userConcurrency: 1, breaker } });
    for (const [run, provider] of [
      ['a', 'paused'],
      ['b', 'failing'],
      ['c', 'narrow'],
      ['d', 'narrow'],
    ] as const)
      await its.show(queued(run, { provider }));
    expect(its.work.news).toEqual(['offer c 1 0']);
    expect(Object.fromEntries(its.admission.stopped(T0))).toEqual({
      paused: 'provider_paused',
      failing: 'circuit_open',
      narrow: 'provider_concurrency',
    });
  });

  test('that fails three times in a row is left alone for a minute, probed once, and open to all when that succeeds', async () => {
    for (const run of ['a', 'b']) await its.fails(run);
    expect(await its.provider()).toEqual([]);
    await its.fails('c');
    expect(await its.provider()).toEqual(['CircuitOpened']);
    its.work.told.length = 0;
    await its.show(queued('d'), queued('e'));
    await its.pass(MINUTE - SECOND);
    expect(its.work.news).toEqual([]);
    await its.pass(SECOND + 1);
    expect(its.work.news).toEqual(['offer d 1 0']);
    await its.show(event('RunStarted', 'd'), event('RunSucceeded', 'd'));
    expect(await its.provider()).toEqual(['CircuitOpened', 'CircuitClosed']);
    expect(its.work.news).toEqual(['offer e 1 0']);
    expect(its.errors).toEqual([]);
  });

  test('whose probe fails is left alone for twice as long', async () => {
    for (const run of ['a', 'b', 'c']) await its.fails(run);
    await its.pass(MINUTE + 1);
    await its.fails('d');
    expect(await its.provider()).toEqual(['CircuitOpened', 'CircuitOpened']);
    expect(its.admission.lane(PROVIDER).circuit).toMatchObject({ opened: 2, until: T0 + 3 * MINUTE + 1 });
  });

  test('that succeeds in between has not failed in a row', async () => {
    for (const run of ['a', 'b']) await its.fails(run);
    await its.show(queued('ok'), event('RunStarted', 'ok'), event('RunSucceeded', 'ok'));
    for (const run of ['c', 'd']) await its.fails(run);
    expect(await its.provider()).toEqual([]);
  });

  test.each([
    ['a wrong setting of one connection', { class: 'CONFIG', message: 'no' }],
    ['the app of one connection', { class: 'APP_BLOCKED', message: 'no', bucket: 'own' }],
  ])('is not judged by %s', async (_, error) => {
    for (const run of ['a', 'b', 'c', 'd']) await its.fails(run, error);
    expect(await its.provider()).toEqual([]);
  });

  test('that refuses the service is paused for three hours, and goes on by itself', async () => {
    await its.fails('a', { class: 'APP_BLOCKED', code: 'http_403', message: 'of ann' });
    expect(await its.provider()).toContain('ProviderPaused');
    its.work.told.length = 0;
    await its.show(queued('b'));
    await its.pass(3 * HOUR - SECOND);
    expect(its.work.news).toEqual([]);
    await its.pass(2 * SECOND);
    expect(await its.provider()).toContain('ProviderResumed');
    expect(its.work.news).toEqual(['offer b 1 0']);
  });

  test('that asks to wait is asked by nobody until then, unless what it named is of one connection, or of its data', async () => {
    const snoozed = (run: string, more: object): StoredEvent =>
      event('RunSnoozed', run, { until: T0 + 30 * SECOND, class: 'RATE_LIMITED', message: 'later', ...more });
    for (const [run, more] of [
      ['a', { bucket: 'own' }],
      ['b', { class: 'DATA_NOT_READY' }],
    ] as const)
      await its.show(queued(run), event('RunStarted', run), snoozed(run, more));
    await its.show(queued('c'));
    expect(its.work.news).toEqual(['offer a 1 0', 'offer b 1 0', 'offer c 1 0']);
    await its.show(event('RunStarted', 'c'), snoozed('c', {}), queued('d'));
    await its.pass(29 * SECOND);
    expect(its.work.news).toEqual([]);
    await its.pass(SECOND + 1);
    expect(its.work.news).toEqual(['offer d 1 0']);
  });

  test('is commanded by whoever dispatches, and by nobody else', async () => {
    its.lease.pass(false);
    for (const run of ['a', 'b', 'c', 'd']) await its.fails(run);
    expect(await its.provider()).toEqual([]);
  });

  test('says of a failure which kind it was, and nothing that its message says', async () => {
    for (const run of ['a', 'b', 'c']) await its.fails(run);
    expect(its.admission.lane(PROVIDER).circuit).toMatchObject({
      message: 'TRANSIENT (http_500)',
      failures: 3,
    });
  });
});
