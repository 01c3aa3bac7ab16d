import { hash } from 'node:crypto';
import { z } from 'zod';
import type { SyncRecord, SyncStream } from '#lib/ports';

/** Stream → bucket → digest over all records of the bucket. Small enough for a state: at most some 650 buckets. */
export const rowDigestsSchema = z.record(z.string(), z.record(z.string(), z.string()));
export type StoredDigests = z.infer<typeof rowDigestsSchema>;

const BYTES = 6;
const MODULUS = 2 ** (8 * BYTES);
const FIRST_MONTHS = 2016;
const LAST_YEAR = 2040;
const SUBSCRIPTION_BUCKETS = 64;

/**
 * What an upload held, in a few kilobytes: so that the next upload, which tells all rows again, yields only those of
 * the months in which something is new or different. Sums, because two exports need not list rows in the same order,
 * and because a row told twice must not cancel itself out.
 */
export class RowDigests {
  readonly #sums = new Map<SyncStream, Map<string, number>>();

  add(record: SyncRecord): void {
    const buckets = this.#sums.get(record.stream) ?? new Map<string, number>();
    this.#sums.set(record.stream, buckets);
    const bucket = bucketOf(record);
    const digest = hash('sha256', JSON.stringify([record.key, record.data]), 'buffer').readUIntBE(0, BYTES);
    buckets.set(bucket, ((buckets.get(bucket) ?? 0) + digest) % MODULUS);
  }

  stored(): StoredDigests {
    return Object.fromEntries(
      [...this.#sums].map(([stream, buckets]) => [
        stream,
        Object.fromEntries([...buckets].map(([bucket, sum]) => [bucket, textOf(sum)])),
      ]),
    );
  }

  /** Whether a record's bucket differs from what an earlier upload held there. */
  changed(record: SyncRecord, before: StoredDigests): boolean {
    const bucket = bucketOf(record);
    const sum = this.#sums.get(record.stream)?.get(bucket);
    return sum === undefined || before[record.stream]?.[bucket] !== textOf(sum);
  }
}

function textOf(sum: number): string {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeUIntBE(sum, 0, BYTES);
  return bytes.toString('base64url');
}

/** Months, years for what is long ago, and one bucket for dates that no person has: the state stays bounded. */
function bucketOf({ stream, key, data }: SyncRecord): string {
  if (stream === 'subscriptions')
    return String(hash('sha256', key, 'buffer').readUInt16BE(0) % SUBSCRIPTION_BUCKETS);
  const date = data[stream === 'charges' ? 'occurred_on' : 'occurred_at'];
  const [, year = '', month = ''] = /^(\d{4})-(\d{2})/.exec(String(date)) ?? [];
  if (year === '' || Number(year) < 2006 || Number(year) > LAST_YEAR) return 'other';
  return Number(year) < FIRST_MONTHS ? year : `${year}-${month}`;
}
