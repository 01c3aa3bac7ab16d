import { scheduleStream } from '#lib/contracts/streams';
import type { Instant, Millis } from '#lib/domain/kernel';
import {
  absent,
  isLiving,
  schedule,
  wakeAt,
  type AttemptOutcome,
  type OpenRun,
  type ScheduleCommand,
  type ScheduleDefinition,
  type ScheduleState,
} from '#lib/domain/schedule';
import { definition, T0 } from '#lib/domain/testing';
import type { RecordedEvent } from '#lib/event-store/port';
import type { Acknowledgement, ExecutorEntry } from './journals.js';

/** How long executors of the virtual world keep a lease, how often they are heard, and how coarse its time is. */
export const LEASE: Millis = 20_000;
export const HEARTBEAT: Millis = 5_000;
const STEP: Millis = 5_000;

type Without<T> = T extends ScheduleCommand ? Omit<T, 'now'> : never;
export type Asked = Without<ScheduleCommand>;
type Work = {
  readonly schedule: string;
  readonly run: string;
  readonly attempt: number;
  readonly fence: number;
};
type Task = Work & { readonly executor: string; readonly endsAt: Instant };

/**
 * The real decider under a virtual clock, with two executors that do what they are told: what it leaves behind is a
 * log and journals without a fault, long enough to hold every kind of event that matters to the checker.
 */
export class VirtualWorld {
  readonly events: RecordedEvent[] = [];
  readonly journal: ExecutorEntry[] = [];
  readonly acknowledged: Acknowledgement[] = [];
  /** Nobody decides anything while this is set. */
  down = false;
  /** How long an attempt takes, and how it ends. */
  duration: (work: Work) => Millis = () => 30_000;
  outcome: (work: Work) => AttemptOutcome = () => ({
    kind: 'succeeded',
    counts: { read: 1, written: 1, rejected: 0 },
  });
  readonly #states = new Map<string, ScheduleState>();
  readonly #revisions = new Map<string, number>();
  readonly #executors = ['x1', 'x2'];
  #tasks: Task[] = [];
  #orphans: Task[] = [];
  #turn = 0;

  constructor(public now: Instant = T0) {}

  create(id: string, overrides: Partial<ScheduleDefinition> = {}): void {
    this.ask(id, { type: 'CreateSchedule', id, definition: definition(overrides) });
  }

  /** A client's command: acknowledged when it is accepted. */
  ask(id: string, asked: Asked): boolean {
    const before = this.events.length;
    const accepted = this.#execute(id, asked);
    const last = this.events.at(-1);
    if (accepted && last !== undefined && this.events.length > before)
      this.acknowledged.push({
        at: this.now,
        stream: last.stream,
        position: last.position,
        eventType: last.type,
      });
    return accepted;
  }

  /** Lets time pass up to an instant. */
  until(instant: Instant): void {
    while (this.now < instant) {
      this.now += STEP;
      if (this.down) continue;
      for (const [id, state] of this.#states)
        if ((wakeAt(state) ?? Infinity) <= this.now)
          this.#execute(id, { type: 'AdvanceSchedule', fraction: 0 });
      this.#work();
      this.#expire();
    }
  }

  /** An executor is killed: its attempts are expired a lease later. */
  kill(executor: string): void {
    this.#orphans.push(
      ...this.#tasks
        .filter((task) => task.executor === executor)
        .map((task) => ({ ...task, endsAt: this.now + LEASE })),
    );
    this.#tasks = this.#tasks.filter((task) => task.executor !== executor);
    this.leave(executor);
  }

  /** An executor takes nothing new. */
  leave(executor: string): void {
    this.#executors.splice(this.#executors.indexOf(executor), 1);
  }

  join(executor: string): void {
    this.#executors.push(executor);
  }

  #execute(id: string, asked: Asked): boolean {
    const { now } = this;
    const state = this.#states.get(id) ?? absent;
    const decision = schedule.decide({ ...asked, now } as ScheduleCommand, state);
    if (!decision.accepted) return false;
    let next = state;
    for (const event of decision.events) {
      next = schedule.evolve(next, event, now);
      this.#append(scheduleStream(id), event);
    }
    this.#states.set(id, next);
    return true;
  }

  #append(stream: string, event: { readonly type: string; readonly data: object }): void {
    const position = this.events.length + 1;
    const revision = this.#revisions.get(stream) ?? 0;
    this.#revisions.set(stream, revision + 1);
    this.events.push({
      ...event,
      id: `event-${position}`,
      stream,
      position,
      revision,
      metadata: { v: 1, at: this.now, tenant: 'default', actor: 'test', correlation: 'test' },
    });
  }

  #line(task: Task, kind: ExecutorEntry['kind'], outcome?: string): void {
    const { executor, schedule, run, attempt, fence } = task;
    const line = { executor, at: this.now, kind, schedule, run, attempt, fence };
    this.journal.push(outcome === undefined ? line : { ...line, outcome });
  }

  #work(): void {
    const [over, still] = [this.#tasks, []] as [Task[], Task[]];
    this.#tasks = still;
    for (const task of over) {
      if (!this.#holds(task)) {
        // Told to stop with the last heartbeat.
        this.#line(task, 'end', 'cancelled');
        continue;
      }
      this.#line(task, 'effect');
      if (task.endsAt > this.now) still.push(task);
      else this.#report(task);
    }
    for (const [id, state] of this.#states)
      for (const run of isLiving(state) ? state.open : []) if (run.status === 'queued') this.#claim(id, run);
  }

  #holds({ schedule: id, fence }: Task): boolean {
    const state = this.#states.get(id);
    return (
      state !== undefined &&
      isLiving(state) &&
      state.open.some((run) => run.status === 'running' && run.fence === fence)
    );
  }

  #report(task: Task): void {
    const { schedule: id, run, attempt, fence, executor } = task;
    const outcome = this.outcome(task);
    this.#line(task, 'end', outcome.kind);
    this.#execute(id, { type: 'ReportRun', run, attempt, fence, executor, outcome, fraction: 0 });
  }

  #claim(id: string, { run, attempt }: OpenRun): void {
    const executor = this.#executors[this.#turn++ % this.#executors.length];
    if (executor === undefined) return;
    if (!this.#execute(id, { type: 'StartRun', run, attempt, executor, claim: `${run}.${attempt}` })) return;
    const state = this.#states.get(id);
    const fence = state !== undefined && isLiving(state) ? state.fence : 0;
    const work = { schedule: id, run, attempt, fence };
    const task = { ...work, executor, endsAt: this.now + this.duration(work) };
    this.#tasks.push(task);
    this.#line(task, 'start');
  }

  #expire(): void {
    for (const { schedule: id, run, attempt, fence, endsAt } of this.#orphans)
      if (endsAt <= this.now) this.#execute(id, { type: 'ExpireLease', run, attempt, fence, fraction: 0 });
    this.#orphans = this.#orphans.filter(({ endsAt }) => endsAt > this.now);
  }
}
