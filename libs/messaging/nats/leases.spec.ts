import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { RELAY_LEASE, shardLeases } from '#lib/contracts/messages';
import type { Environment } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';
import { natsServer } from './testing/nats-server.js';
import { NodeTaken } from './announcements.js';
import { BUCKET } from './lease-bucket.js';
import { KvLeases } from './leases.js';

const server = natsServer();
let nc: NatsConnection;
beforeAll(() => {
  nc = server.nc;
});

/** A node whose clock and rounds are the test's. */
function nodeOf(node: string, able?: () => boolean, ownLog = false) {
  const state = { now: 0, armed: Promise.withResolvers<() => void>() };
  const still = { ...stillTime(0), ids: { next: randomUUID } };
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
  const said: string[] = [];
  const onError = (what: string, error: unknown): void => {
    if (error instanceof NodeTaken) said.push(error.message);
    else if (what.startsWith('lease ')) said.push(what);
    else throw new Error(what, { cause: error });
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
  return { leases, round, state, said };
}

/** What starting to bear the name came to, a second of its waiting after the other, and between them what the other does. */
async function named(node: ReturnType<typeof nodeOf>, meanwhile = async (): Promise<void> => {}) {
  const naming = node.leases.assertOwnName().then(
    () => 'its own',
    (error: unknown) => (error as Error).message,
  );
  for (let turn = 0; turn < 9; turn += 1) {
    const fire = await Promise.race([node.state.armed.promise, naming.then(() => undefined)]);
    if (fire === undefined) break;
    node.state.armed = Promise.withResolvers();
    await meanwhile();
    node.state.now += 1_000;
    fire();
  }
  return naming;
}

describe('given a scheduler under a name', () => {
  test('another is refused while it lives, and told by which setting; once it was killed or has left, the name is free', async () => {
    const first = nodeOf('twin');
    expect(await named(first)).toBe('its own');
    await first.leases.start();
    expect(await named(nodeOf('twin'), first.round)).toMatch(
      /another scheduler on this NATS is alive under the name twin.*SYNCOPATE_NODE/,
    );
    // Its announcement is there still, and nobody renews it.
    expect(await named(nodeOf('twin'))).toBe('its own');
    await first.leases.stop();
    expect(await named(nodeOf('twin'), () => Promise.reject(new Error('it waits for nobody')))).toBe(
      'its own',
    );
  });

  test('and another that started in the same moment, both name the cause', async () => {
    const [one, two] = [nodeOf('pair'), nodeOf('pair')];
    expect(await Promise.all([named(one), named(two)])).toEqual(['its own', 'its own']);
    await one.leases.start();
    await two.leases.start();
    while (one.said.length === 0 || two.said.length === 0) await Promise.all([one.round(), two.round()]);
    expect(one.said[0]).toContain('alive under the name pair');
    await one.leases.stop();
    await two.leases.stop();
  });
});

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

test('given an entry that no node wrote, nodes say so, and hear of each other all the same', async () => {
  const one = nodeOf('odd-1');
  await one.leases.start();
  const kv = await new Kvm(jetstream(nc)).open(BUCKET);
  await kv.put('odd', 'no json');
  const two = nodeOf('odd-2');
  await two.leases.start();
  const held = ({ leases }: typeof one): number => shardLeases.filter((each) => leases.holds(each)).length;
  const half = shardLeases.length / 2;
  while (held(one) !== half || held(two) !== half) await Promise.all([one.round(), two.round()]);
  expect(one.said).toEqual(['lease odd']);
  await kv.delete('odd');
  await one.leases.stop();
  await two.leases.stop();
});

test('given a node that announces itself again and again, others start beside it', async () => {
  const first = nodeOf('calm');
  await first.leases.start();
  const kv = await new Kvm(jetstream(nc)).open(BUCKET);
  const over = new AbortController();
  const announcing = (async () => {
    while (!over.signal.aborted) await kv.put('node.restless', 'a process');
  })();
  for (let turn = 0; turn < 20; turn += 1) {
    const { leases } = nodeOf(`beside-${turn}`);
    await leases.start();
    await leases.stop();
  }
  over.abort();
  await announcing;
  await kv.delete('node.restless');
  await first.leases.stop();
});
