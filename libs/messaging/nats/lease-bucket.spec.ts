import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { stillTime } from '#lib/ports/testing';
import { startNats } from '../../../scripts/nats-server.mjs';
import { BUCKET } from './lease-bucket.js';
import { KvLeases } from './leases.js';
import { natsServer } from './testing/nats-server.js';

const server = natsServer();

async function start(node: string, ttlMs: number, onlyWebhooks = false, nc = server.nc) {
  const said: string[] = [];
  const leases = new KvLeases({
    nc,
    environment: { ...stillTime(0), ids: { next: randomUUID } },
    node,
    ttlMs,
    ...(onlyWebhooks ? { part: { shards: [], singletons: ['webhooks'] } } : {}),
    onError: (what, error) => {
      throw new Error(what, { cause: error });
    },
    onNotice: (message) => said.push(message),
  });
  await leases.start();
  return { leases, said };
}
const lives = async (): Promise<number> =>
  (await (await new Kvm(jetstream(server.nc)).open(BUCKET)).status()).ttl;

test('given nodes that are set to take over after different times, entries live as long as the longest says, and as a shorter one says once they have been stopped', async () => {
  const first = await start('first', 2_000);
  expect(await lives()).toBe(2_000);
  const longer = await start('longer', 60_000);
  expect(await lives()).toBe(60_000);
  await first.leases.stop();
  const shorter = await start('shorter', 2_000);
  expect(await lives()).toBe(60_000);
  expect([first.said, longer.said]).toEqual([[], []]);
  expect(shorter.said).toEqual([
    expect.stringMatching(/leases end after 60 s, as SYNCOPATE_TAKEOVER_SECONDS of another.*not after 2:/),
  ]);
  await longer.leases.stop();
  await shorter.leases.stop();
  const again = await start('again', 2_000);
  expect(await lives()).toBe(2_000);
  expect(again.said).toEqual([]);
  await again.leases.stop();
});

test('given a process that only delivers webhooks, of which others do not know, none shortens what it relies on, nor it what they do', async () => {
  const webhooks = await start('w1', 30_000, true);
  expect(await lives()).toBe(30_000);
  const scheduler = await start('s1', 3_000);
  expect(await lives()).toBe(30_000);
  await webhooks.leases.stop();
  const other = await start('w2', 2_000, true);
  expect(await lives()).toBe(30_000);
  await scheduler.leases.stop();
  await other.leases.stop();
});

test('given a server that lets the bucket not be changed, a node that is set to more has its leases all the same, and says what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nats-'));
  const config = join(folder, 'nats.conf');
  const denied = '$JS.API.STREAM.UPDATE.KV_syncopate-leases';
  writeFileSync(
    config,
    `authorization { users = [{ user: a, password: a }, { user: b, password: b, permissions: { publish: { deny: ["${denied}"] } } }] }`,
  );
  const strict = await startNats({ folder, config });
  const [first, second] = await Promise.all(
    ['a', 'b'].map((user) => connect({ servers: strict.url, user, pass: user })),
  );
  const one = await start('one', 2_000, false, first);
  await one.leases.stop();
  const two = await start('two', 6_000, false, second);
  expect(two.leases.holds('shard-0')).toBe(true);
  expect(two.said).toEqual([
    expect.stringMatching(
      /end after 2 s, sooner than SYNCOPATE_TAKEOVER_SECONDS=6.*allow \$JS\.API\.STREAM\.UPDATE/,
    ),
  ]);
  await two.leases.stop();
  await Promise.all([first?.close(), second?.close()]);
  await strict.stop();
  strict.remove();
});
