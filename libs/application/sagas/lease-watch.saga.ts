import { scheduleAggregate, type Actors } from '#lib/application/actors';
import type { StoredEvent } from '#lib/contracts/events';
import {
  shardLease,
  shardOf,
  type AttemptRef,
  type Heartbeat,
  type HeartbeatAnswer,
} from '#lib/contracts/messages';
import { LRUCache } from 'lru-cache';
import { parseStream, scheduleStream } from '#lib/contracts/streams';
import type { Millis } from '#lib/domain/kernel';
import type { Environment, Leases } from '#lib/ports';
import type { Saga, WorkIndex } from './saga.js';

/**
 * Notices executors that died. A lease runs from `RunStarted` and is renewed by heartbeats, on the monotonic clock,
 * so that a step of the wall clock neither ends nor prolongs one. When it is over, the schedule fails the attempt,
 * and the fence makes whatever the executor still reports refusable.
 *
 * If this process itself stood still for longer than half a lease, nobody's silence proves anything: everyone gets
 * another half lease to be heard. The same goes for a shard that was just won: this node may have been the one that
 * could not hear.
 */
export type LeaseWatchOptions = {
  readonly actors: Actors;
  readonly environment: Environment;
  readonly leases: Leases;
  readonly leaseMs: Millis;
  readonly onError: (run: string, error: unknown) => void;
};

type Lease = {
  readonly schedule: string;
  readonly tenant: string;
  readonly attempt: number;
  readonly fence: number;
  /** Of the shard's lease when this node last looked. */
  epoch: number;
  endsAt: Millis;
  expiring: boolean;
};

export class LeaseWatchSaga implements Saga {
  readonly name = 'lease-watch';
  readonly #leases = new Map<string, Lease>();
  /** Fences of attempts that ended lately: an executor that still runs one missed being told. */
  readonly #ended = new LRUCache<string, number>({ max: 20_000 });
  #lastSweep = 0;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(private readonly options: LeaseWatchOptions) {}

  start(index: WorkIndex): void {
    for (const run of index.openRuns()) {
      if (run.status === 'running' && run.fence !== undefined) {
        this.#watch(run.run, {
          schedule: run.schedule,
          tenant: run.tenant,
          attempt: run.attempt,
          fence: run.fence,
        });
      }
    }
    this.#lastSweep = this.options.environment.clock.monotonic();
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  handle(event: StoredEvent): void {
    switch (event.type) {
      case 'RunStarted': {
        const schedule = parseStream(event.stream)?.id ?? '';
        const { run, attempt, fence } = event.data;
        return this.#watch(run, { schedule, tenant: event.metadata.tenant, attempt, fence });
      }
      case 'RunSucceeded':
      case 'RunFailed':
      case 'RunSnoozed':
      case 'RunCancelled':
      case 'RunAbandoned':
        return this.#end(event.data.run);
      default:
        return undefined;
    }
  }

  /** Renews the leases of an executor's runs and says which of them it should drop. */
  heartbeat(beat: Heartbeat): HeartbeatAnswer {
    const cancel: string[] = [];
    for (const held of beat.running) if (!this.heard(held)) cancel.push(held.run);
    return { cancel };
  }

  /** Whoever holds this attempt is alive: its lease begins anew. False when it is known to be held no more. */
  heard({ run, attempt, fence }: Pick<AttemptRef, 'run' | 'attempt' | 'fence'>): boolean {
    const lease = this.#leases.get(run);
    if (lease === undefined) return this.#ended.get(run) !== fence;
    if (lease.attempt !== attempt || lease.fence !== fence) return false;
    lease.endsAt = this.options.environment.clock.monotonic() + this.options.leaseMs;
    return true;
  }

  get size(): number {
    return this.#leases.size;
  }

  #end(run: string): void {
    const lease = this.#leases.get(run);
    if (lease === undefined) return;
    this.#leases.delete(run);
    this.#ended.set(run, lease.fence);
  }

  #watch(run: string, lease: Omit<Lease, 'endsAt' | 'expiring' | 'epoch'>): void {
    this.#leases.set(run, {
      ...lease,
      epoch: this.options.leases.epoch(shardLease(shardOf(lease.schedule))),
      endsAt: this.options.environment.clock.monotonic() + this.options.leaseMs,
      expiring: false,
    });
  }

  #arm(): void {
    if (this.#stopped) return;
    this.#cancel = this.options.environment.timers.after(this.options.leaseMs / 8, () => {
      this.#sweep();
      this.#arm();
    });
  }

  #sweep(): void {
    const { environment, leaseMs, leases } = this.options;
    const now = environment.clock.monotonic();
    const stoodStill = now - this.#lastSweep > leaseMs / 2;
    this.#lastSweep = now;
    for (const [run, lease] of this.#leases) {
      const shard = shardLease(shardOf(lease.schedule));
      if (!leases.holds(shard)) continue;
      const won = lease.epoch !== leases.epoch(shard);
      lease.epoch = leases.epoch(shard);
      if (stoodStill || won) lease.endsAt = Math.max(lease.endsAt, now + leaseMs / 2);
      else if (lease.endsAt <= now && !lease.expiring) void this.#expire(run, lease);
    }
  }

  async #expire(run: string, lease: Lease): Promise<void> {
    const { actors, environment, onError } = this.options;
    lease.expiring = true;
    try {
      const command = {
        type: 'ExpireLease',
        run,
        attempt: lease.attempt,
        fence: lease.fence,
        fraction: environment.random.fraction(),
      } as const;
      const context = {
        tenant: lease.tenant,
        actor: 'saga:lease-watch',
        correlation: environment.ids.next(),
      };
      const stream = scheduleStream(lease.schedule);
      const answer = await actors.execute(scheduleAggregate, stream, command, context);
      // Refused: the run is over, and its event will say so here; or it is not, and the next sweep asks again.
      if (!answer.ok) lease.expiring = false;
      else if (this.#leases.get(run) === lease) this.#leases.delete(run);
    } catch (error) {
      // Tried again at the next sweep.
      lease.expiring = false;
      onError(run, error);
    }
  }
}
