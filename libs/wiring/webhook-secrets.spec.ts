import { describe, expect, test } from '@jest/globals';
import { MemoryVault } from '#lib/credentials';
import { WebhookSecrets } from '#lib/workers/webhooks';

const owner = { tenant: 'default', webhook: 'w1' };

describe('secrets', () => {
  test('given rotations, each secret holds for as long as it was to', async () => {
    const secrets = new WebhookSecrets(new MemoryVault());
    const first = await secrets.ensure(owner);
    expect(first).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const second = await secrets.rotate(owner, 1_000);
    expect(await secrets.valid(owner, 999)).toEqual([second, first]);
    expect(await secrets.valid(owner, 1_000)).toEqual([second]);
    const third = await secrets.rotate(owner, 3_000);
    expect(await secrets.valid(owner, 999)).toEqual([third, second, first]);
    expect(await secrets.valid(owner, 2_000)).toEqual([third, second]);
    expect(await secrets.ensure(owner)).toBe(third);
  });

  test('given a rotation that is asked for again under its key, it is the same one', async () => {
    const secrets = new WebhookSecrets(new MemoryVault());
    const first = await secrets.ensure(owner);
    const second = await secrets.rotate(owner, 1_000, 'key-1');
    expect(await secrets.rotate(owner, 9_000, 'key-1')).toBe(second);
    expect(await secrets.valid(owner, 999)).toEqual([second, first]);
    expect(await secrets.rotate(owner, 1_000, 'key-2')).not.toBe(second);
  });
});
