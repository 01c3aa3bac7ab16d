import type { Instant, Millis } from '#lib/domain/kernel';
import { providerEntry, type Circuit, type ProviderLimits } from '#lib/domain/provider';
import { priorities, type Priority } from '#lib/domain/schedule';
import { FairQueue } from './fair-queue.js';
import { Shares, type Share } from './shares.js';
import type { TenantShare, Tenants } from './tenants.js';
import { StartWindow } from './start-window.js';

/** A run that waits, was offered to executors, or is running. `band` is its priority, lifted by ageing while it waits. */
export type QueuedRun = {
  readonly run: string;
  readonly schedule: string;
  /** The schedule's, at hand: a name that is put together again is another string, and looked up among all there are. */
  readonly stream: string;
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly priority: Priority;
  /** Of what made the run; unknown after a restart. */
  readonly correlation?: string | undefined;
  attempt: number;
  queuedAt: Instant;
  phase: 'waiting' | 'offered' | 'running';
  band: number;
  /** The log says that it waits; of one whose decision is on its way there, that is not known. */
  known: boolean;
  /** On the monotonic clock: by then somebody should have claimed what was offered. */
  offerAgainAt: Millis;
  /** Monotonic instant of its first offer by this node. */
  offeredSince: Millis | undefined;
  /** Times it was offered. */
  repeat: number;
  /** What its user has busy with this provider, and what its connection has. */
  readonly userShare: Share;
  readonly connectionShare: Share;
  /** What its tenant has busy, over all providers. */
  readonly tenantShare: TenantShare;
};

export const bandOf = (priority: Priority): number => priorities.indexOf(priority);
export const BANDS = priorities.length;

/** Why a provider admits nothing now, in the order in which it is asked; also the metric's label. */
export type Blocked =
  'provider_paused' | 'circuit_open' | 'provider_held' | 'provider_concurrency' | 'rate_budget';

type Seat = {
  readonly entry: QueuedRun;
  readonly band: number;
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
};

/** The last starts with a provider, as many as its rate counts, the oldest first: what happened before this process. */
export type RecallStarts = (
  provider: string,
  rate: NonNullable<ProviderLimits['rate']>,
) => readonly Instant[];

/** One provider's share of admission: its limits, its breaker, and who waits for it, by priority band. */
export class Lane {
  /** What each user has with this provider. */
  readonly users = new Shares();
  readonly #bands: readonly FairQueue<Seat>[];
  #limits: ProviderLimits;
  #window: StartWindow | undefined;
  #pausedUntil: Instant | undefined;
  #circuit: Circuit = { status: 'closed' };
  #heldUntil = Number.NEGATIVE_INFINITY;
  waiting = 0;
  running = 0;

  constructor(
    readonly provider: string,
    private readonly recall: RecallStarts,
    private readonly tenants: Tenants,
  ) {
    const live = (seat: Seat): boolean => seat.entry.phase === 'waiting' && seat.entry.band === seat.band;
    const turns = {
      open: (tenant: string) => tenants.isOpen(tenant),
      weight: (tenant: string) => tenants.find(tenant)?.limits.weight ?? 1,
    };
    this.#bands = Array.from({ length: BANDS }, () => new FairQueue<Seat>(live, turns));
    this.#limits = providerEntry(provider).limits;
    this.#setWindow();
  }

  get limits(): ProviderLimits {
    return this.#limits;
  }

  get circuit(): Circuit {
    return this.#circuit;
  }

  /** Starts that were counted so far are counted by the new ones too. */
  set limits(limits: ProviderLimits) {
    this.#limits = limits;
    this.#setWindow();
  }

  set circuit(circuit: Circuit) {
    this.#circuit = circuit;
  }

  pause(until: Instant | undefined): void {
    this.#pausedUntil = until ?? Number.POSITIVE_INFINITY;
  }

  resume(): void {
    this.#pausedUntil = undefined;
  }

  /** Nothing waits or runs here, and nothing is to be ended. */
  get idle(): boolean {
    return this.waiting + this.running === 0 && this.#pausedUntil === undefined;
  }

  /** Paused until an instant that has passed: time to resume. */
  pauseOver(now: Instant): boolean {
    return this.#pausedUntil !== undefined && this.#pausedUntil <= now;
  }

  /** The provider said when to come back: nothing starts before. */
  hold(until: Instant): void {
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  push(entry: QueuedRun): void {
    const { band, tenant, user, connection } = entry;
    this.#bands[band]?.push({ entry, band, tenant, user, connection });
  }

  /** What stops the lane, and until when where that is known; undefined: nothing does. */
  blocked(now: Instant): { readonly why: Blocked; readonly until?: Instant } | undefined {
    if (this.#pausedUntil !== undefined) return until('provider_paused', this.#pausedUntil);
    if (this.#circuit.status === 'open') {
      if (now < this.#circuit.until) return until('circuit_open', this.#circuit.until);
      // Half open: one probe at a time.
      if (this.running > 0) return { why: 'circuit_open' };
    }
    if (now < this.#heldUntil) return until('provider_held', this.#heldUntil);
    if (this.running >= this.#limits.concurrency) return { why: 'provider_concurrency' };
    const freeAt = this.#window?.freeAt(now) ?? now;
    return freeAt > now ? until('rate_budget', freeAt) : undefined;
  }

  /** The next run of a band whose user and connection have room. */
  take(band: number, perConnection: number): QueuedRun | undefined {
    return this.#bands[band]?.take(({ entry }) => this.hasRoom(entry, perConnection))?.entry;
  }

  /** Its tenant, its user and its connection have room. */
  hasRoom({ userShare, connectionShare, tenantShare }: QueuedRun, perConnection: number): boolean {
    return (
      this.tenants.hasRoom(tenantShare) &&
      userShare.busy < this.#limits.userConcurrency &&
      connectionShare.busy < perConnection
    );
  }

  started(now: Instant): void {
    this.running += 1;
    this.#window?.record(now);
  }

  #setWindow(): void {
    const { rate } = this.#limits;
    const counted = this.#window?.recent ?? [];
    this.#window = rate === undefined ? undefined : new StartWindow(rate.starts, rate.perMs);
    if (rate === undefined) return;
    const [first = Infinity] = counted;
    const earlier = this.recall(this.provider, rate).filter((at) => at < first);
    for (const at of [...earlier, ...counted]) this.#window?.record(at);
  }
}

const until = (why: Blocked, instant: Instant): { readonly why: Blocked; readonly until?: Instant } =>
  Number.isFinite(instant) ? { why, until: instant } : { why };
