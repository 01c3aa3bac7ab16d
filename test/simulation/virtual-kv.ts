import { Kvm } from '@nats-io/kv';
import type { JetStreamClient } from '@nats-io/jetstream';
import { Bucket, type Shown, type Watcher } from './bucket.js';
import { Connection } from './network.js';

const TIMEOUT = 3_000;

/** A bucket as a node sees it over its connection: what our leases use of the client's KV. */
function opened(connection: Connection, bucket: Bucket) {
  const write = (key: string, value: string, expected?: number, gone?: boolean): Promise<number> =>
    connection.ask<number>((reply, refuse) => {
      let revision: number;
      try {
        revision = bucket.write(key, value, expected, gone);
      } catch (error) {
        return refuse(error as Error);
      }
      reply(revision);
    }, TIMEOUT);
  return {
    put: (key: string, value: string) => write(key, value),
    create: (key: string, value: string) => write(key, value, 0),
    update: (key: string, value: string, revision: number) => write(key, value, revision),
    delete: (key: string, options?: { readonly previousSeq?: number }) =>
      write(key, '', options?.previousSeq, true),
    status: () => connection.ask<object>((reply) => reply({ ttl: bucket.ttl }), TIMEOUT),
    get: (key: string) => connection.ask<Shown | null>((reply) => reply(bucket.read(key) ?? null), TIMEOUT),
    watch: async () => {
      const [arrived, wake] = [[] as Shown[], { up: () => {} }];
      const show = (entries: readonly Shown[]): void => {
        arrived.push(...entries);
        wake.up();
      };
      const watcher: Watcher = { link: connection.link, waiting: [], show };
      await connection.ask<void>((reply) => {
        bucket.watch(watcher);
        reply();
      }, TIMEOUT);
      return {
        stop: () => bucket.unwatch(watcher),
        async *[Symbol.asyncIterator]() {
          for (;;) {
            yield* arrived.splice(0);
            if (arrived.length === 0) await new Promise<void>((resolve) => (wake.up = resolve));
          }
        },
      };
    },
  };
}

/**
 * The client's own KV looks for a server; over a virtual connection it is given a bucket of the virtual one. Opening it is
 * a question like any other: who cannot hear the answer has no bucket to write to.
 */
const { create } = Kvm.prototype;
Kvm.prototype.create = function (this: { readonly js: JetStreamClient }, name, options) {
  const connection: unknown = (this.js as unknown as { readonly nc: unknown }).nc;
  if (!(connection instanceof Connection)) return create.call(this as unknown as Kvm, name, options);
  const { buckets, machine } = connection.network;
  const open = (): Bucket => {
    let bucket = buckets.get(name);
    if (bucket === undefined)
      buckets.set(name, (bucket = new Bucket(() => machine.monotonic, options?.ttl ?? Infinity)));
    return bucket;
  };
  const asked = connection.ask<Bucket>((reply) => reply(open()), TIMEOUT);
  return asked.then((bucket) => opened(connection, bucket)) as unknown as ReturnType<typeof create>;
};
