import type { NatsConnection } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { beforeAll, expect, test } from '@jest/globals';
import { SharedVault } from '#lib/credentials';
import { natsServer } from './testing/nats-server.js';
import { vaultContract } from '../../credentials/testing/vault-contract.js';
import { NatsMap } from './shared-map.js';

const server = natsServer();
let nc: NatsConnection;
let buckets = 0;

beforeAll(() => {
  nc = server.nc;
});

vaultContract('a shared vault on a NATS bucket', async () => {
  buckets += 1;
  return new SharedVault(new NatsMap(nc, `vault-${buckets}`, 1), [
    Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64'),
  ]);
});

test('given a bucket that is gone, nothing is in it, and it can be written again', async () => {
  const map = new NatsMap(nc, 'vault-lost', 1);
  expect(await map.write('a', 'one', 0)).toBe(true);
  await (await jetstreamManager(nc)).streams.delete('KV_vault-lost');
  expect(await map.read('a')).toBeUndefined();
  expect(await map.write('a', 'two', 0)).toBe(true);
  expect(await map.read('a')).toMatchObject({ value: 'two' });
});
