import { csvRows, RecentKeys } from '../kit/index.js';
import { Charges } from './charges.js';
import { kinds, sheets } from './sheets.js';
import { Subscriptions } from './subscriptions.js';
import { BadRows, isBad } from './upload/index.js';
import { viewingRecord } from './viewing.js';
const PROGRESS_ROWS = 5_000;
const DATE_LENGTH = 'YYYY-MM-DD'.length;
const streams = {
    schedules: 'subscriptions',
    subscriptions: 'subscriptions',
    periods: 'charges',
    orders: 'charges',
    items: 'charges',
    monetary: 'charges',
    returns: 'charges',
    refunds: 'charges',
    viewing: 'usage'
};
/** Reads the sheets of one upload in the order that charges need. Memory does not grow with the viewing history. */ export class AmazonImport {
    #subscriptions;
    #charges;
    #recent;
    #done;
    /** Rows of the list of subscriptions: only one that was read whole says what is not there any more. */ #listed;
    constructor(context, found){
        this.context = context;
        this.found = found;
        this.#recent = new RecentKeys();
        this.#done = 0;
        this.#listed = {
            good: 0,
            bad: 0
        };
        const { dateFormat } = context.config;
        const today = new Date(context.environment.clock.now()).toISOString().slice(0, DATE_LENGTH);
        this.#subscriptions = new Subscriptions(dateFormat, today);
        this.#charges = new Charges(this.#subscriptions, dateFormat, today);
    }
    /** `rowsPerFile`: stop each file early, for a look at whether it can be read. */ async *messages(rowsPerFile = Number.POSITIVE_INFINITY) {
        const since = this.context.environment.clock.now();
        for (const kind of kinds){
            for (const sheet of this.found.filter((candidate)=>candidate.kind === kind))yield* this.#sheet(sheet, rowsPerFile);
        }
        const { include } = this.context.config;
        for (const record of this.#subscriptions.records(include, this.#charges.newest))yield {
            kind: 'record',
            record
        };
        if (this.#listed.good > 0 && this.#listed.bad === 0) yield {
            kind: 'complete',
            stream: 'subscriptions',
            since
        };
        for (const record of this.#charges.records(include))yield {
            kind: 'record',
            record
        };
    }
    async *#sheet(sheet, most) {
        const { kind, label, open } = sheet;
        const { signal, config } = this.context;
        const rows = new BadRows(label, streams[kind], config.maxBadRows);
        let count = 0;
        for await (const read of csvRows(open, label, sheets[kind].columns, signal)){
            if (++count > most) break;
            const reading = 'bad' in read ? {
                bad: read.bad
            } : this.#reading(sheet, read.row);
            if (kind === 'subscriptions') this.#listed[isBad(reading) ? 'bad' : 'good']++;
            if (isBad(reading)) {
                yield rows.bad(reading);
                continue;
            }
            rows.good();
            if (reading !== 'nothing') yield {
                kind: 'record',
                record: reading
            };
            if (++this.#done % PROGRESS_ROWS === 0) yield {
                kind: 'progress',
                done: this.#done
            };
        }
        rows.finish();
    }
    #reading(sheet, row) {
        switch(sheet.kind){
            case 'schedules':
                return this.#subscriptions.plan(row);
            case 'subscriptions':
                return this.#subscriptions.add(row);
            case 'periods':
                return this.#charges.period(row);
            case 'orders':
                return this.#charges.orderRow(row);
            case 'items':
                return this.#charges.item(row);
            case 'monetary':
                return this.#charges.component(row, sheet);
            case 'returns':
                return this.#charges.refunds.returned(row);
            case 'refunds':
                return this.#charges.refunds.component(row, sheet);
            case 'viewing':
                return this.#once(viewingRecord(row));
        }
    }
    /** The same title at the same second is the same view, told twice. */ #once(record) {
        if (isBad(record)) return record;
        return this.#recent.seen(record.key) === 0 ? record : 'nothing';
    }
}

//# sourceMappingURL=import.js.map