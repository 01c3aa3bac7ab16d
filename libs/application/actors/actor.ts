import { decodeEvent } from '#lib/contracts/events';
import type { DomainEvent } from '#lib/domain/kernel';
import type { EventStore, RecordedEvent } from '#lib/event-store/port';
import type { Aggregate } from './aggregate.js';

/** The last commands that carried an idempotency key, with the answer they got. */
export type RecentCommand = {
  readonly key: string;
  readonly fingerprint: string;
  readonly revision: number;
  readonly position: number;
};

const RECENT_KEPT = 32;
const PAGE = 500;

/** A stream's state in memory. Touched only by whoever holds the stream's mailbox. */
export class Actor<State extends object, Command, E extends DomainEvent> {
  state: State;
  revision = -1;
  recent: readonly RecentCommand[] = [];
  /** Whose stream it is: the tenant of its first event. */
  tenant: string | undefined;
  /** Events since the last snapshot, written or read. */
  sinceSnapshot = 0;
  loaded = false;

  constructor(
    readonly aggregate: Aggregate<State, Command, E>,
    readonly stream: string,
  ) {
    this.state = aggregate.decider.initialState;
  }

  /** Brings the state up to the stream's end: from the snapshot when there is no state yet, then the tail. */
  async load(store: EventStore): Promise<void> {
    if (!this.loaded) await this.#fromSnapshot(store);
    for (;;) {
      const events = await store.readStream(this.stream, { from: this.revision + 1, limit: PAGE });
      for (const event of events) this.apply(event);
      if (events.length < PAGE) break;
    }
    this.loaded = true;
  }

  async #fromSnapshot(store: EventStore): Promise<void> {
    const snapshot = await store.readSnapshot(this.stream);
    if (snapshot?.version !== this.aggregate.snapshotVersion) return;
    const { state, recent, tenant } = snapshot.state as {
      state: State;
      recent: readonly RecentCommand[];
      tenant: string;
    };
    this.state = state;
    this.tenant = tenant;
    this.recent = recent;
    this.revision = snapshot.revision;
  }

  apply(recorded: RecordedEvent): void {
    const event = decodeEvent(recorded);
    if (event !== undefined) {
      this.state = this.aggregate.decider.evolve(this.state, event as unknown as E, recorded.metadata.at);
    }
    const { command, fingerprint } = recorded.metadata;
    if (command !== undefined && fingerprint !== undefined) {
      this.remember({ key: command, fingerprint, revision: recorded.revision, position: recorded.position });
    }
    this.tenant ??= recorded.metadata.tenant;
    this.revision = recorded.revision;
    this.sinceSnapshot += 1;
  }

  remember(command: RecentCommand): void {
    this.recent = [...this.recent.filter((known) => known.key !== command.key), command].slice(-RECENT_KEPT);
  }

  /** What another process appended, if it is the next event: saves reading it. Older ones change nothing. */
  follow(recorded: RecordedEvent): void {
    if (!this.loaded || recorded.revision <= this.revision) return;
    if (recorded.revision === this.revision + 1) this.apply(recorded);
    else this.forget();
  }

  /** Nothing is known any more: the next command reads the stream again. */
  forget(): void {
    this.state = this.aggregate.decider.initialState;
    this.revision = -1;
    this.recent = [];
    this.tenant = undefined;
    this.loaded = false;
  }

  async writeSnapshot(store: EventStore): Promise<void> {
    this.sinceSnapshot = 0;
    const { state, recent, tenant, revision } = this;
    await store.writeSnapshot(this.stream, {
      revision,
      version: this.aggregate.snapshotVersion,
      state: { state, recent, tenant },
    });
  }
}
