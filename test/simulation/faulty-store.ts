import { MemoryEventStore, type MemoryLog } from '#lib/event-store/memory';
import { storeUnavailable, type Appended, type NewEvent } from '#lib/event-store/port';
import type { Machine } from './machine.js';
import type { Random } from './random.js';

/** Shares of appends, while the store is in trouble. */
export type StoreTrouble = { readonly before: number; readonly after: number; readonly slow: number };
export const noTrouble: StoreTrouble = { before: 0, after: 0, slow: 0 };

/** What a defective system appends in place of this; undefined: nothing, though it says that it did. */
export type Mutate = (events: readonly NewEvent[]) => readonly NewEvent[] | undefined;

/** The log as one process sees it: appends fail before they are stored, or after, or take their time. */
export class FaultyStore extends MemoryEventStore {
  trouble: StoreTrouble = noTrouble;
  #dead = false;

  constructor(
    log: MemoryLog,
    private readonly machine: Machine,
    private readonly random: Random,
    private readonly mutate?: Mutate,
  ) {
    super({ log });
  }

  /** Its process is gone: nothing more is stored, and nobody hears. */
  kill(): void {
    this.#dead = true;
  }

  override async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    const { before, after, slow } = this.trouble;
    const [draw, wait] = [this.random.fraction(), this.random.whole(10, 2_000)];
    if (draw < slow) await new Promise<void>((resolve) => this.machine.after(wait, resolve));
    if (this.#dead) return new Promise(() => {});
    if (draw >= slow && draw < slow + before) throw storeUnavailable('as the dice fell, before');
    const mutated = this.mutate === undefined ? events : this.mutate(events);
    if (mutated === undefined || mutated.length === 0)
      return { revision: expected, position: this.log.head + 1 };
    const appended = await super.append(stream, expected, mutated);
    if (draw >= slow + before && draw < slow + before + after)
      throw storeUnavailable('as the dice fell, after');
    return appended;
  }
}
