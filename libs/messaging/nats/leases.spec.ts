import type { NatsConnection } from '@nats-io/transport-node';
import { beforeAll, expect, test } from '@jest/globals';
import { RELAY_LEASE } from '#lib/contracts/messages';
import type { Environment } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';
import { natsServer } from './testing/nats-server.js';
import { KvLeases } from './leases.js';

const server = natsServer();
let nc: NatsConnection;
beforeAll(() => {
  nc = server.nc;
});

test('given a lease that lapsed for a moment and was renewed in time, whoever was told no is told to look again', async () => {
  let now = 0;
  let armed = Promise.withResolvers<() => void>();
  const still = stillTime(0);
  const environment: Environment = {
    ...still,
    clock: { ...still.clock, monotonic: () => now },
    timers: {
      ...still.timers,
      after: (_, callback) => {
        armed.resolve(callback);
        return () => {};
      },
    },
  };
  const onError = (what: string, error: unknown): never => {
    throw new Error(what, { cause: error });
  };
  const leases = new KvLeases({ nc, environment, node: 'n1', ttlMs: 6_000, onError });
  /** One round, and until the next is armed. */
  const round = async (): Promise<void> => {
    const fire = await armed.promise;
    armed = Promise.withResolvers();
    fire();
    await armed.promise;
  };
  await leases.start();
  expect(leases.holds(RELAY_LEASE)).toBe(true);
  let told = 0;
  leases.onChange(() => (told += 1));
  now = 2_000;
  await round();
  expect(told).toBe(0);
  // It stood still: of the lease's last second nothing is believed, and the server has it still.
  now = 7_500;
  expect(leases.holds(RELAY_LEASE)).toBe(false);
  await round();
  expect(leases.holds(RELAY_LEASE)).toBe(true);
  expect(told).toBe(1);
  await leases.stop();
});
