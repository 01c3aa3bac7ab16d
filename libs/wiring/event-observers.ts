import type { Saga } from '#lib/application/sagas';
import type { StoredEvent } from '#lib/contracts/events';
import { LRUCache } from 'lru-cache';
import type { Telemetry } from './telemetry.js';

export type EventListener = (event: StoredEvent) => void;

/** Shows each event to metrics and to in-process listeners. A listener that throws is counted and harms nobody else. */
export class EventObservers implements Saga {
  readonly name = 'observers';
  readonly #listeners = new Set<EventListener>();
  // By size: a bound by number would take the room for all of them at once.
  readonly #effective = new LRUCache<string, number>({ maxSize: 200_000, sizeCalculation: () => 1 });

  constructor(private readonly telemetry: Telemetry) {}

  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  handle(event: StoredEvent): void {
    this.#measure(event);
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch {
        this.telemetry.errors.inc({ where: 'listener' });
      }
    }
  }

  #measure(event: StoredEvent): void {
    const { telemetry } = this;
    telemetry.events.inc({ type: event.type });
    switch (event.type) {
      case 'RunQueued':
        if (event.data.attempt === 1 && event.data.trigger === 'occurrence')
          this.#effective.set(event.data.run, event.data.effective);
        return;
      case 'RunStarted': {
        const effective = this.#effective.get(event.data.run);
        if (effective !== undefined)
          telemetry.lateness.observe(Math.max(0, event.metadata.at - effective) / 1_000);
        this.#effective.delete(event.data.run);
        return;
      }
      case 'RunSucceeded':
        return telemetry.duration.observe({ outcome: 'succeeded' }, event.data.durationMs / 1_000);
      case 'RunFailed':
        return telemetry.duration.observe({ outcome: 'failed' }, event.data.durationMs / 1_000);
      case 'RunSnoozed':
        return telemetry.duration.observe({ outcome: 'snoozed' }, event.data.durationMs / 1_000);
      default:
        return undefined;
    }
  }
}
