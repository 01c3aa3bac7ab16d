import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { hourly, T0 } from '#lib/domain/testing';
import type { RecordedEvent } from '#lib/event-store/port';
import {
  check,
  type Acknowledgement,
  type CheckOptions,
  type ExecutorEntry,
  type Finding,
  type Property,
} from './checker.js';
import { HEARTBEAT, LEASE, VirtualWorld } from './virtual-world.js';

export type Evidence = {
  readonly events: readonly RecordedEvent[];
  readonly journal: readonly ExecutorEntry[];
  readonly acknowledged: readonly Acknowledgement[];
  readonly options: CheckOptions;
};

const every = (minutes: number) =>
  ({ ...hourly, frequency: 'interval', everySeconds: minutes * 60, anchor: T0 }) as const;

/** What the checker is told of that day. */
const told = {
  lateMs: 250,
  leaseMs: LEASE,
  heartbeatMs: HEARTBEAT,
  graceMs: 10 * MINUTE,
  deaths: [{ at: T0 + 3 * HOUR + 20 * SECOND, executor: 'x2' }],
  drains: [{ at: T0 + 4 * HOUR + 20 * SECOND, executor: 'x1', until: T0 + 4 * HOUR + 15 * MINUTE }],
  outages: [{ from: T0 + 4 * HOUR + 15 * MINUTE, to: T0 + 6 * HOUR }],
  takeovers: [{ at: T0 + 6 * HOUR, node: 'a' }],
} as const;

/** A schedule of every kind, and executors whose work takes long enough to get in the way. */
function populated(): VirtualWorld {
  const world = new VirtualWorld();
  world.create('plain');
  world.create('busy', { recurrence: every(1), overlap: 'buffer_all', bufferCap: 3 });
  world.create('skipping', { recurrence: every(2), overlap: 'skip' });
  world.create('spread', { recurrence: { ...hourly, spreadMs: 10 * MINUTE }, overlap: 'allow_all' });
  world.create('limited', { maxRuns: 3 });
  world.create('catching', { recurrence: every(10), catchUp: { policy: 'all', windowMs: HOUR, cap: 4 } });
  world.create('pausing', { recurrence: every(10) });
  world.create('changing', { recurrence: every(15), overlap: 'cancel_other' });
  world.create('cutting', { recurrence: every(5), overlap: 'terminate_other' });
  world.create('failing', { recurrence: every(30) });
  world.create('doomed');
  world.duration = ({ schedule }) =>
    schedule === 'busy'
      ? 80_000
      : schedule === 'skipping'
        ? 150_000
        : schedule === 'cutting'
          ? 400_000
          : 30_000;
  world.outcome = ({ schedule, attempt }) =>
    schedule === 'failing' && attempt % 4 !== 3
      ? attempt % 4 === 1
        ? { kind: 'snoozed', class: 'RATE_LIMITED', delayMs: 20_000, message: 'wait' }
        : { kind: 'failed', error: { class: 'TRANSIENT', message: 'it broke' } }
      : schedule === 'failing' && world.now > T0 + 6 * HOUR
        ? { kind: 'failed', error: { class: 'AUTH_REVOKED', message: 'gone' } }
        : { kind: 'succeeded', counts: { read: 1, written: 1, rejected: 0 } };
  return world;
}

/** Eight hours with every policy, a death, a drain, an outage, pauses and changes. */
export function eventful(): Evidence {
  const world = populated();
  world.until(T0 + HOUR + 7 * MINUTE);
  world.ask('pausing', { type: 'PauseSchedule', cause: 'request' });
  world.ask('changing', { type: 'UpdateSchedule', changes: { recurrence: every(7) } });
  world.ask('plain', { type: 'SkipNextOccurrence' });
  world.ask('plain', { type: 'TriggerRun', request: 'r1' });
  world.until(T0 + 2 * HOUR + 7 * MINUTE);
  world.ask('pausing', { type: 'ResumeSchedule' });
  world.ask('spread', { type: 'PauseSchedule', cause: 'request' });
  world.ask('doomed', { type: 'DeleteSchedule' });
  world.ask('plain', { type: 'BackfillRange', request: 'b1', from: T0, to: T0 + 2 * HOUR });
  world.until(T0 + 3 * HOUR + 20 * SECOND);
  world.kill('x2');
  world.until(T0 + 3 * HOUR + MINUTE);
  world.join('x2');
  world.until(T0 + 4 * HOUR + 20 * SECOND);
  world.leave('x1');
  world.until(T0 + 4 * HOUR + 15 * MINUTE);
  world.join('x1');
  world.down = true;
  world.until(T0 + 6 * HOUR - 5 * SECOND);
  world.down = false;
  world.until(T0 + 7 * HOUR + 2 * MINUTE);
  const letter = world.events.findLast(({ type }) => type === 'RunAbandoned');
  const { run } = letter!.data as { run: string };
  world.ask('failing', { type: 'RedriveRun', run });
  world.until(T0 + 8 * HOUR - MINUTE);
  const { events, journal, acknowledged } = world;
  return { events, journal, acknowledged, options: { ...told, endAt: world.now } };
}

/** Positions and revisions as a store would give them: so that a planted fault is that one fault alone. */
function renumbered(events: readonly RecordedEvent[]): RecordedEvent[] {
  const next = new Map<string, number>();
  return events.map((event, index) => {
    const revision = next.get(event.stream) ?? 0;
    next.set(event.stream, revision + 1);
    return { ...event, revision, position: index + 1 };
  });
}

export const judge = ({ events, journal, acknowledged, options }: Evidence): readonly Finding[] =>
  check(events, journal, acknowledged, options);

export const violated = (evidence: Evidence): Property[] =>
  judge(evidence).flatMap(({ property, violations }) => (violations.length > 0 ? [property] : []));

/** Ways to plant one fault in clean evidence. */
export function planting(clean: Evidence) {
  /** The clean evidence with its log changed, and no acknowledgements: those name positions. */
  const withLog = (change: (events: RecordedEvent[]) => readonly RecordedEvent[]): Evidence => ({
    ...clean,
    events: renumbered(change([...clean.events])),
    acknowledged: [],
  });

  const indexOf = (matches: (event: RecordedEvent, data: Record<string, unknown>) => boolean): number => {
    const index = clean.events.findIndex((event) => matches(event, event.data as Record<string, unknown>));
    if (index < 0) throw new Error('the clean log holds no such event');
    return index;
  };
  const ofType = (schedule: string, type: string): number =>
    indexOf((event) => event.stream === `schedule-${schedule}` && event.type === type);

  const without = (index: number): Evidence => withLog((events) => events.toSpliced(index, 1));
  const twice = (index: number): Evidence =>
    withLog((events) => events.toSpliced(index + 1, 0, { ...events[index]!, id: 'again' }));
  const changed = (index: number, change: { at?: number; data?: object }): Evidence =>
    withLog((events) => {
      const event = events[index]!;
      const at = event.metadata.at + (change.at ?? 0);
      const data = { ...event.data, ...change.data };
      return events.with(index, { ...event, data, metadata: { ...event.metadata, at } });
    });

  return { withLog, indexOf, ofType, without, twice, changed };
}
