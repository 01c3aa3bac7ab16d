import { DAY } from '#lib/domain/kernel';
import { csvRows, RecentKeys, RowQuality } from '../kit/index.js';
import { Bills } from './billing.js';
import { kinds, sheets } from './sheets.js';
import { ACCOUNT, SubscriptionLedger } from './subscriptions.js';
import { DateOrderFinder, titleDate } from './title-dates.js';
import { isTrailer, titleRecord, viewingRecord } from './viewing.js';
const PROGRESS_ROWS = 5_000;
const DATE_LENGTH = 'YYYY-MM-DD'.length;
const streams = {
    billing: 'charges',
    account: 'subscriptions',
    history: 'subscriptions',
    viewing: 'usage',
    titles: 'usage'
};
/** Reads the sheets of one upload in the order that subscriptions need. Memory does not grow with what was watched. */ export class NetflixImport {
    #ledger;
    #bills;
    #recent;
    /** A title seen twice on a day is two views in one file, and the same two in a copy of it. */ #titles;
    #latest;
    #done;
    constructor(context, found){
        this.context = context;
        this.found = found;
        this.#recent = new RecentKeys();
        this.#titles = new RecentKeys();
        this.#done = 0;
        const dayOf = (at)=>new Date(at).toISOString().slice(0, DATE_LENGTH);
        const now = context.environment.clock.now();
        this.#latest = dayOf(now + DAY);
        this.#ledger = new SubscriptionLedger(dayOf(now));
        this.#bills = new Bills(context.config.settled, dayOf(now));
    }
    async *messages() {
        const since = this.context.environment.clock.now();
        for (const kind of kinds){
            for (const sheet of this.found.filter((candidate)=>candidate.kind === kind))yield* this.#sheet(sheet);
        }
        const bills = this.#bills;
        for (const record of this.#ledger.records(bills.latest(), bills.newest))yield {
            kind: 'record',
            record
        };
        // What stood for the subscription in an export without a list of them is now listed.
        if (this.#ledger.listed) yield {
            kind: 'complete',
            stream: 'subscriptions',
            since,
            within: ACCOUNT
        };
        for (const record of bills.records((day)=>this.#ledger.keyOn(day)))yield {
            kind: 'record',
            record
        };
    }
    async *#sheet(sheet) {
        const order = sheet.kind === 'titles' ? await this.#dateOrder(sheet) : undefined;
        this.#titles = new RecentKeys();
        const quality = new RowQuality(sheet.label, this.context.config.maxBadRows);
        for await (const read of this.#rows(sheet)){
            const reading = 'bad' in read ? 'bad' : this.#reading(sheet.kind, read.row, order);
            if (reading === 'bad') {
                quality.bad();
                yield {
                    kind: 'rejected',
                    stream: streams[sheet.kind],
                    reason: 'bad' in read ? read.bad : 'unreadable_value'
                };
                continue;
            }
            quality.good();
            if (reading !== 'nothing') yield {
                kind: 'record',
                record: reading
            };
            if (++this.#done % PROGRESS_ROWS === 0) yield {
                kind: 'progress',
                done: this.#done
            };
        }
        quality.finish();
    }
    #rows(sheet) {
        return csvRows(sheet.open, sheet.label, sheets[sheet.kind].columns, this.context.signal);
    }
    /** A first pass over the dates alone: the last row may be the one that tells day from month. */ async #dateOrder(sheet) {
        const { dateFormat } = this.context.config;
        if (dateFormat !== undefined) return dateFormat;
        const finder = new DateOrderFinder(this.#latest);
        for await (const read of this.#rows(sheet))if ('row' in read) finder.see(read.row['Date'] ?? '');
        // Without a single date every row will be bad, whatever the order.
        return finder.found() ?? 'year-first';
    }
    #reading(kind, row, order) {
        switch(kind){
            case 'billing':
                return this.#bills.add(row) ? 'nothing' : 'bad';
            case 'account':
                this.#ledger.membership = row['Membership Status']?.trim() || null;
                return 'nothing';
            case 'history':
                return this.#ledger.add(row) ? 'nothing' : 'bad';
            case 'viewing':
                return isTrailer(row) ? 'nothing' : this.#once(viewingRecord(row));
            case 'titles':
                return this.#title(row, order ?? 'year-first');
        }
    }
    #title(row, order) {
        const ordinal = this.#titles.seen(JSON.stringify([
            row['Title'],
            row['Date']
        ]));
        const on = titleDate(row['Date'] ?? '', order, this.#latest);
        return titleRecord(row, on, this.context.config.profile, ordinal) ?? 'bad';
    }
    #once(record) {
        if (record === undefined) return 'bad';
        return this.#recent.seen(record.key) === 0 ? record : 'nothing';
    }
}

//# sourceMappingURL=import.js.map