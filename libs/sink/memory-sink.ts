import type { SinkScope, SyncRecord, SyncStream } from '#lib/ports';
import { split, streams } from './columns.js';
import { limitOf } from './limits.js';
import type {
  ChargeRow,
  RecordFilter,
  RecordTotals,
  SubscriptionRow,
  SyncedRecords,
  UsageRow,
} from '#lib/ports';
import { shaped } from './row-shape.js';

type Stored = Readonly<Record<string, string | number>>;

/** The sink for tests and simulation: the same rules as the SQLite one, gone with the process. */
export class MemorySink implements SyncedRecords {
  readonly #tables: Readonly<Record<SyncStream, Map<string, Stored>>> = {
    subscriptions: new Map(),
    charges: new Map(),
    usage: new Map(),
  };

  async write(
    scope: SinkScope,
    records: readonly SyncRecord[],
    at: number,
  ): Promise<{ inserted: number; updated: number }> {
    let inserted = 0;
    for (const record of records) {
      const id = JSON.stringify([scope.tenant, scope.connection, record.key]);
      const before = this.#tables[record.stream].get(id);
      if (before === undefined) inserted++;
      this.#tables[record.stream].set(id, merged(before, scope, record, Math.trunc(at)));
    }
    return { inserted, updated: records.length - inserted };
  }

  async users({
    tenant,
    after = '',
    limit,
  }: Parameters<SyncedRecords['users']>[0]): Promise<readonly string[]> {
    const users = this.#matching('subscriptions', { tenant }).map((row) => String(row['user']));
    return [...new Set(users)]
      .filter((user) => user > after)
      .sort()
      .slice(0, limit);
  }

  async subscriptions(filter: RecordFilter): Promise<readonly SubscriptionRow[]> {
    return this.#select('subscriptions', filter, [
      'provider',
      'connection',
      'key',
    ]) as readonly SubscriptionRow[];
  }

  async charges(filter: RecordFilter): Promise<readonly ChargeRow[]> {
    return this.#select('charges', filter, ['-occurred_on', 'connection', 'key']) as readonly ChargeRow[];
  }

  async usage(filter: RecordFilter): Promise<readonly UsageRow[]> {
    return this.#select('usage', filter, ['-occurred_at', 'connection', 'key']) as readonly UsageRow[];
  }

  async counts(filter: RecordFilter): Promise<RecordTotals> {
    const count = (stream: SyncStream): number => this.#matching(stream, filter).length;
    return { subscriptions: count('subscriptions'), charges: count('charges'), usage: count('usage') };
  }

  async forget(tenant: string, connection: string): Promise<number> {
    let rows = 0;
    for (const stream of streams) {
      for (const [id, row] of this.#tables[stream]) {
        if (row['tenant'] === tenant && row['connection'] === connection && this.#tables[stream].delete(id))
          rows++;
      }
    }
    return rows;
  }

  async close(): Promise<void> {}

  #matching(stream: SyncStream, { tenant, user, provider, connection }: RecordFilter): readonly Stored[] {
    const wanted = Object.entries({ tenant, user, provider, connection }).filter(
      ([, value]) => value !== undefined,
    );
    return [...this.#tables[stream].values()].filter((row) =>
      wanted.every(([name, value]) => row[name] === value),
    );
  }

  #select(stream: SyncStream, filter: RecordFilter, order: readonly string[]): readonly unknown[] {
    const rows = [...this.#matching(stream, filter)].sort((a, b) => compare(a, b, order));
    return rows.slice(0, limitOf(filter)).map((row) => shaped(stream, row));
  }
}

function merged(before: Stored | undefined, scope: SinkScope, record: SyncRecord, at: number): Stored {
  const { typed, extra } = split(record);
  const { tenant, user, connection, provider, connector } = scope;
  const known = JSON.parse(String(before?.['extra'] ?? '{}')) as object;
  const values = Object.entries(typed).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? Number(value) : value,
  ]);
  return {
    ...before,
    tenant,
    user,
    connection,
    provider,
    connector,
    key: record.key,
    ...Object.fromEntries(values),
    extra: JSON.stringify({ ...known, ...extra }),
    first_seen: before?.['first_seen'] ?? at,
    last_seen: Math.max(Number(before?.['last_seen'] ?? at), at),
  };
}

/** By code unit, as SQLite's BINARY collation orders ASCII; a leading `-` means newest first, with absent ones last. */
function compare(a: Stored, b: Stored, order: readonly string[]): number {
  for (const term of order) {
    const name = term.replace('-', '');
    const [left, right] = [String(a[name] ?? ''), String(b[name] ?? '')];
    if (left !== right) return (left < right ? -1 : 1) * (term.startsWith('-') ? -1 : 1);
  }
  return 0;
}
