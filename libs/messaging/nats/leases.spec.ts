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
function nodeOf(node: string, able?: () => boolean, ownLog = false) {
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
    ownLog,
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

test('given a node whose log is a file of its own, no other starts beside it, and it does not beside others', async () => {
  const alone = nodeOf('alone-1', undefined, true);
  await alone.leases.start();
  const refused = async (node: ReturnType<typeof nodeOf>): Promise<string> => {
    const starting = node.leases.start().then(
      () => 'started',
      (error: unknown) => (error as Error).message,
    );
    for (let turn = 0; turn < 9; turn += 1) {
      const fire = await Promise.race([node.state.armed.promise, starting.then(() => undefined)]);
      if (fire === undefined) break;
      node.state.armed = Promise.withResolvers();
      node.state.now += 1_000;
      fire();
    }
    return starting;
  };
  expect(await refused(nodeOf('alone-2'))).toMatch(
    /another scheduler is on this NATS \(alone-1\).*SYNCOPATE_EVENTSTORE_URL/,
  );
  await alone.leases.stop();
  const shared = nodeOf('alone-3');
  await shared.leases.start();
  expect(await refused(nodeOf('alone-4', undefined, true))).toMatch(/alone-3/);
  await shared.leases.stop();
  const last = nodeOf('alone-5', undefined, true);
  await last.leases.start();
  await last.leases.stop();
});

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
