import { expect, test } from '@jest/globals';
import { brokenSeeds, hashesOf, seedsOf } from './seeds.js';

test('a seed of one node replays bit for bit', async () => {
  const [first, again] = await hashesOf('embedded', 7);
  expect(again).toBe(first);
});

/** In these, schedules are created by one request and days lead up to Berlin's summer time; in odd ones, the other way. */
test(
  'given one node under every kind of trouble, each even seed keeps every promise',
  async () => {
    expect(await brokenSeeds('embedded', 0)).toBe('');
  },
  seedsOf('embedded') * 120_000,
);
