import { check, table, withErrors, type Finding } from '../support/faults/checker.js';
import { Cluster } from './cluster.js';
import { noNotes } from './faults.js';
import { readLog } from './read-log.js';
import { everyInterval } from './run.js';
import { Workload, type Answer } from './workload.js';

export type OutageOptions = {
  readonly seconds: number;
  /** Schedules that run each second. */
  readonly schedules: number;
  readonly what: 'nats' | 'event store' | 'both';
  readonly say?: (line: string) => void;
};

export type OutageRun = {
  readonly findings: readonly Finding[];
  /** HTTP statuses of commands sent while the event store was away. */
  readonly statuses: ReadonlyMap<string, number>;
  readonly drainedMs: number;
  readonly mostRssMiB: number;
};

const LEASE_SECONDS = 4;
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The whole cluster without NATS, the event store, or both; commands go on coming; then all is back. */
export async function runOutage({
  seconds,
  schedules,
  what,
  say = () => {},
}: OutageOptions): Promise<OutageRun> {
  const cluster = await Cluster.start({
    schedulers: 2,
    executors: 2,
    leaseSeconds: LEASE_SECONDS,
    takeoverSeconds: 3,
    concurrency: 400,
    seed: seconds,
  });
  try {
    const workload = new Workload(cluster, seconds);
    await workload.create(schedules, 1);
    await wait(3_000);
    const from = Date.now();
    await takeAway(cluster, what);
    say(`${what} away`);
    const { statuses, mostRssMiB } = await endure(cluster, workload, from + seconds * 1_000);
    await bringBack(cluster, what);
    const back = Date.now();
    say(`${what} back after ${back - from} ms; commands met ${JSON.stringify([...statuses])}`);
    const drainedMs = await drained(cluster, back, seconds);
    say(`drained after ${drainedMs} ms; most RSS ${mostRssMiB} MiB`);
    await workload.stop();
    await wait(2 * LEASE_SECONDS * 1_000);
    const endAt = Date.now();
    const complaints = await cluster.retire();
    const notes = noNotes();
    notes.outages.push({ from, to: back + drainedMs });
    for (const { node } of cluster.executors)
      notes.silences.push({ executor: node.name, from, to: back + drainedMs + LEASE_SECONDS * 1_500 });
    const found = check(await readLog(cluster.store.url), cluster.world.journal, workload.acknowledged, {
      endAt,
      lateMs: 3_000,
      leaseMs: LEASE_SECONDS * 1_000,
      heartbeatMs: (LEASE_SECONDS * 1_000) / 5,
      graceMs: 2 * LEASE_SECONDS * 1_000,
      enumerate: everyInterval,
      ...notes,
    });
    const findings = withErrors(found, complaints);
    say(table(findings));
    return { findings, statuses, drainedMs, mostRssMiB };
  } finally {
    await cluster.stop();
  }
}

async function takeAway(cluster: Cluster, what: OutageOptions['what']): Promise<void> {
  if (what !== 'event store') await cluster.nats.stop('SIGKILL');
  if (what !== 'nats') await cluster.store.stop();
}

async function bringBack(cluster: Cluster, what: OutageOptions['what']): Promise<void> {
  if (what !== 'event store') await cluster.startNats();
  if (what !== 'nats') await cluster.store.start(cluster.storePort);
}

/** Sends commands to each node, to one schedule after another, and watches how much memory they take. */
async function endure(cluster: Cluster, workload: Workload, until: number) {
  const statuses = new Map<string, number>();
  let mostRssMiB = 0;
  for (let n = 0; Date.now() < until; n += 1) {
    const { length } = workload.schedules;
    const path = `/v1/schedules/${workload.schedules[n % length] ?? ''}`;
    for (const { node } of cluster.schedulers) {
      // A run is refused while another waits; a change of the schedule is not.
      const trigger = await asked(`${node.url}${path}/trigger`, 'POST', {});
      const change = await asked(node.url + path, 'PATCH', { priority: n % 2 === 0 ? 'high' : 'low' });
      for (const answer of [trigger, change]) {
        if (answer?.ok === true) workload.note((await answer.json()) as Answer);
        const seen = `${answer?.status ?? 'none'} ${answer?.headers.get('retry-after') ?? '-'}`;
        statuses.set(seen, (statuses.get(seen) ?? 0) + 1);
      }
      mostRssMiB = Math.max(mostRssMiB, Math.round((await node.rssBytes) / 1024 ** 2));
    }
    await wait(500);
  }
  return { statuses, mostRssMiB };
}

const asked = (url: string, method: string, body: object): Promise<Response | undefined> =>
  fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  }).catch(() => undefined);

/** Until what is decided and waits is no more than what a second brings. */
async function drained(cluster: Cluster, back: number, seconds: number): Promise<number> {
  const open = new Map<string, number>();
  let seen = 0;
  for (;;) {
    for (const { type, data, metadata, position } of await readLog(cluster.store.url, seen)) {
      seen = position;
      const { run } = data as { run?: string };
      if (run === undefined) continue;
      if (type === 'RunQueued') open.set(run, metadata.at);
      if (/^Run(Succeeded|Abandoned|Cancelled)$/.test(type)) open.delete(run);
    }
    const overdue = [...open.values()].filter((at) => at < Date.now() - 3_000).length;
    if (overdue === 0 && Date.now() > back + 2_000) return Date.now() - back;
    if (Date.now() > back + seconds * 4_000 + 120_000) return Number.POSITIVE_INFINITY;
    await wait(500);
  }
}
