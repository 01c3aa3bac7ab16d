import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll } from '@jest/globals';
import { SharedVault } from '#lib/credentials';
import { startNats, type NatsServer } from '../../../scripts/nats-server.mjs';
import { vaultContract } from '../../credentials/testing/vault-contract.js';
import { NatsMap } from './shared-map.js';

let nats: NatsServer;
let nc: NatsConnection;
let buckets = 0;

beforeAll(async () => {
  nats = await startNats();
  nc = await connect({ servers: nats.url });
});
afterAll(async () => {
  await nc.close();
  await nats.stop();
  nats.remove();
});

vaultContract('a shared vault on a NATS bucket', async () => {
  buckets += 1;
  return new SharedVault(new NatsMap(nc, `vault-${buckets}`, 1), [
    Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64'),
  ]);
});
