import { EventStoreDouble } from './index.js';

/** The double as a process of its own: prints its address and lives until it is told to stop. */
const double = new EventStoreDouble();
await double.start(Number(process.argv[2] ?? 0));
process.stdout.write(`${double.url}\n`);
process.on('SIGTERM', () => process.exit(0));
