#!/usr/bin/env node
// The distributed topology on one machine, with the demo's workload: a nats-server of its own, EventStoreDB at
// EVENTSTORE_URL or else the tests' double of it, two schedulers, two executors.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startNats } from './nats-server.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

function startDouble() {
  const loader = path('../libs/event-store/testing/load-typescript.mjs');
  const child = spawn(process.execPath, ['--import', loader, path('../test/support/eventstore/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (url) =>
      resolve({ url: String(url).trim(), stop: () => child.kill('SIGTERM') }),
    );
    child.once('exit', (code) => reject(new Error(`the double of EventStoreDB ended with ${code}`)));
  });
}

const given = process.env.EVENTSTORE_URL;
const stops = [];
let demo;
let signalled;

// The demo stops its own processes when it is asked to; a second signal does not wait for that.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.on(signal, () => {
    demo?.kill(signalled === undefined ? 'SIGINT' : 'SIGKILL');
    signalled ??= code;
  });

async function run() {
  const store = given ? { url: given, stop: () => {} } : await startDouble();
  stops.push(store.stop);
  const nats = await startNats();
  stops.push(async () => {
    await nats.stop();
    nats.remove();
  });
  if (signalled !== undefined) return signalled;
  console.log(`NATS         ${nats.url}`);
  console.log(
    `EventStoreDB ${given ? 'at EVENTSTORE_URL' : `${store.url}  (a double in memory; set EVENTSTORE_URL for a real one)`}`,
  );
  demo = spawn(process.execPath, ['--enable-source-maps', path('../dist/apps/demo/main.js')], {
    stdio: 'inherit',
    env: {
      ...process.env,
      CLUSTER_NATS: nats.url,
      CLUSTER_EVENTSTORE: store.url,
      ...(given ? {} : { CLUSTER_LOG_IN_MEMORY: '1' }),
    },
  });
  const code = await new Promise((resolve) => demo.once('exit', resolve));
  return signalled ?? code ?? 1;
}

let status = 1;
try {
  status = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  for (const stop of stops.reverse()) await stop();
}
process.exit(signalled ?? status);
