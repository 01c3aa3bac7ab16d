import QuickLRU from 'quick-lru';
import type { StoredEvent } from '#lib/contracts/events';
import { connectionOf, connectionStream } from '#lib/contracts/streams';
import type { SyncedRecords } from '#lib/ports';

const REMEMBERED = 1_000;

/**
 * What was synced over a connection goes with it, where that was asked for: each node has records of its own, and hears of the
 * removal; the one that was asked says how many rows went, whoever of the two came first.
 */
export class Forgetting {
  /** Rows that went because this node heard of a removal, for whoever asked for it. */
  readonly #gone = new QuickLRU<string, Promise<number>>({ maxSize: REMEMBERED });

  constructor(private readonly records: () => Pick<SyncedRecords, 'forget'>) {}

  saw({ type, stream, data, metadata: { tenant } }: StoredEvent): unknown {
    if (type !== 'ConnectionRemoved' || data.records === 'keep') return undefined;
    const forgotten = this.#forget(stream, tenant);
    this.#gone.set(stream, forgotten);
    return forgotten;
  }

  /** How many rows went with this removal. */
  async rows(tenant: string, connection: string): Promise<number> {
    const stream = connectionStream(tenant, connection);
    const rows = await this.#forget(stream, tenant);
    this.#gone.delete(stream);
    return rows;
  }

  /** After what is under way for the connection, and with what that took. */
  async #forget(stream: string, tenant: string): Promise<number> {
    const before = await (this.#gone.get(stream) ?? 0);
    return before + (await this.records().forget(tenant, connectionOf(stream, tenant)));
  }
}
