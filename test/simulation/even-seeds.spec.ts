import { expect, test } from '@jest/globals';
import { brokenSeeds, hashesOf, seedsOf } from './seeds.js';

test('a seed of one node replays bit for bit', async () => {
  const [first, again] = await hashesOf('embedded', 7);
  expect(again).toBe(first);
});

test(
  'given one node under every kind of trouble, each even seed keeps every promise',
  async () => {
    expect(await brokenSeeds('embedded', 0)).toBe('');
  },
  seedsOf('embedded') * 120_000,
);
