import { expect, test } from '@jest/globals';
import { brokenSeeds, hashesOf, seedsOf } from './seeds.js';

test('a seed of several nodes replays bit for bit', async () => {
  const [first, again] = await hashesOf('distributed', 9);
  expect(again).toBe(first);
});

test(
  'given several nodes under every kind of trouble, each seed keeps every promise',
  async () => {
    expect(await brokenSeeds('distributed')).toBe('');
  },
  seedsOf('distributed') * 120_000,
);
