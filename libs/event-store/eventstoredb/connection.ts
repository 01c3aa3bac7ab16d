import type { EventStoreDBClient } from '@eventstore/db-client';
import { setImmediate as turn } from 'node:timers/promises';
import { storeUnavailable } from '../port/index.js';
import type { Address } from './address.js';
import { connect, dispose } from './client.js';
import { isNotLeader, isTransportTrouble } from './failures.js';
import { Slots } from './slots.js';

/** So many calls in a row without an answer, and the way to the server is given up. */
const STRIKES = 2;
/**
 * The client hands sixteen messages to a stream and queues the rest; when the stream breaks, the promises of the queued
 * ones reject where nobody can listen, and that ends the process. With fewer writes under way nothing is ever queued.
 */
const WRITES = 12;

type Work<T> = (client: EventStoreDBClient) => Promise<T>;

/**
 * A client that is replaced when it stops getting answers. A peer that accepts a connection and stays mute never
 * produces an error, and a half-open link may not for minutes: the deadline here is our own, around whatever the client
 * does. What a timed-out call did is unknown; whoever made it finds out by reading, or by appending the same ids again.
 *
 * All clients of a process share one table of unanswered appends. Disposing one empties it, and an answer to another
 * that comes after that is thrown out of a callback, which ends the process: so writes wait until the old client is gone.
 */
export class Connection {
  #client: EventStoreDBClient;
  #strikes = 0;
  #disposing: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  readonly #closing = new AbortController();
  readonly #writes = new Slots(WRITES);
  readonly #open = new Set<Promise<unknown>>();

  constructor(
    private readonly address: Address,
    readonly deadlineMs: number,
    private readonly onTrouble: (what: string, error: unknown) => void,
  ) {
    this.#client = connect(address);
  }

  /** Aborted as soon as closing begins. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  get client(): EventStoreDBClient {
    if (this.closing.aborted) throw storeUnavailable('it is closed');
    return this.#client;
  }

  /** Runs one call under the deadline. `abandon` is told when nobody waits any more. */
  read<T>(what: string, work: Work<T>, abandon?: () => void): Promise<T> {
    return this.#call(what, work, undefined, abandon);
  }

  /** The same for calls that append: few at once, and never beside a client that is being disposed. */
  write<T>(what: string, work: Work<T>): Promise<T> {
    return this.#call(what, work, this.#writes);
  }

  /** Something else than a call found the connection dead. */
  suspect(what: string): void {
    this.#strikes = STRIKES - 1;
    this.#strike(this.#client, what);
  }

  /** Lets calls in flight end; new ones are refused from now on. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      this.#closing.abort();
      await Promise.allSettled(this.#open);
      await this.#disposing;
      await dispose(this.#client);
    })();
    return this.#closed;
  }

  async #call<T>(what: string, work: Work<T>, slots?: Slots, abandon?: () => void): Promise<T> {
    if (this.closing.aborted) throw storeUnavailable('it is closed');
    const deadline = Promise.withResolvers<never>();
    const waiting = new AbortController();
    let client: EventStoreDBClient | undefined;
    const timer = setTimeout(() => {
      waiting.abort();
      deadline.reject(storeUnavailable(`no answer to ${what} from ${this.address.shown} in time`));
      abandon?.();
      if (client !== undefined) this.#strike(client, what);
    }, this.deadlineMs);
    const started = this.#inTurn(waiting.signal, slots, (now) => atTheLeader(work, (client = now)));
    const running = Promise.race([started, deadline.promise]);
    this.#open.add(running);
    try {
      const answer = await running;
      if (client === this.#client) this.#strikes = 0;
      return answer;
    } catch (error) {
      if (client !== undefined && isTransportTrouble(error)) this.#strike(client, what);
      throw error;
    } finally {
      clearTimeout(timer);
      waiting.abort();
      this.#open.delete(running);
    }
  }

  /** Waits for a slot, keeps it as long as somebody waits for the answer, and never starts what nobody waits for. */
  async #inTurn<T>(over: AbortSignal, slots: Slots | undefined, work: Work<T>): Promise<T> {
    if (slots === undefined) return work(this.#client);
    await slots.take();
    if (over.aborted) slots.give();
    else over.addEventListener('abort', () => slots.give(), { once: true });
    while (this.#disposing !== undefined) await this.#disposing;
    return over.aborted ? new Promise<T>(() => {}) : work(this.#client);
  }

  #strike(client: EventStoreDBClient, what: string): void {
    // A failure of a client that was replaced already says nothing about its successor.
    if (this.#closed !== undefined || client !== this.#client) return;
    this.#strikes += 1;
    if (this.#strikes < STRIKES) return;
    this.#strikes = 0;
    this.#client = connect(this.address);
    const gone = dispose(client).finally(() => {
      if (this.#disposing === gone) this.#disposing = undefined;
    });
    this.#disposing = gone;
    this.onTrouble('connection replaced', new Error(`after ${what} to ${this.address.shown} failed`));
  }
}

/** A node that is not the leader did nothing, and names the leader: the client turns to that one for the next call. */
async function atTheLeader<T>(work: Work<T>, client: EventStoreDBClient): Promise<T> {
  try {
    return await work(client);
  } catch (error) {
    if (!isNotLeader(error)) throw error;
    await turn();
    return work(client);
  }
}
