import { jetstream, StorageType } from '@nats-io/jetstream';
import { Kvm, type KV, type KvWatchEntry } from '@nats-io/kv';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { MINUTE, type Millis } from '#lib/domain/kernel';

export const BUCKET = 'syncopate-leases';
/** The server remembers ids of messages for so long, or as long as messages live. */
const REMEMBERED = 2 * MINUTE;

export type LeaseBucket = {
  readonly kv: KV;
  /** How long its entries live: no less than was asked for, unless the server lets nobody change that. */
  readonly lives: Millis;
};

/**
 * Opens the bucket, or makes it. Nodes may differ in how long they believe in an entry, or be given another time than the
 * bucket was made with: entries that ended before that would be had by two, and be gone before they are renewed. So the
 * longest time holds, and a shorter one once nobody is left who may believe in the longer.
 *
 * @param alone whether no other node has anything in it; asked only where entries live longer than `ttl`
 */
export async function openLeaseBucket(
  nc: NatsConnection,
  { ttl, timeout, alone }: { ttl: Millis; timeout: Millis; alone: (kv: KV) => Promise<boolean> },
): Promise<LeaseBucket> {
  const js = jetstream(nc, { timeout });
  const kv = await new Kvm(js).create(BUCKET, { ttl, history: 1, storage: StorageType.Memory });
  const { ttl: lives } = await kv.status();
  if (lives === ttl || (lives > ttl && !(await alone(kv)))) return { kv, lives };
  const { streams } = await js.jetstreamManager(false);
  const live = (time: Millis) =>
    streams.update(`KV_${BUCKET}`, {
      max_age: nanos(time),
      duplicate_window: nanos(Math.min(time, REMEMBERED)),
    });
  const changed = await live(ttl).then(
    () => true,
    () => false,
  );
  if (!changed) return { kv, lives };
  // Whoever came meanwhile looks again after it has announced itself, and so do we.
  if (lives < ttl || (await alone(kv))) return { kv, lives: ttl };
  await live(lives);
  return { kv, lives };
}

/** Shows each entry, to the end of the watch. One that cannot be read is somebody else's writing, and ends nothing. */
export async function follow(
  watch: AsyncIterable<KvWatchEntry>,
  see: (entry: KvWatchEntry) => void,
  onError: (what: string, error: unknown) => void,
): Promise<void> {
  try {
    for await (const entry of watch) {
      try {
        see(entry);
      } catch (error) {
        onError(`lease ${entry.key}`, error);
      }
    }
  } catch (error) {
    onError('lease watch', error);
  }
}

/** What there is to say of entries that live for another time than this node is set to. */
export function livesOtherwise(lives: Millis, ttl: Millis): string {
  const [theirs, ours] = [lives / 1_000, ttl / 1_000];
  return lives > ttl
    ? `leases end after ${theirs} s, as SYNCOPATE_TAKEOVER_SECONDS of another node says or said, not after ${ours}: give all nodes the same; a shorter time holds once all of them have been stopped`
    : `leases end after ${theirs} s, sooner than SYNCOPATE_TAKEOVER_SECONDS=${ours}, and the NATS server did not let that be changed: allow $JS.API.STREAM.UPDATE.KV_${BUCKET}, or set it to ${theirs}`;
}
