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
const store = given ? { url: given, stop: () => {} } : await startDouble();
const nats = await startNats();
console.log(`NATS         ${nats.url}`);
console.log(
  `EventStoreDB ${given ? 'at EVENTSTORE_URL' : `${store.url}  (a double in memory; set EVENTSTORE_URL for a real one)`}`,
);
const demo = spawn(process.execPath, ['--enable-source-maps', path('../dist/apps/demo/main.js')], {
  stdio: 'inherit',
  env: { ...process.env, CLUSTER_NATS: nats.url, CLUSTER_EVENTSTORE: store.url },
});
process.on('SIGINT', () => demo.kill('SIGINT'));
const code = await new Promise((resolve) => demo.once('exit', resolve));
await nats.stop();
nats.remove();
store.stop();
process.exit(code ?? 1);
