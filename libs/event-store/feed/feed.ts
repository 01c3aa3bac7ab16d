import type { EventStoreError } from '../port/index.js';
import { RecentEvents, type Page, type RecentEvent, type RecentLimits } from './recent-events.js';
import type { Keep } from './stream-filter.js';

/**
 * What an adapter tells its subscribers: how far the log goes, what was committed last, and that it has closed.
 * Only what is durable is published. Everything here is synchronous, so that a subscriber that finds nothing new and
 * goes to sleep cannot miss a commit in between.
 */
export class Feed {
  readonly #recent: RecentEvents;
  readonly #sleepers = new Set<() => void>();
  #head: number;
  #closed: EventStoreError | undefined;

  constructor(head: number, limits?: RecentLimits) {
    this.#head = head;
    this.#recent = new RecentEvents(head, limits);
  }

  get head(): number {
    return this.#head;
  }

  /** Why there is nothing more to come; undefined while open. */
  get closed(): EventStoreError | undefined {
    return this.#closed;
  }

  /** Committed events, in position order. */
  publish(events: Iterable<RecentEvent>): void {
    for (const event of events) {
      this.#recent.push(event);
      this.#head = event.position;
    }
    this.#wakeAll();
  }

  /** The log turned out to go further than was published: events in between are served from the store. */
  jump(head: number): void {
    if (head <= this.#head) return;
    this.#head = head;
    this.#recent.clear(head);
    this.#wakeAll();
  }

  close(why: EventStoreError): void {
    this.#closed ??= why;
    this.#wakeAll();
  }

  /** Events after a position, or undefined when it is too old to be answered from memory. */
  recent(after: number, limit: number, keep: Keep): Page | undefined {
    return after < this.#recent.floor ? undefined : this.#recent.after(after, limit, keep);
  }

  onChange(wake: () => void): () => void {
    this.#sleepers.add(wake);
    return () => this.#sleepers.delete(wake);
  }

  #wakeAll(): void {
    for (const wake of this.#sleepers) wake();
  }
}
