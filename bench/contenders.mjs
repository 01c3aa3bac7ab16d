// Who is compared: each with a server of its own on a free port of loopback and its client in processes of their own,
// started for one round and stopped after it. All keep what they acknowledged over a loss of power, except where said.
import { execFileSync, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { natsServer as natsPath, startNats } from '../scripts/nats-server.mjs';
import { startExecutors } from './executors.mjs';
import { installPeers, peerVersions } from './peers/install.mjs';
import { postgresVersion, startPostgres } from './postgres.mjs';
import { cpuSeconds, cpuWhenCalm, memoryMiB } from './processes.mjs';
import { redisVersion, startRedis } from './redis.mjs';

const child = fileURLToPath(new URL('./peers/child.mjs', import.meta.url));

/** A process around what a module of ./peers opens; its methods are called by name. */
export async function startProcess(contender, options) {
  const forked = fork(child, [contender, JSON.stringify(options)]);
  const waiting = new Map();
  let calls = 0;
  let ready;
  const started = new Promise((resolve, reject) => {
    ready = resolve;
    forked.once('exit', (code) => {
      const error = new Error(`the process of ${contender} ended with ${code}`);
      reject(error);
      for (const { reject: fail } of waiting.values()) fail(error);
    });
  });
  forked.on('message', ({ id, value, error, ready: begun }) => {
    if (begun) return ready();
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    return error === undefined ? resolve(value) : reject(new Error(error));
  });
  await started;
  const call = (method, argument) =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, { resolve, reject });
      forked.send({ id, method, argument });
    });
  return {
    pid: forked.pid,
    call,
    async close() {
      const ended = new Promise((resolve) => forked.once('exit', resolve));
      // A client may hang on connections that are about to go: it is given a while, then ended.
      const kill = setTimeout(() => forked.kill('SIGKILL'), 15_000);
      await call('close').catch(() => {});
      await ended;
      clearTimeout(kill);
    },
  };
}

const redis = (appendfsync, more = {}) => ({
  module: 'bullmq',
  server: () => startRedis(appendfsync),
  options: ({ port }) => ({ port, ...more }),
});
const postgres = (module, more = {}) => ({
  module,
  server: startPostgres,
  options: ({ url }, { notify = false }) => ({ url, notify, ...more }),
});

async function natsServer() {
  const nats = await startNats();
  const stop = async () => {
    await nats.stop();
    nats.remove();
  };
  return { url: nats.url, pid: nats.process.pid, stop };
}

/** What the measures say of BullMQ's concurrency; whoever compares takes the better of both. */
export const bullmqAtOnce =
  'concurrency 100, as its documentation has it, and 500, as ours: which is faster depends on what else the machine does';

/** What the measures say of the CPU of a run. */
export const cpuCounted =
  'until what was put off is done too, which ratios use; Meanwhile: until the last run was over';

/** `minutes`: it knows no shorter unit. */
export const contenders = {
  ours: { module: 'syncopate', own: true, options: (_, { settings }) => ({ settings }) },
  'ours over NATS': {
    module: 'syncopate',
    own: true,
    server: natsServer,
    options: ({ url }, { settings }) => ({ nats: url, settings }),
    workers: ({ url }, { executors = 1 }) => startExecutors(executors, url),
  },
  'ours by interval': {
    module: 'syncopate',
    own: true,
    options: (_, { settings }) => ({ settings, interval: true }),
  },
  'BullMQ always': redis('always'),
  'BullMQ always with 500': redis('always', { concurrency: 500 }),
  'BullMQ always by interval': redis('always', { interval: true }),
  /** May lose a second of what it acknowledged: shown beside the others, not against them. */
  'BullMQ everysec': redis('everysec'),
  'pg-boss': postgres('pgboss'),
  'pg-boss schedules': { ...postgres('pgboss', { recurring: true }), minutes: true },
  'graphile-worker': postgres('graphile'),
  'graphile-worker crontab': { ...postgres('graphile', { recurring: true }), minutes: true },
};

/** The scheduler answers for executors elsewhere, but for when they began. */
const withExecutors = (scheduler, executors) => ({
  ...scheduler,
  async call(method, argument) {
    if (method === 'work') await executors.forget();
    const answer = await scheduler.call(method, argument);
    if (method !== 'drained') return answer;
    return { ...answer, lateness: await scheduler.call('lateness', await executors.began()) };
  },
});

/**
 * One contender, ready. `producer` asks for runs and `worker` does them: two processes, except with ours, where the
 * scheduler is both.
 * @param {string} name @param {{ count?: number, executors?: number, settings?: object, apart?: boolean }} [options]
 *   `apart: false`: one process for both.
 */
export async function enter(name, { count = 0, apart = true, ...more } = {}) {
  const { module, own = false, server: start, options, workers } = contenders[name];
  if (!own) installPeers();
  // What the one before has left to write out is written out: it is not the next one's.
  execFileSync('sync');
  const stops = [];
  const stop = async () => {
    for (const last of stops.splice(0).reverse()) await last();
  };
  try {
    const server = await start?.();
    if (server) stops.push(() => server.stop());
    const producer = await startProcess(module, options(server, more));
    stops.push(() => producer.close());
    await producer.call('setup', { count });
    const executors = await workers?.(server, more);
    if (executors) stops.push(() => executors.stop());
    let worker = executors ? withExecutors(producer, executors) : producer;
    if (!own && apart) {
      worker = await startProcess(module, options(server, more));
      stops.push(() => worker.close());
    }
    const pids = [...new Set([producer.pid, worker.pid])];
    if (server) pids.push(server.pid);
    if (executors) pids.push(...executors.pids);
    return { own, producer, worker, cpu: () => cpuSeconds(pids), memory: () => memoryMiB(pids), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const WARM = 1_000;

/**
 * Until what was put off is done: of ours the read model and the relay, which wait while the log grows, and the moving
 * of the write-ahead log; of the peers whatever they go on with. The CPU that was used until then.
 */
async function settle({ own, producer, cpu }) {
  if (own) await producer.call('settled');
  return cpuWhenCalm(cpu);
}

/**
 * So many runs, or `count` if that is less, before the clock starts, asked for by `ask` as the measured ones will be:
 * nobody is measured cold. What is created before, every contender creates in `setup`.
 */
export async function warmUp({ own, producer, worker, cpu }, { count }, ask) {
  const some = Math.min(WARM, count);
  await worker.call('work');
  await ask(some);
  const { last, over } = await worker.call('drained', { count: some });
  if (last === null) throw new Error(`only ${over} of ${some} runs were over in ten minutes`);
  await worker.call('prove', { count: some });
  // What these put off is not what the measured ones do.
  await settle({ own, producer, cpu });
  // Those who are told apart from here on.
  await worker.call('work');
}

/** Until all of `count` runs are over, then until what they put off is done: CPU per run from `before` to each of both. */
export async function drain({ own, producer, worker, cpu }, { count, cutMs, before, first }) {
  const drained = await worker.call('drained', { count, cutMs });
  const perRun = (after) => Math.round(((after - before) / Math.max(1, drained.over)) * 1e6);
  const cpuMicrosPerRunMeanwhile = perRun(cpu());
  // Whoever was cut off goes on with its runs: there is no calm.
  if (drained.last === null) {
    await worker.call('prove', { count, first, complete: false });
    return { ...drained, cpu: { cpuMicrosPerRun: cpuMicrosPerRunMeanwhile } };
  }
  const cpuMicrosPerRun = perRun(await settle({ own, producer, cpu }));
  // One that ended a second time later would be seen.
  await worker.call('prove', { count, first });
  return { ...drained, cpu: { cpuMicrosPerRun, cpuMicrosPerRunMeanwhile } };
}

/** Of everything that takes part. */
export const versions = () => {
  const nats = execFileSync(natsPath(), ['--version'], { encoding: 'utf8' });
  const servers = [redisVersion(), postgresVersion(), `NATS ${/\d+(\.\d+)*/.exec(nats)?.[0]}`];
  return [...peerVersions(), ...servers].join(', ');
};

/** The named ones of a flag `--contenders=ours,pg-boss`, else all that a measure has. */
export const chosen = (names, flag) => {
  const wanted = flag === undefined ? names : String(flag).split(',');
  for (const name of wanted)
    if (!(name in contenders))
      throw new Error(`no such contender: ${name}; there are ${Object.keys(contenders).join(', ')}`);
  return wanted;
};

/** Who begins changes from round to round: nobody has always the freshest disk, or the warmest processor. */
export const turns = (names, round = 0) => names.map((_, n) => names[(n + round) % names.length]);

/** a to b, to two digits. */
export const ratio = (a, b) => Math.round((a / b) * 100) / 100;
