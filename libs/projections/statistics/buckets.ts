import { DAY, HOUR, type Instant } from '#lib/domain/kernel';
import type { RowPart } from '../store/row-table.js';
import type { Rows } from '../store/rows.js';
import { KEY_SEPARATOR } from '../store/table.js';
import type { BucketSize, StatisticRow, StatisticScope } from './table.js';

export const bucketStart = (size: BucketSize, at: Instant): Instant => {
  const length = size === 'hour' ? HOUR : DAY;
  return Math.floor(at / length) * length;
};

const zero = (
  tenant: string,
  bucket: BucketSize,
  start: Instant,
  scope: StatisticScope,
  subject: string,
): StatisticRow => ({
  tenant,
  bucket,
  scope,
  subject,
  start,
  queued: 0,
  started: 0,
  succeeded: 0,
  failed: 0,
  abandoned: 0,
  cancelled: 0,
  snoozed: 0,
  retries: 0,
  skipped: 0,
  missed: 0,
  recordsRead: 0,
  recordsWritten: 0,
  recordsRejected: 0,
  durationSumMs: 0,
  durationMinMs: null,
  durationMaxMs: null,
  latenessSumMs: 0,
  latenessMaxMs: null,
  durationBins: null,
  latenessBins: null,
});

/** The rows of one tenant's hour or day. */
export class Bucket {
  readonly #parts: Partial<Record<StatisticScope, RowPart<StatisticRow>>> = {};

  constructor(
    readonly tenant: string,
    readonly size: BucketSize,
    readonly start: Instant,
    readonly rows: Rows,
  ) {}

  row(scope: StatisticScope, subject: string): StatisticRow {
    const { tenant, size, start } = this;
    const part = (this.#parts[scope] ??= this.rows.statistics.part(
      [tenant, size, scope, start].join(KEY_SEPARATOR),
    ));
    return part.edit(subject, () => zero(tenant, size, start, scope, subject), start);
  }
}

/** Leads to rows by parts of their key: joining the key for each event would cost more than all the rest. */
export class Buckets {
  readonly #buckets = new Map<string, Map<number, Bucket>>();

  of(tenant: string, size: BucketSize, start: Instant, rows: Rows): Bucket {
    let ofTenant = this.#buckets.get(tenant);
    if (ofTenant === undefined) this.#buckets.set(tenant, (ofTenant = new Map<number, Bucket>()));
    // A day starts when its first hour does: the fraction tells them apart.
    const key = size === 'hour' ? start : start + 0.5;
    let bucket = ofTenant.get(key);
    if (bucket === undefined) ofTenant.set(key, (bucket = new Bucket(tenant, size, start, rows)));
    return bucket;
  }

  clear(): void {
    this.#buckets.clear();
  }
}
