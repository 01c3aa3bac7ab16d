import TinyQueue from 'tinyqueue';
import { scheduleAggregate, type Actors } from '#lib/application/actors';
import type { StoredEvent } from '#lib/contracts/events';
import { shardLeaseOf, shardLeases } from '#lib/contracts/messages';
import { parseStream, scheduleStream } from '#lib/contracts/streams';
import { MINUTE, SECOND, type Instant } from '#lib/domain/kernel';
import { wakeAt } from '#lib/domain/schedule';
import type { Environment, Leases } from '#lib/ports';
import type { Saga, WakeUp, WorkIndex } from './saga.js';

/**
 * Time becomes facts. Keeps the wake-ups of the near future in a heap; at the instant, the schedule is told to
 * advance and decides everything that is due. Advancing twice decides nothing twice, so what is kept here may be
 * stale or lost: the index of wake-ups has it all, and is read again every minute.
 *
 * A timer is a hint. It sleeps a second at most, and each time the wall clock is read anew: a suspended machine or a
 * stepped clock is noticed within that second, and a timer that fires early finds nothing due and sleeps on.
 *
 * Where several nodes share the work, each advances the schedules of the shards that it holds. The others' wake-ups are
 * dropped when they are due; whoever wins a shard reads its overdue ones from the index.
 */
export type TimingOptions = {
  readonly actors: Actors;
  readonly environment: Environment;
  readonly leases: Leases;
  readonly index: WorkIndex;
  /** Resolves once the index reflects the log up to a position. */
  readonly indexed: (position: number) => Promise<unknown>;
  readonly onError: (schedule: string, error: unknown) => void;
};

const HORIZON = 5 * MINUTE;
const REFILL = 2 * MINUTE;
const LONGEST = SECOND;
/** Wake-ups that follow each other within so many milliseconds are not worth being on time for to a fraction of one. */
const DENSE = 20;
/** Advances in flight: enough to fill group commits, few enough to leave room for everybody else. */
const IN_FLIGHT = 512;
const FAILURE_PAUSE = SECOND;
const PAGE = 10_000;
/** Wake-ups taken from the index in one go: a million overdue ones must not hold up the first; fewer at the start. */
const MOST = 20_000;
const AT_THE_START = 2_000;

/**
 * A wake-up in memory: of the schedule's stream, by the name that its events and its actor have. Another string of the same
 * name costs a look-up among all strings each time that it is a map's key.
 */
type Due = { readonly stream: string; readonly tenant: string; readonly wakeAt: Instant };

const idOf = (stream: string): string => parseStream(stream)?.id ?? '';

export class TimingSaga implements Saga {
  readonly name = 'timing';
  readonly #heap = new TinyQueue<Due>([], (a, b) => a.wakeAt - b.wakeAt);
  /** The wake-up that counts for each schedule's stream; heap entries that differ are stale. */
  readonly #current = new Map<string, Instant>();
  readonly #advancing = new Set<string>();
  /** Whatever is due before is in memory, where this node is to see to it. */
  #horizon = 0;
  /** More is due than was taken: the rest is fetched when half of it is done. */
  #more = false;
  /** Most that the last refill took; 0: there was none yet. */
  #taken = 0;
  #seen = 0;
  #cancel: (() => void) | undefined;
  #forget: (() => void) | undefined;
  #armedFor = Number.POSITIVE_INFINITY;
  #refillAt = 0;
  #stopped = false;

  constructor(private readonly options: TimingOptions) {}

  start(): void {
    this.#refill();
    this.#fire();
    const { leases, environment } = this.options;
    this.#forget = leases.onChange(() => this.#refillSoon(environment.clock.now()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#forget?.();
    while (this.#advancing.size > 0)
      await new Promise<void>((resolve) => this.options.environment.timers.soon(resolve));
  }

  /** Wake-ups in memory. */
  get size(): number {
    return this.#current.size;
  }

  handle(event: StoredEvent): void {
    this.#seen = event.position;
    const at = event.metadata.wakeAt;
    if (at === undefined) return;
    const { stream, metadata } = event;
    this.#set({ stream, tenant: metadata.tenant, wakeAt: at ?? Number.POSITIVE_INFINITY });
  }

  /** How many it added: one or none. */
  #set(due: Due): number {
    const { stream, wakeAt: at } = due;
    if (at >= this.#horizon) {
      this.#current.delete(stream);
      return 0;
    }
    if (this.#current.get(stream) === at) return 0;
    this.#current.set(stream, at);
    this.#heap.push(due);
    if (at < this.#armedFor) this.#arm(at);
    return 1;
  }

  #refill(): void {
    const now = this.options.environment.clock.now();
    this.#horizon = now + HORIZON;
    this.#refillAt = now + REFILL;
    this.#more = false;
    if (!shardLeases.some((shard) => this.options.leases.holds(shard))) return;
    const most = this.#taken === 0 ? AT_THE_START : MOST;
    this.#taken = most;
    let added = 0;
    let after: { wakeAt: Instant; schedule: string } | undefined;
    for (;;) {
      const page = this.options.index.wakeUpsBefore(this.#horizon, Math.min(PAGE, most), after);
      for (const wakeUp of page) added += this.#setIndexed(wakeUp);
      const last = page.at(-1);
      if (last === undefined || page.length < Math.min(PAGE, most)) return;
      if (added >= most) {
        this.#horizon = last.wakeAt;
        this.#more = true;
        return;
      }
      after = { wakeAt: last.wakeAt, schedule: last.schedule };
    }
  }

  /** What the log said since is newer than the index; and other nodes see to their own. */
  #setIndexed({ schedule, tenant, wakeAt: at }: WakeUp): number {
    const stream = scheduleStream(schedule);
    const wanted = !this.#current.has(stream) && !this.#advancing.has(stream) && this.#holds(schedule);
    return wanted ? this.#set({ stream, tenant, wakeAt: at }) : 0;
  }

  #holds(schedule: string): boolean {
    return this.options.leases.holds(shardLeaseOf(schedule));
  }

  #arm(at: Instant): void {
    if (this.#stopped) return;
    this.#cancel?.();
    this.#armedFor = at;
    const { clock, timers } = this.options.environment;
    const left = at - clock.now();
    // Where wake-ups are dense, somebody is always about to be due: on time for each would be at work all the time.
    const fine = left > DENSE && left <= LONGEST && at === this.#heap.peek()?.wakeAt;
    const delay = Math.min(Math.max(left, 0), LONGEST);
    this.#cancel = timers.after(delay, () => this.#fire(), fine ? 'fine' : undefined);
  }

  #fire(): void {
    if (this.#stopped) return;
    this.#armedFor = Number.POSITIVE_INFINITY;
    const now = this.options.environment.clock.now();
    // A clock set back leaves the next refill too far ahead: bring it near again.
    if (now >= this.#refillAt || this.#refillAt - now > REFILL) this.#refillSoon(now);
    this.#advanceDue(now);
    const next = this.#heap.peek();
    this.#arm(next === undefined || this.#advancing.size >= IN_FLIGHT ? now + LONGEST : next.wakeAt);
  }

  #refillSoon(now: Instant): void {
    this.#refillAt = now + REFILL;
    this.#more = false;
    this.options.indexed(this.#seen).then(
      () => {
        if (this.#stopped) return;
        this.#refill();
        this.#arm(this.options.environment.clock.now());
      },
      (error: unknown) => this.options.onError('(index)', error),
    );
  }

  #advanceDue(now: Instant): void {
    if (this.#more && this.#heap.length < this.#taken / 2) this.#refillSoon(now);
    while (this.#advancing.size < IN_FLIGHT) {
      const due = this.#heap.peek();
      if (due === undefined || due.wakeAt > now) return;
      this.#heap.pop();
      if (this.#current.get(due.stream) !== due.wakeAt) continue;
      this.#current.delete(due.stream);
      if (this.#advancing.has(due.stream)) continue;
      if (this.#holds(idOf(due.stream))) void this.#advance(due);
    }
  }

  async #advance({ stream, tenant }: Due): Promise<void> {
    const { actors, environment, onError } = this.options;
    this.#advancing.add(stream);
    let again: Instant | undefined;
    try {
      const command = { type: 'AdvanceSchedule', fraction: environment.random.fraction() } as const;
      const context = { tenant, actor: 'saga:timing', correlation: environment.ids.next() };
      const answer = await actors.execute(scheduleAggregate, stream, command, context);
      if (answer.ok) again = wakeAt(answer.state);
      // Nothing was due after all, and still it wants to be woken now: not at once, or it would spin.
      if (answer.ok && answer.events.length === 0 && again !== undefined)
        again = Math.max(again, environment.clock.now() + FAILURE_PAUSE / 10);
    } catch (error) {
      again = environment.clock.now() + FAILURE_PAUSE;
      // The first word is a metric's label: no id.
      onError(`advance ${idOf(stream)}`, error);
    } finally {
      this.#advancing.delete(stream);
    }
    if (again !== undefined) this.#set({ stream, tenant, wakeAt: again });
    if (this.#advancing.size >= IN_FLIGHT / 2 || this.#stopped) return;
    this.#advanceDue(environment.clock.now());
    const next = this.#heap.peek();
    if (next !== undefined && next.wakeAt < this.#armedFor && this.#advancing.size < IN_FLIGHT)
      this.#arm(next.wakeAt);
  }
}
