import type { SyncRecord, SyncStream } from '#lib/ports';
import { BadRows, isBad, type Bad } from '../amazon-export/upload/index.js';
import { RecentKeys, type ConnectorContext, type Message } from '../kit/index.js';
import { Account } from './account.js';
import { jsonItems, type JsonItem } from './json-items.js';
import type { SpotifyExportConfig } from './manifest.js';
import { paymentRecord, Payments } from './payments.js';
import { extendedRecord, yearRecord } from './plays.js';
import type { SheetKind } from './sheets.js';
import type { Sheet } from './source.js';

type Reading = SyncRecord | Bad | 'nothing';

const PROGRESS_ROWS = 5_000;
const streams: Readonly<Record<SheetKind, SyncStream>> = {
  account: 'subscriptions',
  payments: 'charges',
  extended: 'usage',
  plays: 'usage',
};

/** Reads the files of one upload. Memory grows neither with the files nor with the number of plays. */
export class SpotifyImport {
  readonly #account: Account;
  readonly #recent = new RecentKeys();
  #done = 0;

  constructor(
    private readonly context: ConnectorContext<SpotifyExportConfig>,
    private readonly found: readonly Sheet[],
  ) {
    this.#account = new Account(context.config.account);
  }

  /** `rowsPerFile`: stop each file early, for a look at whether it can be read. */
  async *messages(rowsPerFile = Number.POSITIVE_INFINITY): AsyncGenerator<Message> {
    // `account` comes first among the kinds: a play's key begins with whose it is.
    for (const sheet of this.found) yield* this.#sheet(sheet, rowsPerFile);
    const record = this.#account.record();
    if (record !== undefined) yield { kind: 'record', record };
  }

  async *#sheet({ kind, label, open }: Sheet, most: number): AsyncGenerator<Message> {
    const { signal, config } = this.context;
    const rows = new BadRows(label, streams[kind], config.maxBadRows);
    const payments = new Payments();
    let count = 0;
    for await (const item of jsonItems(open, label, signal)) {
      yield* this.#tell(rows, this.#readings(kind, item, payments));
      if (++count >= most) break;
    }
    if (kind === 'payments') yield* this.#tell(rows, [paymentRecord(payments.rest(), this.#account.ref)]);
    rows.finish();
  }

  *#readings(kind: SheetKind, item: JsonItem, payments: Payments): Generator<Reading> {
    const account = this.#account.ref;
    switch (kind) {
      case 'account':
        return yield this.#account.add(item);
      case 'payments':
        for (const entry of payments.entries(item)) yield paymentRecord(entry, account);
        return;
      case 'extended':
        return yield extendedRecord(item.value, account);
      case 'plays':
        return yield yearRecord(item.value, account);
    }
  }

  *#tell(rows: BadRows, readings: Iterable<Reading>): Generator<Message> {
    for (const reading of readings) {
      if (isBad(reading)) {
        yield rows.bad(reading);
        continue;
      }
      rows.good();
      if (reading !== 'nothing' && this.#isNew(reading)) yield { kind: 'record', record: reading };
      if (++this.#done % PROGRESS_ROWS === 0) yield { kind: 'progress', done: this.#done };
    }
  }

  /** Same instant, item and length: the same play, told twice. */
  #isNew({ stream, key }: SyncRecord): boolean {
    return this.#recent.seen(`${stream} ${key}`) === 0;
  }
}
