import { followLimits, itemOf, offered, type Admission, type QueuedRun } from '#lib/application/admission';
import { providerAggregate, type Actors, type CommandContext, type Unstamped } from '#lib/application/actors';
import type { StoredEvent } from '#lib/contracts/events';
import { DISPATCH_LEASE, type WorkItem } from '#lib/contracts/messages';
import { parseStream, providerStream, scheduleStream } from '#lib/contracts/streams';
import { HOUR, SECOND, type Instant } from '#lib/domain/kernel';
import type { Circuit, ProviderCommand, ProviderLimits } from '#lib/domain/provider';
import { errorClasses } from '#lib/domain/retry';
import type { WorkDistribution } from '#lib/messaging/port';
import type { Environment, Leases } from '#lib/ports';
import type { Saga, WorkIndex } from './saga.js';

/**
 * Waiting runs become work. Every queue and slot in here follows from events, so a restart or a lost message cannot
 * leak one: a run waits from `RunQueued`, holds its slots from the moment it is offered, and gives them back with the
 * event that ends its attempt. An offer that nobody claims is made again.
 *
 * The circuit breaker is counted here: attempts in a row that failed in a way that speaks against the provider.
 *
 * Every node follows along; the one that holds the dispatch lease acts. A new holder waits a moment before its first
 * offer, until all nodes know of it and refuse to grant what the last one offered: so limits hold across the change.
 */
export type DispatchOptions = {
  readonly actors: Actors;
  readonly admission: Admission;
  readonly environment: Environment;
  readonly leases: Leases;
  readonly work: WorkDistribution;
  /** Begins an admitted run at an executor that has a place for it. */
  readonly placeStart: (item: WorkItem, run: QueuedRun) => boolean;
  readonly onError: (what: string, error: unknown) => void;
};

export type ProviderRestore = {
  readonly provider: string;
  readonly limits?: ProviderLimits | undefined;
  readonly circuit?: Circuit | undefined;
  readonly pause?: { readonly until?: Instant | undefined } | undefined;
};

const SWEEP = SECOND;
/** From winning the lease to the first offer. */
const SETTLE = SECOND / 2;
/** What every tenant may know of a failure: a message may name whose it was. The run has it, for its tenant. */
const kindOf = ({
  class: kind,
  code,
}: {
  readonly class: string;
  readonly code?: string | undefined;
}): string => (code === undefined ? kind : `${kind} (${code})`);

/** How long a provider that refuses our app is left alone before it is probed. */
const APP_BLOCKED_PAUSE = 3 * HOUR;

export class DispatchSaga implements Saga {
  readonly name = 'dispatch';
  /** Failures in a row that count against a provider. */
  readonly #failures = new Map<string, number>();
  #pumping = false;
  #cancelTimer: (() => void) | undefined;
  #cancelSweep: (() => void) | undefined;
  #forget: (() => void) | undefined;
  /** Monotonic instant from which this node may offer; undefined: it does not hold the lease. */
  #actsFrom: number | undefined;
  #stopped = false;

  constructor(private readonly options: DispatchOptions) {}

  /** What the read model knows of a provider, before the first run is admitted. */
  restore(provider: ProviderRestore): void {
    const lane = this.options.admission.lane(provider.provider);
    if (provider.limits !== undefined) lane.limits = provider.limits;
    if (provider.circuit !== undefined) lane.circuit = provider.circuit;
    if (provider.pause !== undefined) lane.pause(provider.pause.until);
  }

  start(index: WorkIndex): void {
    for (const run of index.openRuns()) {
      if (run.status !== 'queued' && run.status !== 'running') continue;
      this.options.admission.enqueue({ ...run, stream: scheduleStream(run.schedule) });
      if (run.status === 'running') this.options.admission.claimed(run.run);
    }
    const { leases, work } = this.options;
    work.onLost((run) => this.#lost(run));
    if (leases.holds(DISPATCH_LEASE)) this.#actsFrom = 0;
    this.#forget = leases.onChange(() => this.#handOver());
    this.#sweep();
    this.#pump();
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of [this.#forget, this.#cancelTimer, this.#cancelSweep]) cancel?.();
  }

  handle(event: StoredEvent): void {
    const { admission, work } = this.options;
    switch (event.type) {
      case 'RunQueued': {
        const schedule = parseStream(event.stream)?.id ?? '';
        const { run, attempt, priority, user, connection, provider } = event.data;
        admission.enqueue({
          run,
          schedule,
          stream: event.stream,
          tenant: event.metadata.tenant,
          user,
          connection,
          provider,
          priority,
          attempt,
          correlation: event.metadata.correlation,
          queuedAt: event.metadata.at,
        });
        return this.#pump();
      }
      case 'RunStarted':
        return admission.claimed(event.data.run, event.metadata.at);
      case 'RunSucceeded':
        return this.#succeeded(this.#settle(event.data));
      case 'RunFailed':
        return this.#failed(this.#settle(event.data), event.data.error);
      case 'RunSnoozed': {
        const run = this.#settle(event.data);
        // The provider said when to come back: that holds for everybody who shares the bucket.
        const { class: why, bucket } = event.data;
        if (run !== undefined && why !== 'DATA_NOT_READY' && bucket !== 'own')
          admission.lane(run.provider).hold(event.data.until);
        return this.#pump();
      }
      case 'RunCancelRequested':
        return this.#acts() ? work.cancel(event.data.run) : undefined;
      case 'RunCancelled':
      case 'RunAbandoned':
        if (this.#settle(event.data)?.phase !== 'waiting' && this.#acts()) work.cancel(event.data.run);
        return this.#pump();
      default:
        return followLimits(admission, event) ? this.#pump() : undefined;
    }
  }

  #settle({ run, attempt }: { readonly run: string; readonly attempt: number }): QueuedRun | undefined {
    this.options.work.settled(run);
    return this.options.admission.settle(run, attempt);
  }

  #succeeded(run: QueuedRun | undefined): void {
    if (run !== undefined) {
      this.#failures.delete(run.provider);
      if (this.options.admission.lane(run.provider).circuit.status === 'open') {
        this.#command(run.provider, { type: 'CloseCircuit', provider: run.provider });
      }
    }
    this.#pump();
  }

  #failed(
    run: QueuedRun | undefined,
    error: {
      readonly class: keyof typeof errorClasses;
      readonly code?: string | undefined;
      readonly bucket?: 'own' | undefined;
    },
  ): void {
    // What is refused is the app of one connection: that says nothing of the provider.
    const counts = errorClasses[error.class].counts && error.bucket !== 'own';
    if (run !== undefined && counts) {
      const { provider } = run;
      const lane = this.options.admission.lane(provider);
      const failures = (this.#failures.get(provider) ?? 0) + 1;
      this.#failures.set(provider, failures);
      const opened = lane.circuit.status === 'open' ? lane.circuit.opened : 0;
      // A failed probe opens the circuit again at once.
      if (opened > 0 || failures >= lane.limits.breaker.failures) {
        this.#command(provider, { type: 'OpenCircuit', provider, failures, opened, message: kindOf(error) });
      }
      if (error.class === 'APP_BLOCKED') {
        const until = Math.floor(this.options.environment.clock.now()) + APP_BLOCKED_PAUSE;
        this.#command(provider, {
          type: 'PauseProvider',
          provider,
          cause: 'app_blocked',
          note: kindOf(error),
          until,
        });
      }
    }
    this.#pump();
  }

  #command(provider: string, command: Unstamped<ProviderCommand>): void {
    if (!this.#acts()) return;
    const { actors, environment, onError } = this.options;
    const context: CommandContext = {
      tenant: 'default',
      actor: 'saga:dispatch',
      correlation: environment.ids.next(),
    };
    actors
      .execute(providerAggregate, providerStream(provider), command, context)
      .catch((error: unknown) => onError(`${command.type} ${provider}`, error));
  }

  /** Offers whatever may start. Once a turn, however many events ask for it. */
  #pump(): void {
    if (this.#pumping || this.#stopped) return;
    this.#pumping = true;
    this.options.environment.timers.soon(() => {
      this.#pumping = false;
      if (!this.#stopped) this.#admitAll();
    });
  }

  /** This node dispatches, and whoever waits cannot start now. */
  get nothingToOffer(): boolean {
    return (!this.#pumping || this.options.admission.nobodyWaits) && !this.#stopped && this.#acts();
  }

  #acts(): boolean {
    const { leases, environment } = this.options;
    return (
      this.#actsFrom !== undefined &&
      leases.holds(DISPATCH_LEASE) &&
      environment.clock.monotonic() >= this.#actsFrom
    );
  }

  /** The lease was won or lost: what was offered under an earlier one waits again. */
  #handOver(): void {
    const { leases, environment, admission } = this.options;
    if (!leases.holds(DISPATCH_LEASE)) {
      this.#actsFrom = undefined;
      return admission.withdrawOffers();
    }
    if (this.#actsFrom !== undefined) return;
    this.#actsFrom = environment.clock.monotonic() + SETTLE;
    admission.withdrawOffers();
    environment.timers.after(SETTLE + 1, () => this.#pump());
  }

  #admitAll(): void {
    if (!this.#acts()) return;
    const { admission, environment } = this.options;
    const now = environment.clock.now();
    for (let entry = admission.admit(now); entry !== undefined; entry = admission.admit(now))
      this.#begin(entry);
    const opening = admission.nextOpening(now);
    if (opening !== undefined) this.#wakeAt(opening, now);
  }

  /** At a place that is known to be free, or at whichever executor takes it. */
  #begin(entry: QueuedRun): void {
    const item = this.#offering(entry);
    if (!this.options.placeStart(item, entry)) this.options.work.offer(item);
  }

  /** From now on it counts as offered: should nobody begin it, it is offered again. */
  #offering(entry: QueuedRun): WorkItem {
    const { environment, leases } = this.options;
    const item = itemOf(entry, leases.epoch(DISPATCH_LEASE));
    offered(entry, environment.clock.monotonic());
    return item;
  }

  /** Made again with the next sweep: of one run, or of all when what carried them is gone. */
  #lost(run: string | undefined): void {
    for (const entry of this.options.admission.runs())
      if (run === undefined || entry.run === run) entry.offerAgainAt = 0;
  }

  #wakeAt(at: Instant, now: Instant): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.options.environment.timers.after(Math.min(Math.max(at - now, 1), SWEEP), () =>
      this.#pump(),
    );
  }

  /** Each second: ageing, pauses and breakers whose time is over, offers that nobody took. */
  #sweep(): void {
    if (this.#stopped) return;
    const { admission, environment, work } = this.options;
    const now = environment.clock.now();
    const monotonic = environment.clock.monotonic();
    admission.age(now);
    for (const entry of admission.runs()) {
      if (entry.phase === 'offered' && entry.offerAgainAt <= monotonic && this.#acts()) {
        work.withdraw(entry.run);
        work.offer(this.#offering(entry));
      }
    }
    for (const lane of admission.lanes()) {
      if (lane.pauseOver(now))
        this.#command(lane.provider, { type: 'ResumeProvider', provider: lane.provider, automatic: true });
    }
    this.#pump();
    this.#cancelSweep = environment.timers.after(SWEEP, () => this.#sweep());
  }
}
