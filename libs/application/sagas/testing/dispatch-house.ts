import { Actors, providerAggregate } from '#lib/application/actors';
import { Admission } from '#lib/application/admission';
import { decodeEvent, type StoredEvent } from '#lib/contracts/events';
import { DISPATCH_LEASE, type WorkItem } from '#lib/contracts/messages';
import { providerStream, scheduleStream } from '#lib/contracts/streams';
import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { WorkDistribution } from '#lib/messaging/port';
import type { Leases } from '#lib/ports';
import { nthId, passing, VirtualTime } from '#lib/ports/testing';
import { DispatchSaga } from '../dispatch.saga.js';
import type { IndexedRun } from '../saga.js';

let position = 0;
export const event = (type: string, run: string, data: object = {}): StoredEvent =>
  ({
    id: nthId((position += 1)),
    type,
    data: { run, attempt: 1, ...data },
    stream: scheduleStream(`s-${run}`),
    revision: position,
    position,
    metadata: { v: 1, at: T0, tenant: 'default', actor: 'test', correlation: 'c' },
  }) as unknown as StoredEvent;
export const queued = (run: string, more: object = {}): StoredEvent =>
  event('RunQueued', run, { priority: 'normal', user: run, connection: run, provider: PROVIDER, ...more });
const broken = { class: 'TRANSIENT', code: 'http_500', message: 'of ann' };

export const PROVIDER = 'anything';
export const breaker = { failures: 3, openMs: MINUTE, maxOpenMs: HOUR };

/** Whoever takes work, and is told of it. */
class Work {
  readonly told: string[] = [];
  lost: (run?: string) => void = () => {};

  readonly port = {
    offer: ({ run, epoch, repeat }: WorkItem) => void this.told.push(`offer ${run} ${epoch} ${repeat}`),
    onLost: (listener: (run?: string) => void) => void (this.lost = listener),
    withdraw: (run: string) => void this.told.push(`withdraw ${run}`),
    cancel: (run: string) => void this.told.push(`cancel ${run}`),
    settled: () => {},
  } as unknown as WorkDistribution;

  /** What it was told since it was asked last. */
  get news(): readonly string[] {
    return this.told.splice(0);
  }
}

/** One lease, held or not. */
class Lease implements Leases {
  held = true;
  #epoch = 1;
  #changed: () => void = () => {};
  holds = (lease: string): boolean => lease === DISPATCH_LEASE && this.held;
  epoch = (): number => this.#epoch;
  onChange(listener: () => void): () => void {
    this.#changed = listener;
    return () => {};
  }
  pass(held: boolean): void {
    this.held = held;
    this.#epoch += 1;
    this.#changed();
  }
}

/** A node that may dispatch to one provider, which takes nine at once, beside a global limit of two. */
export async function house({ open = [] as readonly IndexedRun[], held = true, placed = false } = {}) {
  const time = new VirtualTime(T0);
  const environment = passing(time);
  const store = new MemoryEventStore();
  const actors = new Actors({ store, environment, capacity: 10, snapshotEvery: 100 });
  const admission = new Admission({ global: 2, connection: 1, ageingMs: HOUR });
  const lease = new Lease();
  lease.held = held;
  const work = new Work();
  const errors: string[] = [];
  const begun: string[] = [];
  const saga = new DispatchSaga({
    actors,
    admission,
    environment,
    leases: lease,
    work: work.port,
    placeStart: ({ run }) => placed && begun.push(run) > 0,
    onError: (what) => void errors.push(what),
  });
  saga.start({ openRuns: () => open, wakeUpsBefore: () => [] });
  let shown = 0;
  /** Everything that is ready has run, and what it stored of the provider was shown. */
  const settle = async (): Promise<void> => {
    await time.settle();
    const events = await store.readStream(providerStream(PROVIDER), { from: shown });
    shown += events.length;
    for (const event of events) saga.handle(decodeEvent(event) as StoredEvent);
    await time.settle();
  };
  const provider = async (): Promise<readonly string[]> =>
    (await store.readStream(providerStream(PROVIDER), { from: 1 })).map(({ type }) => type);
  const pass = async (ms: number): Promise<void> => {
    // Step by step, as it passes: a timer that is set by another is due in its turn.
    for (let left = ms; left > 0; left -= Math.min(left, SECOND)) {
      time.advance(Math.min(left, SECOND));
      await settle();
    }
  };
  const limits = { concurrency: 9, userConcurrency: 9, breaker };
  const change = { type: 'ChangeProviderLimits', provider: PROVIDER, limits } as const;
  const context = { tenant: 'default', actor: 'test', correlation: 'c' };
  await actors.execute(providerAggregate, providerStream(PROVIDER), change, context);
  await settle();
  const show = async (...events: readonly StoredEvent[]): Promise<void> => {
    for (const each of events) {
      saga.handle(each);
      await settle();
    }
  };
  /** Queued, offered, begun, and failed. */
  const fails = async (run: string, error: object = broken): Promise<void> => {
    await show(queued(run), event('RunStarted', run), event('RunFailed', run, { error }));
  };
  return { time, saga, admission, lease, work, errors, begun, settle, provider, pass, show, fails };
}
