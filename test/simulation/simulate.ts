import { createHash } from 'node:crypto';
import { DAY, HOUR, MINUTE, SECOND, type Millis } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { RecordedEvent } from '#lib/event-store/port';
import type { Log } from '#lib/wiring';
import { allBetween } from '../../libs/domain/recurrence/testing/reference.js';
import { checkBulk } from '../support/faults/bulk.js';
import { check, withErrors, type Finding } from '../support/faults/checker.js';
import './small-caches.js';
import { Activity } from './activity.js';
import { Clients } from './clients.js';
import { Cluster } from './cluster.js';
import { ClusterFaults } from './cluster-faults.js';
import { Faults } from './faults.js';
import type { Mutate } from './faulty-store.js';
import { hasWebhooks, Hooks } from './hooks.js';
import { Machine } from './machine.js';
import { MOST_SKEW } from './members.js';
import { Network } from './network.js';
import { Nodes } from './nodes.js';
import { errorsInto, withRetryCap } from './promises.js';
import { Provider } from './provider.js';
import { Random } from './random.js';
import { checkReadModels, ReadModelFiles } from './read-models.js';
import type { FaultKind, Scene, Troubles } from './troubles.js';

export type Mode = 'embedded' | 'distributed';

export type Story = {
  readonly seed: number;
  readonly mode: Mode;
  readonly days: number;
  readonly schedules: number;
  /** Kinds of trouble that may happen. */
  readonly kinds: readonly FaultKind[];
  /** Read models are in files, which outlive processes. Default: in one story of ten. */
  readonly readModelFiles?: boolean;
  /** Endpoints are told of what happens. Default: in one story of four. */
  readonly webhooks?: boolean;
  /** A defect planted at the store's port. */
  readonly mutate?: Mutate;
};

export type Told = {
  readonly findings: readonly Finding[];
  readonly events: readonly RecordedEvent[];
  readonly hash: string;
  readonly simulatedMs: Millis;
  /** Of it, what was not skipped. */
  readonly tickedMs: Millis;
  readonly faults: readonly string[];
};

export const isBroken = ({ findings }: Pick<Told, 'findings'>): boolean =>
  findings.some(({ violations }) => violations.length > 0);

/** How long an executor may be silent before its attempts are given up, and a node before its share is taken over. */
type Pace = { readonly leaseMs: Millis; readonly takeoverMs: Millis };
const unhurried: Pace = { leaseMs: 15_000, takeoverMs: 6_000 };
/** A lease shorter than an executor waits for an answer: what it was granted must outlast its not knowing. */
const brisk: Pace = { leaseMs: 4_000, takeoverMs: 3_000 };
const paceOf = ({ seed, mode }: Story): Pace =>
  mode === 'distributed' && new Random(seed + 7e6).chance(1 / 6) ? brisk : unhurried;

/** Four days before clocks go forward or back: in Berlin, in New York, on Lord Howe. */
const STARTS = [
  Date.UTC(2027, 2, 24),
  Date.UTC(2027, 9, 27),
  Date.UTC(2027, 2, 10),
  Date.UTC(2027, 10, 3),
  Date.UTC(2027, 2, 31),
  Date.UTC(2027, 8, 29),
];

/** The log of one process answers at once, or not: then there are appends on their way when it dies. */
const latencyOf = ({ seed }: Story): Millis => (new Random(seed + 10e6).chance(0.5) ? 3 : 0);

const none: Finding = { property: 'P30', checked: 0, violations: [] };

/** Without faults, at the end: longer than any retry, circuit or lease lasts. */
const CALM = 8 * HOUR;
const GRACE = 4 * HOUR;

function enumerate(recurrence: Recurrence, after: number, to: number): readonly number[] {
  if (recurrence.frequency !== 'interval') return allBetween(recurrence, after, to);
  const step = recurrence.everySeconds * 1_000;
  const found: number[] = [];
  let at = recurrence.anchor + (Math.floor((after - recurrence.anchor) / step) + 1) * step;
  for (; at <= to; at += step) found.push(at);
  return found;
}

type Stage = { readonly nodes: Nodes | Cluster; readonly faults: Troubles };

/** Who acts in the story: one node with everything in it, or several around a server. */
function cast(
  story: Story,
  scene: Omit<Scene, 'nodes'>,
  stores: {
    readonly server: MemoryEventStore;
    readonly files: ReadModelFiles;
    readonly hooks: Hooks | undefined;
    readonly log: Log;
  },
): Stage {
  const { mode, seed, mutate } = story;
  const random = new Random(seed + 3e6);
  const { leaseMs, takeoverMs } = paceOf(story);
  const parts = { ...scene, ...stores, random, leaseMs, mutate };
  if (mode === 'embedded') {
    const nodes = new Nodes({ ...parts, latencyMs: latencyOf(story) });
    return { nodes, faults: new Faults({ ...scene, nodes }) };
  }
  const network = new Network(scene.machine, new Random(seed + 6e6));
  const nodes = new Cluster({ ...parts, network, takeoverMs });
  return { nodes, faults: new ClusterFaults({ ...scene, nodes }) };
}

/**
 * Work is open, and for ten minutes nothing was said of it: a defect, or a circuit that is open for hours. Most of that
 * time need not be lived through; a minute of each eleven is, so that whoever can go on does.
 */
class Stuck {
  #events = 0;
  #since: Millis = 0;

  long({ monotonic }: Machine, { events }: Activity): boolean {
    if (events !== this.#events) [this.#events, this.#since] = [events, monotonic];
    if (monotonic - this.#since < 10 * MINUTE) return false;
    this.#since = monotonic - 9 * MINUTE;
    return true;
  }
}

/** One seed, from its first schedule to the verdict. */
export async function simulate(story: Story): Promise<Told> {
  const files = new ReadModelFiles(story);
  try {
    return await live(story, files);
  } finally {
    files.remove();
  }
}

async function live(story: Story, files: ReadModelFiles): Promise<Told> {
  const { seed, mode, days, schedules, kinds } = story;
  const start = new Random(seed + 8e6).pick(STARTS);
  const server = new MemoryEventStore();
  const { log } = server;
  const machine = new Machine(start, seed);
  const provider = new Provider(machine, new Random(seed + 1e6));
  const clients = new Clients(machine, new Random(seed + 2e6));
  const hooks = hasWebhooks(story) ? new Hooks(machine, server, new Random(seed + 12e6)) : undefined;
  await hooks?.register();
  const activity = new Activity(log, hooks);
  const errors: string[] = [];
  const scene = { machine, provider, clients, activity, random: new Random(seed + 4e6), kinds };
  const { nodes, faults } = cast(story, scene, { server, files, hooks, log: errorsInto(errors) });
  const { leaseMs } = paceOf(story);
  const end = days * DAY;

  // What was decided while something was wrong, and is still to be stored, must not be stored hours later.
  let restless = 0;

  const stuck = new Stuck();

  /** Time passes; what nobody waits for is slept through. */
  const pass = async (until: Millis): Promise<void> => {
    await machine.settle();
    while (machine.elapsed < until) {
      if (nodes.failure !== undefined) throw nodes.failure;
      if (!nodes.running) restless = machine.elapsed + 5 * SECOND;
      if (activity.idle && restless < machine.elapsed) {
        const wake = Math.min(activity.nextSign - machine.origin - 500, until - 500);
        // One node may as well be suspended. Several would lose their leases each time, and have no quiet hour.
        if (wake > machine.elapsed + 3 * SECOND)
          if (story.mode === 'embedded') machine.sleepUntil(wake);
          else machine.skipTo(wake);
      } else if (story.mode === 'distributed' && stuck.long(machine, activity)) {
        // To before the next wake-up; one that is long overdue is part of the defect.
        const ahead = activity.nextWakeUp - machine.now();
        const skip = Math.min(10 * MINUTE, ahead > 0 ? ahead - 500 : Infinity);
        machine.skipTo(Math.min(machine.elapsed + skip, until - 500));
      }
      await machine.tick(until);
    }
  };

  nodes.boot();
  await pass(SECOND);
  if (new Random(seed + 9e6).chance(0.5)) void clients.createMany(nodes.engine, schedules);
  else for (let n = 0; n < schedules; n += 1) void clients.create(nodes.engine);
  const random = new Random(seed + 5e6);
  while (machine.elapsed < end) {
    await pass(Math.min(end, machine.elapsed + random.whole(20 * MINUTE, 20 * HOUR)));
    await faults.next(pass);
  }
  hooks?.calm();
  await faults.calm(pass);
  void clients.resumeAll(nodes.engine);
  await pass(machine.elapsed + CALM);
  const events = log.events.map(({ recorded }) => recorded);
  const endAt = Math.floor(machine.now());
  const checked = check(events, provider.journal, clients.acknowledged, {
    endAt,
    lateMs: 5 * SECOND,
    leaseMs,
    heartbeatMs: leaseMs / 5,
    graceMs: GRACE,
    skewMs: mode === 'embedded' ? 0 : MOST_SKEW,
    enumerate,
    ...faults.notes,
  });
  // Before time passes again: what happens then is told, and is not among these.
  const told = hooks?.finding(events, endAt) ?? none;
  const rebuilt = await checkReadModels(nodes.places, {
    files,
    store: server,
    environment: machine.process().environment,
    wait: async (promise) => {
      const open = new Set([promise]);
      void promise.then(() => open.clear());
      while (open.size > 0) await pass(machine.elapsed + SECOND);
    },
  });
  const bulk = checkBulk(events, { endAt, graceMs: GRACE });
  const findings = [...withErrors(withRetryCap(checked, events), errors), rebuilt, told, bulk];
  await nodes.crash();
  const hash = createHash('sha256')
    .update(JSON.stringify([events, provider.journal]))
    .digest('hex');
  return {
    findings,
    events,
    hash,
    simulatedMs: machine.elapsed,
    tickedMs: machine.monotonic,
    faults: faults.told,
  };
}
