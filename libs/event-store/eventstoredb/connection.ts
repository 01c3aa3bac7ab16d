import { EventStoreDBClient } from '@eventstore/db-client';
import { storeUnavailable } from '../port/index.js';
import type { Address } from './address.js';
import { isTransportTrouble } from './failures.js';

/** So many calls in a row without an answer, and the way to the server is given up. */
const STRIKES = 2;
const DISPOSE_MS = 300;

/**
 * A client that is replaced when it stops getting answers. A peer that accepts a connection and stays mute never
 * produces an error, and a half-open link may not for minutes: the deadline here is our own, around whatever the client
 * does. What a timed-out call did is unknown; whoever made it finds out by reading, or by appending the same ids again.
 */
export class Connection {
  #client: EventStoreDBClient;
  #strikes = 0;
  #closed = false;
  #closing: Promise<void> | undefined;
  readonly #open = new Set<Promise<unknown>>();

  constructor(
    private readonly address: Address,
    readonly deadlineMs: number,
    private readonly onTrouble: (what: string, error: unknown) => void,
  ) {
    this.#client = this.#connect();
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  get client(): EventStoreDBClient {
    if (this.closed) throw storeUnavailable('it is closed');
    return this.#client;
  }

  /** Runs one call under the deadline. `abandon` is told when nobody waits any more. */
  async call<T>(
    what: string,
    work: (client: EventStoreDBClient) => Promise<T>,
    abandon: () => void = () => {},
  ): Promise<T> {
    const { client } = this;
    const deadline = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      abandon();
      this.#strike(client, what);
      deadline.reject(
        storeUnavailable(`no answer to ${what} from ${this.address.shown} within ${this.deadlineMs} ms`),
      );
    }, this.deadlineMs);
    const running = Promise.race([work(client), deadline.promise]);
    this.#open.add(running);
    try {
      const answer = await running;
      this.#strikes = 0;
      return answer;
    } catch (error) {
      if (isTransportTrouble(error)) this.#strike(client, what);
      throw error;
    } finally {
      clearTimeout(timer);
      this.#open.delete(running);
    }
  }

  /** Something else than a call found the connection dead. */
  suspect(what: string): void {
    this.#strikes = STRIKES - 1;
    if (!this.#closed) this.#strike(this.#client, what);
  }

  /** Lets calls in flight end; new ones are refused from now on. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      await Promise.allSettled(this.#open);
      this.#closed = true;
      await dispose(this.#client);
    })();
    return this.#closing;
  }

  #connect(): EventStoreDBClient {
    return EventStoreDBClient.connectionString(this.address.connectionString);
  }

  #strike(client: EventStoreDBClient, what: string): void {
    // A failure of a client that was replaced already says nothing about its successor.
    if (this.#closed || client !== this.#client) return;
    this.#strikes += 1;
    if (this.#strikes < STRIKES) return;
    this.#strikes = 0;
    this.#client = this.#connect();
    this.onTrouble('connection replaced', new Error(`after ${what} to ${this.address.shown} failed`));
    void dispose(client);
  }
}

type Closable = { readonly getChannel?: () => Promise<{ close(): void }> };

/** The client ends its calls and leaves its channel open; and waits for ever for calls that do not end. */
async function dispose(client: EventStoreDBClient): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, DISPOSE_MS).unref());
  try {
    await Promise.race([client.dispose(), patience]);
    const channel = await (client as unknown as Closable).getChannel?.();
    channel?.close();
  } catch {
    // It was broken; that is why it is thrown away.
  }
}
