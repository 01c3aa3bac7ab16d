import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { startNats, type NatsServer } from '../../../scripts/nats-server.mjs';
import { connectNats, disconnectNats } from './connection.js';
import { NatsLink } from './link.js';

const stops: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(more: Parameters<typeof startNats>[0] = {}): Promise<NatsServer> {
  const server = await startNats(more);
  stops.push(async () => {
    await server.stop();
    server.remove();
  });
  return server;
}

const way = { user: 'u', password: 'old' };
const asUser = (password: string): string[] => ['--user', 'u', '--pass', password];

/** A link whose clock is the test's. `heard`: resolves to the first line told that has some words in it. */
async function linkTo(server: NatsServer) {
  const nc = await connectNats({ servers: [server.url], role: 'scheduler', name: 's1', ...way });
  stops.push(() => disconnectNats(nc));
  const told: string[] = [];
  const waiting = new Map<string, (line: string) => void>();
  const clock = { now: 0 };
  const tell = (level: string, message: string): void => {
    told.push(`${level} ${message}`);
    for (const [words, resolve] of waiting) if (message.includes(words)) resolve(`${level} ${message}`);
  };
  const link = new NatsLink({ nc, way, clock: { monotonic: () => clock.now }, tell });
  const heard = (words: string): Promise<string> =>
    new Promise((resolve) => void waiting.set(words, resolve));
  return { link, nc, told, clock, heard };
}

test('given a server that goes away and comes back with another password, each is said once, with its address and the setting', async () => {
  const server = await start({ args: asUser('old') });
  const { link, told, clock, heard } = await linkTo(server);
  expect([link.connected, link.awayMs, link.refused]).toEqual([true, 0, false]);
  const { port } = server;
  const [lost, refused, back] = [heard('was lost'), heard('does not let'), heard('again after')];
  await server.stop();
  expect(await lost).toBe(
    `warn NATS: the connection to 127.0.0.1:${port} was lost, and is tried again until it stands (SYNCOPATE_NATS_URL)`,
  );
  clock.now = 7_000;
  expect([link.connected, link.awayMs, link.refused]).toEqual([false, 7_000, false]);
  const changed = await start({ port, args: asUser('new') });
  expect(await refused).toBe(
    `warn NATS at 127.0.0.1:${port} does not let this process in (Authorization Violation): see SYNCOPATE_NATS_USER and SYNCOPATE_NATS_PASSWORD`,
  );
  expect([link.connected, link.refused]).toEqual([false, true]);
  await changed.stop();
  await start({ port, args: asUser('old') });
  expect(await back).toBe(`info NATS: connected to 127.0.0.1:${port} again after 7.0 s`);
  expect([link.connected, link.awayMs, link.refused]).toEqual([true, 0, false]);
  expect(told).toHaveLength(3);
});

test('given what the server forbids, it is said once with the subject; leaving says nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncopate-link-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'nats.conf');
  const permissions = '{ publish: { deny: "forbidden" } }';
  writeFileSync(
    config,
    `authorization { users: [ { user: u, password: old, permissions: ${permissions} } ] }\n`,
  );
  const server = await start({ config });
  const { nc, told, heard } = await linkTo(server);
  const forbidden = heard('forbids');
  for (let n = 0; n < 3; n += 1) nc.publish('forbidden', 'x');
  await nc.flush();
  expect(await forbidden).toMatch(/^warn NATS at 127\.0\.0\.1:\d+ forbids .*Publish to "forbidden"/);
  await disconnectNats(nc);
  expect(told).toHaveLength(1);
});
