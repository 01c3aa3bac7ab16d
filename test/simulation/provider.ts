import type { Millis } from '#lib/domain/kernel';
import type { SyncContext, SyncEngine, SyncOutcome, SyncTask } from '#lib/ports';
import type { ExecutorEntry } from '../support/faults/checker.js';
import type { Machine } from './machine.js';
import type { Process } from './process.js';
import type { Random } from './random.js';

export type Mood = 'well' | 'slow' | 'flapping' | 'dead' | 'poisonous' | 'oversized';
const counts = { read: 1, written: 1, rejected: 0 };

/** The world that executors act on: it keeps their journals, and turns down an effect under an old fence. */
export class Provider {
  readonly journal: ExecutorEntry[] = [];
  mood: Mood = 'well';
  readonly #fences = new Map<string, number>();

  constructor(
    private readonly machine: Machine,
    private readonly random: Random,
  ) {}

  /** What an executor's process does its work with; it falls silent with the process. */
  engine(executor: string, process: Process): SyncEngine {
    return { sync: (task, context) => this.#sync(executor, process, task, context) };
  }

  async #sync(
    executor: string,
    { environment }: Process,
    task: SyncTask,
    { signal, checkpoint }: SyncContext,
  ): Promise<SyncOutcome> {
    const { mood } = this;
    const pause = (ms: Millis): Promise<void> =>
      new Promise((resolve) => {
        environment.timers.after(ms, resolve);
        // A dead provider does not even hear that it is to stop.
        if (mood !== 'dead') signal.addEventListener('abort', () => resolve(), { once: true });
      });
    const half = mood === 'slow' ? this.random.whole(5_000, 25_000) : this.random.whole(100, 1_500);
    const dice = this.random.fraction();
    this.#touch(task);
    this.#line(executor, task, 'start');
    await pause(mood === 'dead' ? 60_000 : half);
    if (signal.aborted) {
      this.#line(executor, task, 'end', 'cancelled');
      return { kind: 'cancelled' };
    }
    if (dice > 0.9) await checkpoint({ half: task.run }, counts);
    const refused = this.#effect(executor, task);
    await pause(half);
    const outcome =
      refused || mood === 'dead' || (mood === 'flapping' && dice < 0.5)
        ? ({ kind: 'failed', failure: { class: 'TRANSIENT', message: 'out of reach' } } as const)
        : result(mood, dice, task);
    this.#line(executor, task, 'end', outcome?.kind ?? 'threw');
    if (outcome === undefined) throw new Error('the engine broke');
    return outcome;
  }

  #line(executor: string, task: SyncTask, kind: ExecutorEntry['kind'], outcome?: string): void {
    const { schedule, run, attempt, fence } = task;
    const line = { executor, at: Math.floor(this.machine.now()), kind, schedule, run, attempt, fence };
    this.journal.push(outcome === undefined ? line : { ...line, outcome });
  }

  #effect(executor: string, task: SyncTask): boolean {
    const refused = task.fence < this.#touch(task);
    this.#line(executor, task, 'effect', refused ? 'refused' : 'accepted');
    return refused;
  }

  /** Whoever begins says so here first, under its fence: from then on an older one is turned down. The newest fence. */
  #touch({ schedule, fence }: SyncTask): number {
    const newest = Math.max(this.#fences.get(schedule) ?? 0, fence);
    this.#fences.set(schedule, newest);
    return newest;
  }
}

/** What the work comes to; undefined: it throws. */
function result(mood: Mood, dice: number, { run }: SyncTask): SyncOutcome | undefined {
  if (mood === 'poisonous') return poison(dice);
  if (mood === 'oversized') return { kind: 'succeeded', counts, state: { much: 'x'.repeat(20_000) } };
  if (dice < 0.03) return { kind: 'snoozed', class: 'DATA_NOT_READY', delayMs: 30_000, message: 'not yet' };
  return { kind: 'succeeded', counts, state: { last: run } };
}

/** Results that no well-meaning engine gives. */
function poison(dice: number): SyncOutcome | undefined {
  if (dice < 0.3) return undefined;
  if (dice < 0.6) return { kind: 'failed', failure: { class: 'CURSOR_INVALID', message: 'too old' } };
  return { kind: 'failed', failure: { class: 'SCHEMA_DRIFT', message: 'another format' } };
}
