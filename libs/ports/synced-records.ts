import type { Sink } from './sink.js';

/** What every synced row knows about itself. Instants are epoch milliseconds. */
export type SyncedRow = {
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly connector: string;
  readonly key: string;
  /** Fields that the provider told and no column holds. */
  readonly extra: Readonly<Record<string, string | number | boolean | null>>;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** When a complete read did not tell of it any more; null: it is there. Charges and usage that are gone are not listed. */
  readonly goneSince: number | null;
};

/** Null: not known. Money in minor units; dates `YYYY-MM-DD`. */
export type SubscriptionRow = SyncedRow & {
  readonly accountRef: string | null;
  readonly plan: string | null;
  readonly planRaw: string | null;
  readonly status: string | null;
  readonly statusRaw: string | null;
  readonly priceMinor: number | null;
  readonly currency: string | null;
  readonly interval: string | null;
  readonly renewsOn: string | null;
  readonly autoRenew: boolean | null;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  readonly asOf: string | null;
};

export type ChargeRow = SyncedRow & {
  readonly accountRef: string | null;
  readonly occurredOn: string | null;
  readonly amountMinor: number | null;
  readonly taxMinor: number | null;
  readonly currency: string | null;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly description: string | null;
  readonly statusRaw: string | null;
  readonly method: string | null;
  readonly methodLast4: string | null;
  readonly asOf: string | null;
};

/** `occurredAt`: ISO 8601 in UTC, or a date where the provider tells no time. `amount` is in `unit`. */
export type UsageRow = SyncedRow & {
  readonly accountRef: string | null;
  readonly kind: string | null;
  readonly item: string | null;
  readonly itemRef: string | null;
  readonly by: string | null;
  readonly occurredAt: string | null;
  readonly amount: number | null;
  readonly unit: string | null;
};

export type RecordFilter = {
  readonly tenant: string;
  readonly user?: string;
  readonly provider?: string;
  readonly connection?: string;
  /** At most so many rows. Default 500, at most 5,000. */
  readonly limit?: number;
};

/** Where a page of charges or usage ended: the day or instant of its last row (empty where it has none), and which row that was. */
export type RecordPlace = { readonly on: string; readonly connection: string; readonly key: string };

/** `from`, `to`: of what happened on that day or later, and before that one (`YYYY-MM-DD`). `after`: what a page before ended with. */
export type RecordPage = RecordFilter & {
  readonly from?: string;
  readonly to?: string;
  readonly after?: RecordPlace;
};

/** Rows by stream. */
export type RecordTotals = {
  readonly subscriptions: number;
  readonly charges: number;
  readonly usage: number;
};

/** A sink that can be read: what the API and the dashboard show of synced data. */
export interface SyncedRecords extends Sink {
  /** Who has subscriptions, each once, by code unit: at most `limit` of those after one. */
  users(of: {
    readonly tenant: string;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly string[]>;
  /** By provider, connection and key. */
  subscriptions(filter: RecordFilter): Promise<readonly SubscriptionRow[]>;
  /** Newest first; of one day by connection and key. */
  charges(page: RecordPage): Promise<readonly ChargeRow[]>;
  /** Newest first; of one instant by connection and key. */
  usage(page: RecordPage): Promise<readonly UsageRow[]>;
  /** `limit` is ignored. */
  counts(filter: RecordFilter): Promise<RecordTotals>;
  /** Removes everything that was synced over a connection; answers how many rows. */
  forget(tenant: string, connection: string): Promise<number>;
  /** Idempotent. */
  close(): Promise<void>;
}
