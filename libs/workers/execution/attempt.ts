import type { AttemptRef, PendingClaim, WorkItem } from '#lib/contracts/messages';
import type { Millis } from '#lib/domain/kernel';
import { askAgain, isRefusal, type ExecutorDesk, type Granted } from '#lib/messaging/port';
import type { Environment, SyncContext, SyncEngine, SyncOutcome, SyncTask } from '#lib/ports';
import { classifyThrown } from './classify.js';
import { asCheckpoint, asReported } from './outcome.js';

/** Only this process says so of itself: from an engine it would be an attempt that is never used up. */
const isInterrupted = (
  outcome: SyncOutcome | undefined,
): outcome is Extract<SyncOutcome, { kind: 'failed' }> =>
  outcome?.kind === 'failed' &&
  (outcome.failure as { readonly class?: unknown } | undefined)?.class === 'INTERRUPTED';

export type AttemptOptions = {
  readonly executor: string;
  /** Names the executor's process: an item that it is handed again, its claim's answer lost, is still its own. */
  readonly claim: string;
  readonly environment: Environment;
  readonly desk: ExecutorDesk;
  readonly engine: SyncEngine;
  /** It was granted with the decision to run: there is nothing to claim. */
  readonly given?: Granted | undefined;
};

/** Why the engine was told to stop. `lost`: the lease is gone, nothing may be reported. `drained`: this process ends. */
type Interrupt = 'deadline' | 'cancelled' | 'lost' | 'drained';

/** How long an engine that was told to stop may take before it is left behind. */
const STOP_GRACE: Millis = 5_000;
/** The same when this process ends: there is no more time than that. */
const DRAIN_GRACE: Millis = 500;
const REPORT_TRIES = 300;
/** For longer than a take-over lasts: the one that granted it may have died before it said so. */
const CLAIM_TRIES = 10;
/** Some two minutes: then the attempt fails, and begins again from the checkpoint before. */
const CHECKPOINT_TRIES = 60;
/** When this process ends, whoever watches the lease has the last word. */
const DRAIN_TRIES = 3;

/**
 * One attempt, from claim to report. Read `run` downwards: that is its life.
 *
 *     claim ─► (refused: nothing to do)
 *       └────► engine under deadline, cancel and lease ─► outcome ─► report until it is stored or refused
 *                                                     └─► lease lost: silence
 */
export class Attempt {
  readonly #abort = new AbortController();
  #interrupt: Interrupt | undefined;
  #leaving = false;
  /** This process ends, for whatever reason the engine was told to stop before. */
  #draining = false;
  /** While the engine works: how much longer it is waited for. */
  #waitNoLonger: ((grace: Millis) => void) | undefined;
  #granted: Granted | undefined;
  #progress: { done?: number; total?: number } = {};
  readonly #over = Promise.withResolvers<void>();

  constructor(
    private readonly item: WorkItem,
    private readonly options: AttemptOptions,
  ) {
    this.#granted = options.given;
  }

  async run(): Promise<'reported' | 'refused'> {
    try {
      if (this.#leaving) this.#giveBack();
      const granted = this.#granted ?? (await this.#claim());
      if (granted === undefined) return 'refused';
      const cancelDeadline = this.#armDeadline(granted);
      const outcome = await this.#work(granted);
      cancelDeadline();
      if (outcome === 'lost') return 'refused';
      return await this.#report(granted, outcome);
    } finally {
      this.#over.resolve();
    }
  }

  #giveBack(): void {
    if (this.#granted === undefined) throw new Error('this executor is leaving');
    this.drain();
  }

  get attempt(): number {
    return this.item.attempt;
  }

  get ended(): Promise<void> {
    return this.#over.promise;
  }

  /** This process is about to end: what is not granted yet is left to others, what did not begin is given back. */
  leave(): void {
    this.#leaving = true;
  }

  /** Someone asked for the run to stop. */
  cancel(): void {
    this.#stop('cancelled');
  }

  /** The attempt with this fence is no longer ours; word of an earlier one comes late, and means nothing. */
  lose(fence: number): void {
    if (this.#granted?.fence === fence) this.#stop('lost');
  }

  /** This process ends: the run is given back at once, to be tried again elsewhere. */
  drain(): void {
    this.#draining = true;
    this.#stop('drained');
    this.#waitNoLonger?.(DRAIN_GRACE);
  }

  /** A process that stood still for longer than its lease does not hold it any more. */
  checkLease(stoodStillMs: Millis): void {
    if (this.#granted !== undefined && stoodStillMs > this.#granted.leaseMs) this.#stop('lost');
  }

  holding(): (AttemptRef & { done?: number; total?: number }) | undefined {
    if (this.#granted === undefined) return undefined;
    return { ...this.#ref(this.#granted), ...this.#progress };
  }

  /** The claim that has no answer yet. */
  asking(): PendingClaim | undefined {
    const { run, attempt } = this.item;
    return this.#granted === undefined ? { run, attempt } : undefined;
  }

  #ref({ fence }: Granted): AttemptRef {
    const { tenant, schedule, run, attempt } = this.item;
    return { tenant, schedule, run, attempt, fence };
  }

  #stop(why: Interrupt): void {
    if (this.#interrupt === undefined) this.#waitNoLonger?.(STOP_GRACE);
    this.#interrupt ??= why;
    this.#abort.abort();
  }

  async #claim(): Promise<Granted | undefined> {
    const { desk, executor, claim } = this.options;
    const { tenant, schedule, run, attempt, epoch } = this.item;
    const request = { tenant, schedule, run, attempt, executor, claim, epoch };
    // The same claim again: had the first been granted and its answer lost, it is granted once more.
    const answer = await this.#persistently(CLAIM_TRIES, () => desk.claim(request));
    if (!answer.granted) return undefined;
    this.#granted = answer;
    return answer;
  }

  #armDeadline(granted: Granted): () => void {
    const { clock, timers } = this.options.environment;
    return timers.after(granted.deadline - clock.now(), () => this.#stop('deadline'));
  }

  /** The engine's outcome, whatever it answered; `lost`: the lease is, and nothing may be said. */
  async #work(granted: Granted): Promise<SyncOutcome | undefined | 'lost'> {
    const { tenant, schedule, run, attempt, user, connection, provider } = this.item;
    const { fence, operation, nominal, state } = granted;
    const task: SyncTask = {
      tenant,
      schedule,
      run,
      attempt,
      fence,
      user,
      connection,
      provider,
      operation,
      nominal,
      state,
    };
    const settled = this.#interrupt === undefined ? await this.#untilLeftBehind(task, granted) : undefined;
    switch (this.#interrupt) {
      case 'lost':
        return 'lost';
      case 'deadline':
        if (settled?.kind === 'succeeded') return settled;
        return {
          kind: 'failed',
          failure: {
            class: 'TRANSIENT',
            code: 'deadline_passed',
            message: 'the attempt ran past its deadline and was stopped',
          },
        };
      case 'drained':
        if (settled?.kind === 'succeeded') return settled;
        return {
          kind: 'failed',
          failure: {
            class: 'INTERRUPTED',
            code: 'executor_stopped',
            message: 'the executor was stopped before the attempt ended',
          },
        };
      case 'cancelled':
        return settled?.kind === 'succeeded' ? settled : { kind: 'cancelled' };
      case undefined:
        return isInterrupted(settled)
          ? { ...settled, failure: { ...settled.failure, class: 'TRANSIENT' } }
          : settled;
    }
  }

  /** What the engine says. One that ignores the abort is left behind after its grace, fenced off. */
  async #untilLeftBehind(task: SyncTask, granted: Granted): Promise<SyncOutcome | undefined> {
    const { promise: leftBehind, resolve } = Promise.withResolvers<undefined>();
    let cancel = (): void => {};
    this.#waitNoLonger = (grace) => {
      cancel();
      cancel = this.options.environment.timers.after(grace, () => resolve(undefined));
    };
    try {
      return await Promise.race([this.#engine(task, granted), leftBehind]);
    } finally {
      this.#waitNoLonger = undefined;
      cancel();
    }
  }

  async #engine(task: SyncTask, granted: Granted): Promise<SyncOutcome | undefined> {
    try {
      return await this.options.engine.sync(task, this.#context(granted));
    } catch (error) {
      return { kind: 'failed', failure: classifyThrown(error) };
    }
  }

  #context(granted: Granted): SyncContext {
    const abort = this.#abort;
    return {
      // Made when somebody asks for it.
      get signal() {
        return abort.signal;
      },
      deadline: granted.deadline,
      checkpoint: async (state, counts) => {
        const { desk, executor } = this.options;
        const checkpoint = { ...this.#ref(granted), executor, ...asCheckpoint(state, counts) };
        // A scheduler that restarts is no fault of the connector's: it is asked until it answers.
        const answer = await this.#persistently(
          CHECKPOINT_TRIES,
          () => desk.checkpoint(checkpoint),
          isRefusal,
        );
        if (!answer.accepted && answer.reason === 'late_result') this.#stop('lost');
        if (!answer.accepted) throw new Error(`the checkpoint was refused: ${answer.reason}`);
      },
      progress: (done, total) => {
        this.#progress = total === undefined ? { done } : { done, total };
      },
    };
  }

  /** Repeats the report until the scheduler has stored or refused it: reporting twice is harmless. */
  async #report(granted: Granted, outcome: SyncOutcome | undefined): Promise<'reported' | 'refused'> {
    const { desk, executor } = this.options;
    const report = { ...this.#ref(granted), executor, outcome: asReported(outcome) };
    const answer = await this.#persistently(REPORT_TRIES, () => desk.report(report));
    return answer.accepted ? 'reported' : 'refused';
  }

  #persistently<T>(
    most: number,
    ask: () => Promise<T>,
    hopeless: (error: unknown) => boolean = () => false,
  ): Promise<T> {
    return askAgain(this.options.environment.timers, ask, (tries, error) => {
      const left = this.#leaving && this.#granted === undefined;
      const enough = this.#draining ? DRAIN_TRIES : most;
      return tries >= enough || left || this.#interrupt === 'lost' || hopeless(error);
    });
  }
}
