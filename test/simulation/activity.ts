import type { Instant } from '#lib/domain/kernel';
import type { MemoryLog } from '#lib/event-store/memory';
import type { Hooks } from './hooks.js';

const opening = new Set(['RunQueued', 'RunStarted', 'BulkChangeRequested', 'BulkUndoRequested']);
const closing = new Set([
  'RunSucceeded',
  'RunFailed',
  'RunSnoozed',
  'RunCancelled',
  'RunAbandoned',
  'BulkChangeCompleted',
  'BulkUndoCompleted',
]);

/** What the log says about the near future: while nothing is open and nothing due, the machine may sleep. */
export class Activity {
  readonly #open = new Set<string>();
  readonly #wakeUps = new Map<string, Instant>();
  #read = 0;

  constructor(
    private readonly log: MemoryLog,
    /** Absent: nobody is told. */
    private readonly hooks?: Pick<Hooks, 'busy' | 'nextDue'>,
  ) {}

  get idle(): boolean {
    this.#follow();
    return this.#open.size === 0 && this.hooks?.busy !== true;
  }

  /** Events there are. */
  get events(): number {
    return this.log.events.length;
  }

  get nextWakeUp(): Instant {
    this.#follow();
    return Math.min(Infinity, ...this.#wakeUps.values());
  }

  /** When anything happens by itself: a schedule wakes, or a webhook is told again. */
  get nextSign(): Instant {
    return Math.min(this.nextWakeUp, this.hooks?.nextDue ?? Infinity);
  }

  #follow(): void {
    for (; this.#read < this.log.events.length; this.#read += 1) {
      const event = this.log.events[this.#read]?.recorded;
      if (event === undefined) return;
      const { run = event.stream } = event.data as { run?: string };
      if (opening.has(event.type)) this.#open.add(run);
      if (closing.has(event.type)) this.#open.delete(run);
      const { wakeAt } = event.metadata;
      if (wakeAt === null) this.#wakeUps.delete(event.stream);
      else if (wakeAt !== undefined) this.#wakeUps.set(event.stream, wakeAt);
    }
  }
}
