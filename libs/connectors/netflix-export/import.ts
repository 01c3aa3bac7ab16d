import type { SyncRecord, SyncStream } from '#lib/ports';
import {
  csvRows,
  RecentKeys,
  RowQuality,
  type ConnectorContext,
  type Message,
  type Row,
} from '../kit/index.js';
import { chargeRecord, isSettled, laterBill, type LatestBill } from './billing.js';
import type { NetflixConfig } from './manifest.js';
import { kinds, sheets, type SheetKind } from './sheets.js';
import type { Sheet } from './source.js';
import { SubscriptionLedger } from './subscriptions.js';
import { DateOrderFinder, type DateOrder } from './title-dates.js';
import { isTrailer, titleRecord, viewingRecord } from './viewing.js';

/** What a row became: a record, nothing on purpose, or unreadable. */
type Reading = SyncRecord | 'nothing' | 'bad';

const PROGRESS_ROWS = 5_000;
const streams: Readonly<Record<SheetKind, SyncStream>> = {
  billing: 'charges',
  account: 'subscriptions',
  history: 'subscriptions',
  viewing: 'usage',
  titles: 'usage',
};

/** Reads the sheets of one upload in the order that subscriptions need. Memory does not grow with the files. */
export class NetflixImport {
  readonly #ledger = new SubscriptionLedger();
  readonly #recent = new RecentKeys();
  #bill: LatestBill | undefined;
  #done = 0;

  constructor(
    private readonly context: ConnectorContext<NetflixConfig>,
    private readonly found: readonly Sheet[],
  ) {}

  async *messages(): AsyncGenerator<Message> {
    for (const kind of kinds) {
      for (const sheet of this.found.filter((candidate) => candidate.kind === kind))
        yield* this.#sheet(sheet);
    }
    for (const record of this.#ledger.records(this.#bill)) yield { kind: 'record', record };
  }

  async *#sheet(sheet: Sheet): AsyncGenerator<Message> {
    const order = sheet.kind === 'titles' ? await this.#dateOrder(sheet) : undefined;
    const quality = new RowQuality(sheet.label, this.context.config.maxBadRows);
    for await (const read of this.#rows(sheet)) {
      const reading = 'bad' in read ? 'bad' : this.#reading(sheet.kind, read.row, order);
      if (reading === 'bad') {
        quality.bad();
        yield {
          kind: 'rejected',
          stream: streams[sheet.kind],
          reason: 'bad' in read ? read.bad : 'unreadable_value',
        };
        continue;
      }
      quality.good();
      if (reading !== 'nothing') yield { kind: 'record', record: reading };
      if (++this.#done % PROGRESS_ROWS === 0) yield { kind: 'progress', done: this.#done };
    }
    quality.finish();
  }

  #rows(sheet: Sheet): ReturnType<typeof csvRows> {
    return csvRows(sheet.open, sheet.label, sheets[sheet.kind].columns, this.context.signal);
  }

  /** A first pass over the dates alone: the last row may be the one that tells day from month. */
  async #dateOrder(sheet: Sheet): Promise<DateOrder> {
    const { dateFormat } = this.context.config;
    if (dateFormat !== undefined) return dateFormat;
    const finder = new DateOrderFinder();
    for await (const read of this.#rows(sheet)) if ('row' in read) finder.see(read.row['Date'] ?? '');
    // Without a single date every row will be bad, whatever the order.
    return finder.found() ?? 'year-first';
  }

  #reading(kind: SheetKind, row: Row, order: DateOrder | undefined): Reading {
    switch (kind) {
      case 'billing':
        return this.#billing(row);
      case 'account':
        this.#ledger.membership = row['Membership Status']?.trim() || null;
        return 'nothing';
      case 'history':
        return this.#ledger.add(row) ? 'nothing' : 'bad';
      case 'viewing':
        return isTrailer(row) ? 'nothing' : this.#once(viewingRecord(row));
      case 'titles': {
        const ordinal = this.#recent.seen(JSON.stringify(['titles', row['Title'], row['Date']]));
        return titleRecord(row, order ?? 'year-first', this.context.config.profile, ordinal) ?? 'bad';
      }
    }
  }

  #billing(row: Row): Reading {
    if (!isSettled(row, this.context.config.settled)) return 'nothing';
    const reading = this.#once(chargeRecord(row));
    if (reading !== 'bad') this.#bill = laterBill(this.#bill, row);
    return reading;
  }

  #once(record: SyncRecord | undefined): Reading {
    if (record === undefined) return 'bad';
    return this.#recent.seen(JSON.stringify([record.stream, record.key])) === 0 ? record : 'nothing';
  }
}
