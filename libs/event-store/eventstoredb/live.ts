import {
  excludeSystemEvents,
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import type { StreamFilter } from '../port/index.js';
import type { Connection } from './connection.js';
import { positionOf, recorded } from './recorded.js';
import type { RecordedEvent } from '../port/index.js';

/** The server tells how far it came after so many events that the filter kept out. */
const CHECKPOINT_EVERY = { maxSearchWindow: 32, checkpointInterval: 4 } as const;

export const allPosition = (position: number) =>
  position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) };

type Place = { readonly commit: bigint; readonly prepare: bigint };

/**
 * One subscription of the client's, pulled instead of pushed: what nobody takes stays at the server. It ends in
 * whichever way it likes (error, end, close, silence); whoever owns it makes the next one.
 */
export class Live {
  readonly #subscription: AllStreamSubscription;
  /** The client that it was opened on. */
  readonly client: EventStoreDBClient;
  #wake: (() => void) | undefined;
  #failure: unknown;
  #ended = false;
  #confirmed = false;
  #stirred = false;
  /** Of the last message from the server that was no event. */
  #checkpoint = 0;

  constructor(connection: Connection, after: number, filter: StreamFilter | undefined, buffer: number) {
    const prefixes = filter?.prefixes ?? [];
    // A checkpoint handler that rejects would stall the subscription for good: this one cannot.
    const checkpointReached = async (_: unknown, { commit, prepare }: Place): Promise<void> => {
      // Of two parts that differ, it is where the next event will be, not where one is: whoever went on after it missed that.
      if (commit === prepare) this.#checkpoint = Number(commit);
      this.#stir();
    };
    const options = { ...CHECKPOINT_EVERY, checkpointReached };
    this.client = connection.client;
    this.#subscription = this.client.subscribeToAll(
      {
        fromPosition: allPosition(after),
        requiresLeader: true,
        filter:
          prefixes.length === 0
            ? excludeSystemEvents(options)
            : streamNameFilter({ ...options, prefixes: [...prefixes] }),
      },
      { highWaterMark: buffer },
    );
    const stir = (): void => this.#stir();
    this.#subscription
      .on('readable', stir)
      .on('confirmation', () => {
        this.#confirmed = true;
        stir();
      })
      .on('error', (error: unknown) => {
        this.#failure = error;
        stir();
      })
      .on('end', () => this.#end())
      .on('close', () => this.#end());
  }

  get confirmed(): boolean {
    return this.#confirmed;
  }

  /** Whether anything happened since the last look. */
  get stirred(): boolean {
    return this.#stirred;
  }

  /** Why nothing more comes; undefined while something may. */
  get over(): unknown {
    return this.#failure ?? (this.#ended ? new Error('the server ended the subscription') : undefined);
  }

  /** What has arrived, at most `limit` events, and how far that reaches. */
  take(limit: number): {
    readonly events: readonly RecordedEvent[];
    readonly position: number;
    readonly drained: boolean;
  } {
    // Read before the events: it may lie beyond those that are still to be taken.
    const checkpoint = this.#checkpoint;
    this.#stirred = false;
    const events: RecordedEvent[] = [];
    let position = 0;
    while (events.length < limit) {
      const resolved = this.#subscription.read() as Parameters<typeof recorded>[0] | null;
      if (resolved === null) return { events, position: Math.max(position, checkpoint), drained: true };
      position = positionOf(resolved);
      const event = recorded(resolved);
      if (event !== undefined) events.push(event);
    }
    return { events, position, drained: false };
  }

  /** Resolves when something may have come, or after a while. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  interrupt(): void {
    this.#stir();
  }

  stop(): void {
    this.#subscription.removeAllListeners('readable');
    this.#subscription.unsubscribe().catch(() => {});
    this.#subscription.destroy();
  }

  #end(): void {
    this.#ended = true;
    this.#stir();
  }

  #stir(): void {
    this.#stirred = true;
    this.#wake?.();
    this.#wake = undefined;
  }
}
