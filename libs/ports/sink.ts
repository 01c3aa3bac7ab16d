/** The three streams of synced data. Money is in minor units with an ISO 4217 code; dates are `YYYY-MM-DD`. */
export type SyncStream = 'subscriptions' | 'charges' | 'usage';

export type SyncRecord = {
  readonly stream: SyncStream;
  /** Identity within tenant, user, connection and stream: a second record with the same key updates the first. */
  readonly key: string;
  /** A null never overwrites a known value. */
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
};

export type SinkScope = {
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly connector: string;
};

/** Where synced records land. Writing the same batch twice leaves the same rows: delivery is at least once. */
export interface Sink {
  /** Of the place: another once it was made anew. Absent where that does not matter, or was never told. */
  readonly identity?: string;
  write(
    scope: SinkScope,
    records: readonly SyncRecord[],
    at: number,
  ): Promise<{ readonly inserted: number; readonly updated: number }>;
}
