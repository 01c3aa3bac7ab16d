// What this machine allows, and how far from it we are, in one run: a synced write, SQLite's group commit, a round trip
// over HTTP and over NATS; beside each the part of ours that can be no better.
// Misleads: the disk of a virtual machine may acknowledge a sync from its host's memory; the bare round trips have both
// ends in this process, and so have ours; SQLite's batches here hold what is known beforehand, ours gather what comes.
import { Agent, createServer, get } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { connect } from '@nats-io/transport-node';
import { startNats } from '../scripts/nats-server.mjs';
import { startServer } from '../dist/apps/scheduler/server.js';
import { silent } from '../dist/libs/wiring/index.js';
import { ratio } from './contenders.mjs';
import { pool, wall } from './peers/clock.mjs';
import { brief, folder, openEngine, remove, syncProbe, unlimited } from './rig.mjs';

export const name = 'limits';
export const title = 'what the machine allows, and our distance to it';

const TEXT = 'x'.repeat(300);
const perSecond = (count, ms) => Math.round((count / ms) * 1_000);

function syncs(path, count) {
  const probe = syncProbe(path);
  const begun = wall();
  const took = Array.from({ length: count }, probe.once);
  const ms = wall() - begun;
  probe.close();
  return { 'per s': perSecond(count, ms), ms: brief(took) };
}

/** 250 rows of 300 bytes in a transaction, with an index as an event log needs one. */
function groupCommits(path, rows) {
  const db = new DatabaseSync(join(path, 'limit.sqlite'));
  db.exec('pragma journal_mode = wal; pragma synchronous = full');
  db.exec(
    'create table events (position integer primary key, stream integer, revision integer, data text, unique (stream, revision))',
  );
  const insert = db.prepare('insert into events (stream, revision, data) values (?, ?, ?)');
  const begun = wall();
  for (let n = 0; n < rows; n += 250) {
    db.exec('begin immediate');
    for (let row = n; row < n + 250; row += 1) insert.run(row, 0, TEXT);
    db.exec('commit');
  }
  const ms = wall() - begun;
  db.close();
  return perSecond(rows, ms);
}

const event = () => ({
  id: crypto.randomUUID(),
  type: 'Measured',
  data: { text: TEXT.slice(0, 120) },
  metadata: { v: 1, at: Date.now(), tenant: 'default', actor: 'bench', correlation: crypto.randomUUID() },
});

/** About 300 bytes each with their metadata, every one a stream's first. */
async function appends(store, prefix, count, inFlight) {
  const begun = wall();
  const took = await pool(count, inFlight, (n) => store.append(`${prefix}-${n}`, -1, [event()]));
  return { 'per s': perSecond(count, wall() - begun), ms: brief(took) };
}

async function requests(url, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const one = () =>
    new Promise((resolve, reject) => {
      get(url, { agent }, (response) => response.resume().once('end', resolve)).once('error', reject);
    });
  for (let n = 0; n < 100; n += 1) await one();
  const took = await pool(count, 1, one);
  agent.destroy();
  return brief(took);
}

async function http(server, count) {
  const bare = createServer((_, response) => response.end('{"status":"ok"}'));
  await new Promise((resolve) => bare.listen(0, '127.0.0.1', resolve));
  try {
    return {
      bare: await requests(`http://127.0.0.1:${bare.address().port}/`, count),
      ours: await requests(`${server.url}/healthz`, count),
    };
  } finally {
    bare.closeAllConnections();
    bare.close();
  }
}

/** An echo in this process, and our creation of a schedule by request and reply. */
async function nats(url, count) {
  const [asker, echo] = [await connect({ servers: url }), await connect({ servers: url })];
  echo.subscribe('bench.echo', { callback: (_, message) => message.respond(message.data) });
  await echo.flush();
  const bare = await pool(count, 1, () => asker.request('bench.echo', TEXT));
  const ours = await pool(count, 1, async (n) => {
    const body = { user: `u${n}`, connection: `limit-${n}`, provider: 'bench', recurrence: 'monthly' };
    const subject = 'syncopate.v1.commands.default.schedules.create';
    const reply = await asker.request(subject, JSON.stringify(body), { timeout: 10_000 });
    if (!reply.json().ok) throw new Error(reply.string());
  });
  await asker.close();
  await echo.close();
  return { bare: brief(bare), ours: brief(ours) };
}

export async function measure({ count = 1_000, rows = 100_000 } = {}) {
  const path = folder();
  const broker = await startNats();
  const settings = {
    nats: { servers: [broker.url], replicas: 1 },
    node: 'bench',
    port: 0,
    quotas: { schedulesPerUser: 1_000_000, schedulesPerUserAndProvider: 1_000_000 },
  };
  const engine = await openEngine(path, { settings });
  const server = await startServer(engine, silent);
  try {
    await engine.start();
    await unlimited(engine);
    const sync = syncs(path, count);
    const commits = groupCommits(path, rows);
    const alone = await appends(engine.store, 'bench-alone', count, 1);
    const many = await appends(engine.store, 'bench-many', Math.min(rows, 50_000), 1_000);
    const web = await http(server, count);
    const bus = await nats(broker.url, count);
    return {
      'write and fdatasync of a page': sync,
      'SQLite, 250 rows of 300 bytes per commit, rows/s': commits,
      'our appends, one at a time': alone,
      'our appends, 1,000 in flight': many,
      'HTTP round trip, bare, ms': web.bare,
      'HTTP round trip, ours (healthz), ms': web.ours,
      'NATS round trip, bare, ms': bus.bare,
      'NATS round trip, ours (create: two appends), ms': bus.ours,
      'our single appends/s to syncs/s': ratio(alone['per s'], sync['per s']),
      'our appends/s to SQLite rows/s': ratio(many['per s'], commits),
      'our HTTP to bare, p50': ratio(web.ours.p50, web.bare.p50),
      'our create over NATS to a bare round trip, p50': ratio(bus.ours.p50, bus.bare.p50),
    };
  } finally {
    await server.close();
    await engine.stop();
    await broker.stop();
    broker.remove();
    remove(path);
  }
}
