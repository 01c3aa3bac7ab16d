import type { NatsConnection } from '@nats-io/transport-node';
import { beforeAll, expect, test } from '@jest/globals';
import { RELAY_LEASE, shardLeases } from '#lib/contracts/messages';
import type { Environment } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';
import { natsServer } from './testing/nats-server.js';
import { KvLeases } from './leases.js';

const server = natsServer();
let nc: NatsConnection;
beforeAll(() => {
  nc = server.nc;
});

/** A node whose clock and rounds are the test's. */
function nodeOf(node: string, able?: () => boolean) {
  const state = { now: 0, armed: Promise.withResolvers<() => void>() };
  const still = stillTime(0);
  const environment: Environment = {
    ...still,
    clock: { ...still.clock, monotonic: () => state.now },
    timers: {
      ...still.timers,
      after: (_, callback) => {
        state.armed.resolve(callback);
        return () => {};
      },
    },
  };
  const onError = (what: string, error: unknown): never => {
    throw new Error(what, { cause: error });
  };
  const leases = new KvLeases({
    nc,
    environment,
    node,
    ttlMs: 6_000,
    onError,
    ...(able === undefined ? {} : { able }),
  });
  /** One round, and until the next is armed. */
  const round = async (): Promise<void> => {
    const fire = await state.armed.promise;
    state.armed = Promise.withResolvers();
    fire();
    await state.armed.promise;
  };
  return { leases, round, state };
}

test('given a node that cannot reach its log any more, another has all of its share at once, and gives half of it back after', async () => {
  let able = true;
  const one = nodeOf('able-1', () => able);
  const two = nodeOf('able-2');
  const shares = () =>
    [one, two].map(({ leases }) => shardLeases.filter((each) => leases.holds(each)).length);
  const half = shardLeases.length / 2;
  await one.leases.start();
  await two.leases.start();
  while (shares().join() !== `${half},${half}`) await Promise.all([one.round(), two.round()]);
  able = false;
  await one.round();
  expect(shares()).toEqual([0, half]);
  while (shares().join() !== `0,${half * 2}`) await Promise.all([one.round(), two.round()]);
  able = true;
  while (shares().join() !== `${half},${half}`) await Promise.all([one.round(), two.round()]);
  await one.leases.stop();
  await two.leases.stop();
});

test('given a lease that lapsed for a moment and was renewed in time, whoever was told no is told to look again', async () => {
  const { leases, round, state } = nodeOf('n1');
  await leases.start();
  expect(leases.holds(RELAY_LEASE)).toBe(true);
  let told = 0;
  leases.onChange(() => (told += 1));
  state.now = 2_000;
  await round();
  expect(told).toBe(0);
  // It stood still: of the lease's last second nothing is believed, and the server has it still.
  state.now = 7_500;
  expect(leases.holds(RELAY_LEASE)).toBe(false);
  await round();
  expect(leases.holds(RELAY_LEASE)).toBe(true);
  expect(told).toBe(1);
  await leases.stop();
});
