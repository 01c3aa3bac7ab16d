import { jetstream, StorageType } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';

const TIMEOUT = 5_000;

/** A KV bucket on disk, for what schedulers must share and the log may not hold. */
export class NatsMap {
  #kv: Promise<KV> | undefined;

  constructor(
    private readonly nc: NatsConnection,
    private readonly bucket: string,
    private readonly replicas: number,
  ) {}

  async read(key: string): Promise<{ readonly value: string; readonly revision: number } | undefined> {
    const entry = await (await this.#open()).get(key);
    return entry === null || entry.operation !== 'PUT'
      ? undefined
      : { value: entry.string(), revision: entry.revision };
  }

  async write(key: string, value: string, revision: number): Promise<boolean> {
    const kv = await this.#open();
    try {
      if (revision === 0) await kv.create(key, value);
      else await kv.update(key, value, revision);
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
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
