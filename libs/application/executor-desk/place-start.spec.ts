import { describe, expect, test } from '@jest/globals';
import { scheduleStream } from '#lib/contracts/streams';
import { soleHolder } from '#lib/ports';
import { until } from '#lib/ports/testing';
import { placeStart } from './place-start.js';
import { fallingSilent, house as empty } from './testing/house.js';

/** A house with a run of `s1` that waits, and what dispatch knows of it once it is admitted. */
async function house(of: Parameters<typeof empty>[0] = {}, holds = true) {
  const parts = empty(of);
  const errors: string[] = [];
  const begin = placeStart({
    ...parts,
    leases: { ...soleHolder, holds: () => holds },
    onError: (what) => errors.push(what),
  });
  await parts.create('s1');
  await parts.trigger('s1');
  const item = {
    tenant: 'default',
    schedule: 's1',
    run: 's1.m.r-s1',
    attempt: 1,
    provider: 'anything',
    user: 's1',
    connection: 's1',
    priority: 'normal' as const,
    epoch: 0,
    repeat: 0,
  };
  const start = (): boolean => begin(item, { stream: scheduleStream('s1'), correlation: 'c-7' });
  return { ...parts, errors, start, hasPlace: () => parts.work.seat('anything') !== undefined };
}

describe('a run that was admitted', () => {
  test('given a free place, starts there, and the executor is told what it holds', async () => {
    const { start, handed, types } = await house();
    expect(start()).toBe(true);
    await until(() => handed.length > 0);
    expect(handed).toMatchObject([
      { run: 's1.m.r-s1', granted: { granted: true, fence: 1, leaseMs: 30_000 } },
    ]);
    expect((await types('s1')).at(-1)).toBe('RunStarted by executor:local');
  });

  test('given no place, is left to offers', async () => {
    const { start, types } = await house({ places: 0 });
    expect(start()).toBe(false);
    expect((await types('s1')).at(-1)).toBe('RunQueued by api:test');
  });

  test('given another node that holds its shard, is left to offers, and takes no place', async () => {
    const { start, hasPlace } = await house({ places: 1 }, false);
    expect(start()).toBe(false);
    expect(hasPlace()).toBe(true);
  });

  test('given that it was cancelled meanwhile, is not begun, and its place is free again', async () => {
    const { start, command, handed, hasPlace, errors } = await house({ places: 1 });
    await command('s1', { type: 'CancelRun', run: 's1.m.r-s1' } as never);
    expect(start()).toBe(true);
    expect(hasPlace()).toBe(false);
    await until(() => hasPlace());
    expect([handed, errors]).toEqual([[], []]);
  });

  test('given a store that does not say whether it was stored, is left to the executor to find out', async () => {
    const log = fallingSilent();
    const { start, handed, errors } = await house({ store: log.store });
    log.silent = true;
    start();
    await until(() => handed.length > 0);
    expect(handed).toMatchObject([{ run: 's1.m.r-s1', granted: undefined }]);
    expect(errors).toEqual(['start s1.m.r-s1']);
  });
});
