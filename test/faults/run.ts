import type { Instant } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';
import { readLog } from './read-log.js';
import { check, table, withErrors, type Finding } from '../support/faults/checker.js';
import { Cluster } from './cluster.js';
import { faults, noNotes, type Scene } from './faults.js';
import { seeded } from './seeded.mjs';
import { keepStory } from './story.js';
import { Workload } from './workload.js';

export type FaultRunOptions = {
  readonly rounds: number;
  readonly seed: number;
  readonly schedules?: number;
  /** Part of the names of the faults that may happen; absent: all, one after the other. */
  readonly only?: string | undefined;
  readonly say?: (line: string) => void;
};

export type FaultRun = {
  readonly findings: readonly Finding[];
  readonly report: string;
  readonly events: number;
  readonly acknowledged: number;
  /** What led to the first broken promises; absent when all were kept. */
  readonly story: string | undefined;
};

/** A lease outlasts a take-over, or a scheduler that hears nobody would take the living for dead. */
const LEASE_SECONDS = 4;
const TAKEOVER_SECONDS = 3;
/**
 * After the last fault: everything must have become quiet and whole again. An offer that was lost is made again after
 * ten seconds, and may have to wait five more until executors find the lane that was made for it.
 */
const CALM_MS = 20_000;

/** Every schedule here has an interval, counted from an anchor that is no whole second. */
export function everyInterval(recurrence: Recurrence, after: Instant, to: Instant): readonly Instant[] {
  if (recurrence.frequency !== 'interval') throw new Error('the workload has intervals only');
  const { anchor, everySeconds } = recurrence;
  const step = everySeconds * 1_000;
  const instants: Instant[] = [];
  for (let at = anchor + Math.max(0, Math.floor((after - anchor) / step)) * step; at <= to; at += step)
    if (at > after) instants.push(at);
  return instants;
}

export { seeded };

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Two schedulers and two executors under load, one fault after another, then calm, then the verdict. */
export async function runFaults(options: FaultRunOptions): Promise<FaultRun> {
  const { rounds, seed, schedules = 40, only = '', say = () => {} } = options;
  const possible = faults.filter(({ name }) => name.includes(only));
  if (possible.length === 0) throw new Error(`no fault has '${only}' in its name`);
  const random = seeded(seed);
  const cluster = await Cluster.start({
    schedulers: 2,
    executors: 2,
    leaseSeconds: LEASE_SECONDS,
    takeoverSeconds: TAKEOVER_SECONDS,
    seed,
  });
  try {
    const workload = new Workload(cluster, seed);
    await workload.create(schedules, 1);
    workload.start(3);
    const notes = noNotes();
    const scene: Scene = { cluster, notes, random, longMs: 1_500 * LEASE_SECONDS, say: cluster.say };
    for (let round = 0; round < rounds; round += 1) {
      const fault = possible[round % possible.length];
      if (fault === undefined) break;
      say(`round ${round + 1}: ${fault.name}`);
      cluster.say(`round ${round + 1}: ${fault.name}`);
      await fault.happen(scene);
      await wait(300 + random() * 700);
    }
    await workload.stop();
    await wait(CALM_MS);
    const endAt = Date.now();
    const complaints = await cluster.retire();
    const events = await readLog(cluster.store.url);
    const found = check(events, cluster.world.journal, workload.acknowledged, {
      endAt,
      lateMs: 3_000,
      leaseMs: LEASE_SECONDS * 1_000,
      heartbeatMs: (LEASE_SECONDS * 1_000) / 5,
      graceMs: CALM_MS,
      enumerate: everyInterval,
      ...notes,
    });
    const findings = withErrors(found, complaints);
    const acknowledged = workload.acknowledged.length;
    say(
      `${rounds} faults, ${events.length} events, ${acknowledged} acknowledged commands, ${workload.unavailable} unanswered or 503, seed ${seed}`,
    );
    const evidence = { seed, findings, events, journal: cluster.world.journal, happened: cluster.happened };
    const story = findings.some(({ violations }) => violations.length > 0) ? keepStory(evidence) : undefined;
    return { findings, report: table(findings), events: events.length, acknowledged, story };
  } finally {
    await cluster.stop();
  }
}
