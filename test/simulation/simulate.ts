import { createHash } from 'node:crypto';
import { DAY, HOUR, MINUTE, SECOND, type Millis } from '#lib/domain/kernel';
import type { Recurrence } from '#lib/domain/recurrence';
import { MemoryLog } from '#lib/event-store/memory';
import type { RecordedEvent } from '#lib/event-store/port';
import { allBetween } from '../../libs/domain/recurrence/testing/reference.js';
import { check, type Finding } from '../support/faults/checker.js';
import { Activity } from './activity.js';
import { Clients } from './clients.js';
import { Faults, type FaultKind } from './faults.js';
import type { Mutate } from './faulty-store.js';
import { Machine } from './machine.js';
import { Nodes } from './nodes.js';
import { Provider } from './provider.js';
import { Random } from './random.js';

export type Story = {
  readonly seed: number;
  readonly days: number;
  readonly schedules: number;
  /** Kinds of trouble that may happen. */
  readonly kinds: readonly FaultKind[];
  /** A defect planted at the store's port. */
  readonly mutate?: Mutate;
};

export type Told = {
  readonly findings: readonly Finding[];
  readonly events: readonly RecordedEvent[];
  readonly hash: string;
  readonly simulatedMs: Millis;
  readonly faults: readonly string[];
};

export const isBroken = ({ findings }: Pick<Told, 'findings'>): boolean =>
  findings.some(({ violations }) => violations.length > 0);

export const LEASE: Millis = 15_000;
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

/** One seed, from its first schedule to the verdict. Days begin four days before Berlin's clocks go forward or back. */
export async function simulate({ seed, days, schedules, kinds, mutate }: Story): Promise<Told> {
  const start = seed % 2 === 0 ? Date.UTC(2027, 2, 24) : Date.UTC(2027, 9, 27);
  const log = new MemoryLog();
  const machine = new Machine(start, seed);
  const provider = new Provider(machine, new Random(seed + 1e6));
  const clients = new Clients(machine, new Random(seed + 2e6));
  const nodes = new Nodes({ machine, log, provider, random: new Random(seed + 3e6), leaseMs: LEASE, mutate });
  const activity = new Activity(log);
  const faults = new Faults({
    machine,
    nodes,
    provider,
    clients,
    activity,
    random: new Random(seed + 4e6),
    kinds,
  });
  const end = days * DAY;

  /** Time passes; what nobody waits for is slept through. */
  const pass = async (until: Millis): Promise<void> => {
    await machine.settle();
    while (machine.monotonic < until) {
      if (nodes.failure !== undefined) throw nodes.failure;
      if (activity.idle && nodes.running) {
        const wake = Math.min(activity.nextWakeUp - machine.origin - 500, until - 500);
        if (wake > machine.monotonic + 3 * SECOND) machine.sleepUntil(wake);
      }
      await machine.tick(until);
    }
  };

  nodes.boot();
  await pass(SECOND);
  for (let n = 0; n < schedules; n += 1) void clients.create(nodes.engine);
  const random = new Random(seed + 5e6);
  while (machine.monotonic < end) {
    await pass(Math.min(end, machine.monotonic + random.whole(20 * MINUTE, 8 * HOUR)));
    await faults.next(pass);
  }
  await faults.calm(pass);
  void clients.resumeAll(nodes.engine);
  await pass(machine.monotonic + CALM);
  const events = log.events.map(({ recorded }) => recorded);
  const findings = check(events, provider.journal, clients.acknowledged, {
    endAt: Math.floor(machine.now()),
    lateMs: 5 * SECOND,
    leaseMs: LEASE,
    heartbeatMs: LEASE / 5,
    graceMs: GRACE,
    enumerate,
    ...faults.notes,
  });
  await nodes.crash();
  const hash = createHash('sha256')
    .update(JSON.stringify([events, provider.journal]))
    .digest('hex');
  return { findings, events, hash, simulatedMs: machine.monotonic, faults: faults.told };
}
