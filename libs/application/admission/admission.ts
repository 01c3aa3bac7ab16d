import type { Instant, Millis } from '#lib/domain/kernel';
import { BANDS, Lane, bandOf, type Blocked, type QueuedRun, type RecallStarts } from './lane.js';
import { Shares } from './shares.js';
import { Tenants } from './tenants.js';

/**
 * Decides which waiting run starts next. A run is admitted when everything allows it: the global limit, its provider
 * (pause, breaker, hold, concurrency, rate budget), its tenant, its user, its connection. Among those allowed the highest
 * priority goes first, providers take turns, and within a provider tenants, by their weight, users and connections do.
 * Waiting lifts a run by one priority each `ageingMs`, so that nothing waits for ever.
 *
 * Slots follow from events (`settle` on each event that ends an attempt), so they cannot leak.
 */
export type AdmissionLimits = {
  readonly global: number;
  readonly connection: number;
  /** Of each tenant for whom none is set. Absent: what the service runs. */
  readonly tenant?: number | undefined;
  readonly ageingMs: Millis;
};

export type NewRun = Omit<
  QueuedRun,
  | 'phase'
  | 'band'
  | 'known'
  | 'offerAgainAt'
  | 'offeredSince'
  | 'repeat'
  | 'userShare'
  | 'connectionShare'
  | 'tenantShare'
>;

/** Why runs that wait do not start. */
export type Stop = Blocked | 'global_concurrency' | 'tenant_concurrency';

export class Admission {
  readonly #lanes = new Map<string, Lane>();
  readonly #runs = new Map<string, QueuedRun>();
  readonly #connections = new Shares();
  readonly tenants: Tenants;
  /** Waiting runs by arrival, for ageing: each band's oldest first. */
  readonly #ages: QueuedRun[][] = Array.from({ length: BANDS }, () => []);
  /** Share of the global limit in force: lowered while executors report overload. */
  #throttle = 1;
  busy = 0;

  /** `recall`: what providers with a rate were asked before this process. Default: nothing. */
  constructor(
    private readonly limits: AdmissionLimits,
    private readonly recall: RecallStarts = () => [],
  ) {
    this.tenants = new Tenants(limits.tenant);
  }

  lane(provider: string): Lane {
    let lane = this.#lanes.get(provider);
    if (lane === undefined) this.#lanes.set(provider, (lane = new Lane(provider, this.recall, this.tenants)));
    return lane;
  }

  /** Those of which there is something to tell: whoever names a provider makes a lane, and nobody takes it away. */
  *lanes(): Generator<Lane> {
    for (const lane of this.#lanes.values()) if (!lane.idle) yield lane;
  }

  find(run: string): QueuedRun | undefined {
    return this.#runs.get(run);
  }

  runs(): IterableIterator<QueuedRun> {
    return this.#runs.values();
  }

  get nobodyWaits(): boolean {
    for (const lane of this.#lanes.values()) if (lane.waiting > 0) return false;
    return true;
  }

  get capacity(): number {
    return Math.max(1, Math.round(this.limits.global * this.#throttle));
  }

  /** Half as much while someone is overloaded, a tenth more at each calm report. */
  adapt(overloaded: boolean): void {
    this.#throttle = overloaded
      ? Math.max(this.#throttle / 2, 1 / this.limits.global)
      : Math.min(1, this.#throttle + 0.1);
  }

  enqueue(fresh: NewRun): void {
    const present = this.#runs.get(fresh.run);
    if (present !== undefined) {
      present.known ||= present.attempt === fresh.attempt;
      if (present.attempt >= fresh.attempt) return;
      this.settle(fresh.run, present.attempt);
    }
    const entry = this.#entry(fresh, 'waiting');
    this.#runs.set(entry.run, entry);
    this.#wait(entry);
  }

  #entry(fresh: NewRun, phase: 'waiting' | 'offered'): QueuedRun {
    const { tenant, user, connection, provider } = fresh;
    return {
      ...fresh,
      userShare: this.lane(provider).users.of(tenant, user),
      connectionShare: this.#connections.of(tenant, connection),
      tenantShare: this.tenants.of(tenant),
      phase,
      known: phase === 'waiting',
      band: bandOf(fresh.priority),
      offerAgainAt: Number.POSITIVE_INFINITY,
      offeredSince: undefined,
      repeat: 0,
    };
  }

  #leave(entry: QueuedRun): void {
    this.lane(entry.provider).users.leave(entry.userShare);
    this.#connections.leave(entry.connectionShare);
    this.tenants.leave(entry.tenantShare);
  }

  #wait(entry: QueuedRun): void {
    const lane = this.lane(entry.provider);
    lane.waiting += 1;
    lane.push(entry);
    if (entry.band < BANDS - 1) this.#ages[entry.band]?.push(entry);
  }

  /**
   * For a run that is about to be decided: takes its slots at once where nothing stands in its way and nobody with the
   * provider waits. False: it is to be queued. One that is not decided after all is released.
   */
  reserve(fresh: NewRun, now: Instant): boolean {
    const lane = this.lane(fresh.provider);
    if (this.busy >= this.capacity || lane.waiting > 0 || lane.blocked(now) !== undefined) return false;
    if (this.#runs.has(fresh.run)) return false;
    const entry = this.#entry(fresh, 'offered');
    if (!lane.hasRoom(entry, this.limits.connection)) {
      this.#leave(entry);
      return false;
    }
    this.#runs.set(entry.run, entry);
    lane.started(now);
    this.#occupy(entry, 1);
    return true;
  }

  /** Reserved for a decision that was not stored. Another node may have decided the same meanwhile: then it waits. */
  release(run: string, attempt: number): void {
    const entry = this.#runs.get(run);
    if (entry?.attempt !== attempt) return;
    if (!entry.known) this.settle(run, attempt);
    else if (entry.phase === 'offered') this.#withdraw(entry);
  }

  /** The next run to offer, its slots taken; undefined when nothing may start now. */
  admit(now: Instant): QueuedRun | undefined {
    if (this.busy >= this.capacity) return undefined;
    for (let band = BANDS - 1; band >= 0; band -= 1) {
      for (const lane of this.#lanes.values()) {
        if (lane.waiting === 0 || lane.blocked(now) !== undefined) continue;
        const entry = lane.take(band, this.limits.connection);
        if (entry !== undefined) return this.#start(entry, lane, now);
      }
    }
    return undefined;
  }

  #start(entry: QueuedRun, lane: Lane, now: Instant): QueuedRun {
    entry.phase = 'offered';
    lane.waiting -= 1;
    lane.started(now);
    this.#occupy(entry, 1);
    if (this.#lanes.size > 1) {
      // To the back of the providers' ring.
      this.#lanes.delete(lane.provider);
      this.#lanes.set(lane.provider, lane);
    }
    return entry;
  }

  #occupy(entry: QueuedRun, by: 1 | -1): void {
    this.busy += by;
    entry.userShare.busy += by;
    entry.connectionShare.busy += by;
    entry.tenantShare.busy += by;
  }

  /**
   * An executor claimed the run. One that another node offered takes its slots here, and counts as started `at`; one that
   * was running before this process started takes its slots, and was counted then.
   */
  claimed(run: string, at?: Instant): void {
    const entry = this.#runs.get(run);
    if (entry === undefined) return;
    if (entry.phase === 'waiting') {
      const lane = this.lane(entry.provider);
      lane.waiting -= 1;
      if (at === undefined) lane.running += 1;
      else lane.started(at);
      this.#occupy(entry, 1);
    }
    entry.phase = 'running';
  }

  /** Nothing that was offered counts any more: it waits again, in its place by age. */
  withdrawOffers(): void {
    for (const entry of this.#runs.values()) if (entry.phase === 'offered') this.#withdraw(entry);
  }

  #withdraw(entry: QueuedRun): void {
    entry.phase = 'waiting';
    this.lane(entry.provider).running -= 1;
    this.#occupy(entry, -1);
    this.#wait(entry);
  }

  /** The attempt is over, or will not be: its slots are free. An event about an older attempt changes nothing. */
  settle(run: string, attempt: number): QueuedRun | undefined {
    const entry = this.#runs.get(run);
    if (entry === undefined || entry.attempt > attempt) return undefined;
    this.#runs.delete(run);
    const lane = this.lane(entry.provider);
    if (entry.phase === 'waiting') {
      lane.waiting -= 1;
    } else {
      lane.running -= 1;
      this.#occupy(entry, -1);
    }
    // A settled entry that still sits in a queue must not be taken from it.
    entry.band = -1;
    this.#leave(entry);
    return entry;
  }

  /** Lifts what has waited long enough by one band. */
  age(now: Instant): void {
    for (let band = BANDS - 2; band >= 0; band -= 1) {
      const ages = this.#ages[band] ?? [];
      let due = 0;
      for (const entry of ages) {
        const lifts = band - bandOf(entry.priority) + 1;
        if (
          entry.phase === 'waiting' &&
          entry.band === band &&
          entry.queuedAt + lifts * this.limits.ageingMs > now
        )
          break;
        due += 1;
        if (entry.phase !== 'waiting' || entry.band !== band) continue;
        entry.band = band + 1;
        this.lane(entry.provider).push(entry);
        if (entry.band < BANDS - 1) this.#ages[entry.band]?.push(entry);
      }
      if (due > 0) ages.splice(0, due);
    }
  }

  /** The earliest instant at which a lane that is stopped for a time may go on. */
  nextOpening(now: Instant): Instant | undefined {
    let least: Instant | undefined;
    for (const lane of this.#lanes.values()) {
      const opening = lane.waiting > 0 ? lane.blocked(now)?.until : undefined;
      if (opening !== undefined && (least === undefined || opening < least)) least = opening;
    }
    return least;
  }

  /** Why each provider with waiting runs is not served now: for a tenant, or for all of them. */
  stopped(now: Instant, tenant?: string): ReadonlyMap<string, Stop> {
    const full = tenant !== undefined && !this.tenants.isOpen(tenant) ? 'tenant_concurrency' : undefined;
    const reasons = new Map<string, Stop>();
    for (const lane of this.#lanes.values()) {
      const why =
        lane.waiting === 0
          ? undefined
          : (lane.blocked(now)?.why ?? (this.busy >= this.capacity ? 'global_concurrency' : full));
      if (why !== undefined) reasons.set(lane.provider, why);
    }
    return reasons;
  }
}
