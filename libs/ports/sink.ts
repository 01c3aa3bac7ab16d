/** The three streams of synced data. Money is in minor units with an ISO 4217 code; dates are `YYYY-MM-DD`. */
export type SyncStream = 'subscriptions' | 'charges' | 'usage';

export type SyncRecord = {
  readonly stream: SyncStream;
  /** Identity within tenant, user, connection and stream: a second record with the same key updates the first. */
  readonly key: string;
  /**
   * A null never overwrites a known value; an empty text takes it away: there is none. `as_of`, a date or an instant, says
   * what it is the truth of: of an older one than the row's, only what the row does not know is taken.
   */
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
};

/**
 * Rows that the provider does not have any more: those of a stream that were last told of before an instant. `within`: of those
 * whose key begins so. `from`: of those that happened on that day or later. One that is told of again is back.
 */
export type Withdrawal = {
  readonly stream: SyncStream;
  readonly withdrawn: { readonly before: number; readonly within?: string; readonly from?: string };
};

export type SyncChange = SyncRecord | Withdrawal;

export const isWithdrawal = (change: SyncChange): change is Withdrawal => 'withdrawn' in change;

export type SinkScope = {
  readonly tenant: string;
  readonly user: string;
  readonly connection: string;
  readonly provider: string;
  readonly connector: string;
};

/**
 * Where synced records land. Writing the same batch twice leaves the same rows: delivery is at least once. A batch is taken
 * in its order, `at` is when it was read, on the clock of who read it.
 */
export interface Sink {
  /** Of the place: another once it was made anew. Absent where that does not matter, or was never told. */
  readonly identity?: string;
  write(
    scope: SinkScope,
    changes: readonly SyncChange[],
    at: number,
  ): Promise<{ readonly inserted: number; readonly updated: number }>;
}
