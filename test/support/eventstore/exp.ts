import { EventStoreDBClient, NO_STREAM, jsonEvent } from '@eventstore/db-client';
import { EventStoreDouble } from './index.js';
const seen: Record<string, number> = {};
const count = (k: string) => (seen[k] = (seen[k] ?? 0) + 1);
process.on('uncaughtException', (e) => count('uncaught ' + e.message));
process.on('unhandledRejection', (e) => count('unhandled ' + String(e)));
const ev = (text = '') => jsonEvent({ type: 't', data: { text } });
const which = process.argv[2];
const double = new EventStoreDouble(); await double.start();
const a = EventStoreDBClient.connectionString(double.url);
await a.appendToStream('x-1', ev(), { expectedRevision: NO_STREAM });
if (which === 'bank') {
  const b = EventStoreDBClient.connectionString(double.url);
  await b.appendToStream('x-2', ev(), { expectedRevision: NO_STREAM });
  double.faults.delayMs = 300;
  const p = b.appendToStream('x-3', ev(), { expectedRevision: NO_STREAM }).catch((e: Error) => count('rejected ' + e.message));
  await new Promise((r) => setTimeout(r, 100));
  await a.dispose(); await p;
} else {
  double.faults.muteAppends = 'drop';
  const n = Number(process.argv[3]);
  for (let i = 0; i < n; i++) void a.appendToStream(`y-${i}`, ev('x'.repeat(60_000)), { expectedRevision: NO_STREAM }).catch((e: Error) => count('rejected ' + e.message));
  for (let i = 0; i < 6; i++) await new Promise((r) => setImmediate(r));
  await a.dispose();
}
await new Promise((r) => setTimeout(r, 700));
console.log(which, process.argv[3], JSON.stringify(seen));
process.exit(0);
