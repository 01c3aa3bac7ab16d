// One herd of BullMQ job schedulers, all due at one instant, in a process of its own: node bullmq.mjs PORT SCHEDULES
// As docs.bullmq.io recommends: default job options, so that finished jobs stay; one worker, concurrency 100.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [port, schedules, packages] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const require = createRequire(pathToFileURL(`${packages}/package.json`));
const { Queue, Worker } = await import(pathToFileURL(require.resolve('bullmq')).href).then(
  (module) => module.default ?? module,
);
const connection = { host: '127.0.0.1', port };
const wall = () => performance.timeOrigin + performance.now();

const queue = new Queue('herd', { connection });
await queue.waitUntilReady();
const due = Math.ceil((Date.now() + 4_000 + schedules / 2) / 1_000) * 1_000;
const at = new Date(due);
const pattern = `${at.getUTCSeconds()} ${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
const creating = wall();
let next = 0;
await Promise.all(
  Array.from({ length: 100 }, async () => {
    while (next < schedules) {
      const n = next++;
      await queue.upsertJobScheduler(`s-${n}`, { pattern, tz: 'UTC' }, { name: 'sync', data: { n } });
    }
  }),
);
const createMs = wall() - creating;
if (wall() > due) throw new Error('creating took too long; the machine is too busy');
const lateness = [];
let ended = 0;
const worker = new Worker('herd', async () => void lateness.push(wall() - due), {
  connection,
  concurrency: 100,
});
worker.on('error', (error) => console.error(error.message));
const last = await new Promise((resolve) =>
  worker.on('completed', () => {
    if (++ended === schedules) resolve(wall());
  }),
);
process.send({ createMs, drainedMs: last - due, lateness });
process.disconnect();
await worker.close(true);
await queue.close();
process.exit(0);
