import type { WorkItem } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import type { Granted, WorkIntake } from '#lib/messaging/port';
import type { Environment, SyncEngine } from '#lib/ports';
import { Attempt } from './attempt.js';
import type { ResourceMonitor } from './resource-monitor.js';

/**
 * The one part of the house that acts on the world: takes offered attempts, claims each, and has the engine do it.
 *
 * One attempt goes claim → run under deadline, lease and cancel → report, and is written so in `attempt.ts`. Here is
 * what they share: capacity, heartbeats, and stopping. Heartbeats renew the leases of everything that runs; when
 * this process finds that it stood still for longer than a lease, it stops what it runs, because someone else may
 * have taken over.
 */
export type ExecutorOptions = {
  readonly id: string;
  readonly intake: WorkIntake;
  readonly engine: SyncEngine;
  readonly environment: Environment;
  readonly monitor: ResourceMonitor;
  /** Attempts that may run at once. */
  readonly capacity: number;
  readonly heartbeatMs: Millis;
  readonly providers?: readonly string[];
  readonly onError: (what: string, error: unknown) => void;
};

export class Executor {
  readonly #attempts = new Map<string, Attempt>();
  readonly #claim: string;
  #leave: (() => void) | undefined;
  #cancelBeat: (() => void) | undefined;
  #lastBeat = 0;
  #stopping = false;
  #completed = 0;
  #refused = 0;

  constructor(private readonly options: ExecutorOptions) {
    this.#claim = options.environment.ids.next();
  }

  start(): void {
    const { id: executor, intake, capacity, providers, environment } = this.options;
    this.#lastBeat = environment.clock.monotonic();
    this.#leave = intake.consume({
      capacity,
      ...(providers === undefined ? {} : { providers }),
      executor,
      claim: this.#claim,
      handle: (item, granted) => this.#handle(item, granted),
      cancel: (run) => this.#attempts.get(run)?.cancel(),
      lost: (run, fence) => this.#attempts.get(run)?.lose(fence),
    });
    this.#arm();
  }

  /** Takes nothing new, lets what runs end for up to `graceMs`, then stops it: it will be tried again elsewhere. */
  async stop(graceMs: Millis): Promise<void> {
    this.#stopping = true;
    this.#leave?.();
    for (const attempt of this.#attempts.values()) attempt.leave();
    const cancelGrace = this.options.environment.timers.after(graceMs, () => {
      for (const attempt of this.#attempts.values()) attempt.drain();
    });
    while (this.#attempts.size > 0)
      await Promise.allSettled([...this.#attempts.values()].map((attempt) => attempt.ended));
    cancelGrace();
    this.#cancelBeat?.();
    this.options.monitor.stop();
  }

  get running(): number {
    return this.#attempts.size;
  }

  async #handle(item: WorkItem, given?: Granted): Promise<void> {
    const { id, environment, intake, engine, onError } = this.options;
    if (!(await this.#earlierIsOver(item))) return;
    if (this.#stopping && given === undefined) throw new Error('this executor is draining');
    const attempt = new Attempt(item, {
      executor: id,
      claim: this.#claim,
      environment,
      desk: intake.desk,
      engine,
      given,
    });
    // What is ours already is given back with a word.
    if (this.#stopping) attempt.drain();
    this.#attempts.set(item.run, attempt);
    try {
      const result = await attempt.run();
      if (result === 'refused') this.#refused += 1;
      else this.#completed += 1;
    } catch (error) {
      onError(`run ${item.run}`, error);
      throw error;
    } finally {
      this.#attempts.delete(item.run);
    }
  }

  /**
   * An attempt may still be at its report's answer, or at an engine that was told to stop, when the next one of its run is
   * offered: that one waits for it. False when it is the same attempt, offered again.
   */
  async #earlierIsOver({ run, attempt }: WorkItem): Promise<boolean> {
    for (let earlier = this.#attempts.get(run); earlier !== undefined; earlier = this.#attempts.get(run)) {
      if (earlier.attempt >= attempt) return false;
      await earlier.ended;
    }
    return true;
  }

  #arm(): void {
    this.#cancelBeat = this.options.environment.timers.after(this.options.heartbeatMs, () => {
      void this.#beat();
      this.#arm();
    });
  }

  async #beat(): Promise<void> {
    const { id, environment, intake, monitor, capacity, onError } = this.options;
    const now = environment.clock.monotonic();
    const stoodStill = now - this.#lastBeat;
    this.#lastBeat = now;
    for (const attempt of this.#attempts.values()) attempt.checkLease(stoodStill);
    const attempts = [...this.#attempts.values()];
    const claimed = attempts.flatMap((attempt) => attempt.holding() ?? []);
    const asking = attempts.flatMap((attempt) => attempt.asking() ?? []);
    const counts = {
      capacity,
      running: claimed.length,
      queued: asking.length,
      completed: this.#completed,
      refused: this.#refused,
    };
    try {
      const answer = await intake.desk.heartbeat({
        executor: id,
        at: Math.floor(environment.clock.now()),
        running: claimed,
        asking,
        resources: monitor.sample(counts),
      });
      for (const { run, fence } of answer.lost) this.#attempts.get(run)?.lose(fence);
      for (const run of answer.cancel) this.#attempts.get(run)?.cancel();
    } catch (error) {
      onError('heartbeat', error);
    }
  }
}
