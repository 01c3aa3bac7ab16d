import { Actors, bulkAggregate, scheduleAggregate } from '#lib/application/actors';
import { decodeEvent } from '#lib/contracts/events';
import { bulkStream, scheduleStream } from '#lib/contracts/streams';
import { isAsked, type AskedBulkChange, type BulkChange, type BulkItem } from '#lib/domain/bulk';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import type { EventStore } from '#lib/event-store/port';
import type { Leases } from '#lib/ports';
import { passing, until, VirtualTime } from '#lib/ports/testing';
import { BulkChangeSaga } from '../bulk-change.saga.js';

export const context = { tenant: 'default', actor: 'api:ann', correlation: 'c' };
export const pause: BulkChange = { action: 'pause', note: 'maintenance' };
export const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `s${n}`);

/** A process on the log, which finds in it what is open. */
class Node {
  readonly actors: Actors;
  readonly saga: BulkChangeSaga;
  readonly errors: string[] = [];
  #shown = 0;
  #following = true;

  constructor(
    private readonly house: House,
    log: EventStore,
  ) {
    const environment = passing(house.time);
    const { leases } = house;
    this.actors = new Actors({ store: log, environment, capacity: 1_000, snapshotEvery: 1_000 });
    const onError = (what: string): void => void this.errors.push(what);
    this.saga = new BulkChangeSaga({ actors: this.actors, store: log, environment, leases, onError });
  }

  /** `open`: as the read model would have it. It is shown what comes from here on. */
  start(open: readonly string[] = []): this {
    this.saga.start(open);
    void this.#follow();
    return this;
  }

  async #follow(): Promise<void> {
    this.#shown = await this.house.store.head();
    while (this.#following) {
      for (const recorded of await this.house.store.readAll(this.#shown, 1_000)) {
        this.#shown = recorded.position;
        const event = decodeEvent(recorded);
        if (event !== undefined && this.saga.types.some((type) => type === event.type))
          this.saga.handle(event as Parameters<BulkChangeSaga['handle']>[0]);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async stop(): Promise<void> {
    this.#following = false;
    await this.saga.stop();
  }

  async bulk(id: string): Promise<AskedBulkChange> {
    const { state } = await this.actors.read(bulkAggregate, bulkStream(id));
    if (!isAsked(state)) throw new Error(`${id} was not asked for`);
    return state;
  }

  /** Until nothing more is to be done about it. */
  async over(id: string): Promise<AskedBulkChange> {
    await until(async () => ['completed', 'undone'].includes((await this.bulk(id)).status));
    return this.bulk(id);
  }
}

/** A log, what is asked of it, and the process that carries it out, once it is started. */
export class House {
  readonly time = new VirtualTime(T0);
  readonly store = new MemoryEventStore();
  /** Whether the lease is held. */
  held = true;
  #changed: () => void = () => {};
  readonly leases: Leases = {
    holds: () => this.held,
    epoch: () => 1,
    onChange: (listener) => {
      this.#changed = listener;
      return () => {};
    },
  };
  node: Node = this.process();

  /** Another one on the same log. */
  process(log: EventStore = this.store): Node {
    return new Node(this, log);
  }

  /** The lease is held from here on. */
  grant(): void {
    this.held = true;
    this.#changed();
  }

  async made(ids: readonly string[]): Promise<readonly BulkItem[]> {
    for (const id of ids) {
      const command = { type: 'CreateSchedule', id, definition: definition({ connection: id }) } as const;
      await this.node.actors.execute(scheduleAggregate, scheduleStream(id), command, context);
    }
    return ids.map((schedule) => ({ schedule, version: 1, inverse: { action: 'resume' } }));
  }

  async ask(id: string, items: readonly BulkItem[], change: BulkChange = pause): Promise<void> {
    const { actors } = this.node;
    const stream = bulkStream(id);
    const counts = { matched: items.length, unchanged: 0, refused: {} };
    await actors.execute(bulkAggregate, stream, { type: 'PlanBulkChange', id, from: 0, items }, context);
    const request = { type: 'RequestBulkChange', id, change, filter: {}, ...counts } as const;
    await actors.execute(bulkAggregate, stream, request, context);
  }

  async undo(id: string): Promise<void> {
    const command = { type: 'UndoBulkChange', id } as const;
    const as = { ...context, actor: 'api:ben' };
    await this.node.actors.execute(bulkAggregate, bulkStream(id), command, as);
  }

  async typesOf(schedule: string): Promise<readonly string[]> {
    return (await this.store.readStream(scheduleStream(schedule))).map(({ type }) => type);
  }
}
