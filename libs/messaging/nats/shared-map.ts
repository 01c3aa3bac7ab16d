import { jetstream, StorageType } from '@nats-io/jetstream';
import { Kvm, type KV, type KvEntry } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';

const TIMEOUT = 5_000;

/**
 * A KV bucket on disk, for what schedulers must share and the log may not hold. One that is gone (JetStream's files were
 * lost, or put back from before it was made) is made again, empty.
 */
export class NatsMap {
  #kv: Promise<KV> | undefined;

  constructor(
    private readonly nc: NatsConnection,
    private readonly bucket: string,
    private readonly replicas: number,
  ) {}

  async read(key: string): Promise<{ readonly value: string; readonly revision: number } | undefined> {
    // Once more after a failure: the bucket may be gone, and is made anew then.
    const get = (): Promise<KvEntry | null> => this.#with((kv) => kv.get(key));
    const entry = await get().catch(get);
    return entry === null || entry.operation !== 'PUT'
      ? undefined
      : { value: entry.string(), revision: entry.revision };
  }

  async write(key: string, value: string, revision: number): Promise<boolean> {
    try {
      await this.#with((kv) => (revision === 0 ? kv.create(key, value) : kv.update(key, value, revision)));
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }

  /** After a failure the next one opens the bucket anew. A write is not repeated: what became of it is not known. */
  async #with<T>(work: (kv: KV) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#open());
    } catch (error) {
      if (!isConflict(error)) this.#kv = undefined;
      throw error;
    }
  }

  #open(): Promise<KV> {
    this.#kv ??= new Kvm(jetstream(this.nc, { timeout: TIMEOUT })).create(this.bucket, {
      history: 1,
      storage: StorageType.File,
      replicas: this.replicas,
    });
    this.#kv.catch(() => (this.#kv = undefined));
    return this.#kv;
  }
}

/** Wrong last sequence: someone else wrote first. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Error &&
  ((error as { code?: unknown }).code === 10_071 || /wrong last sequence/.test(error.message));
