import { expect, test } from '@jest/globals';
import { brokenSeeds, seedsOf } from './seeds.js';

test(
  'given one node under every kind of trouble, each odd seed keeps every promise',
  async () => {
    expect(await brokenSeeds('embedded', 1)).toBe('');
  },
  seedsOf('embedded') * 120_000,
);
