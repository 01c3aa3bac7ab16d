import { BadRows, isBad } from '../amazon-export/upload/index.js';
import { RecentKeys } from '../kit/index.js';
import { Account } from './account.js';
import { Coverage } from './coverage.js';
import { jsonItems } from './json-items.js';
import { paymentRecord, Payments } from './payments.js';
import { extendedRecord, yearRecord } from './plays.js';
const PROGRESS_ROWS = 5_000;
const streams = {
    account: 'subscriptions',
    payments: 'charges',
    extended: 'usage',
    plays: 'usage'
};
/** Reads the files of one upload. Memory grows neither with the files nor with the number of plays. */ export class SpotifyImport {
    #account;
    #coverage;
    #recent;
    #done;
    constructor(context, found, before){
        this.context = context;
        this.found = found;
        this.#recent = new RecentKeys();
        this.#done = 0;
        this.#account = new Account(context.config.account);
        this.#coverage = new Coverage(before);
    }
    /** Once all was read: for the next upload. */ get coverage() {
        return this.#coverage.stored(this.found.history, this.#account.ref);
    }
    /** A file out of an extended history: what it lacks may be in another. */ get isPart() {
        return !this.found.history && this.found.sheets.some(({ kind })=>kind === 'extended');
    }
    /** Once all was told: what an extended history replaces. `upgraded`: an earlier version left the state. */ *complete(since, upgraded) {
        if (this.found.history) yield* this.#coverage.complete(since, upgraded);
    }
    /** `rowsPerFile`: stop each file early, for a look at whether it can be read. */ async *messages(rowsPerFile = Number.POSITIVE_INFINITY) {
        // `account` comes first among the kinds: a play's key begins with whose it is.
        for (const sheet of this.found.sheets)yield* this.#sheet(sheet, rowsPerFile);
        const record = this.#account.record();
        if (record !== undefined) yield {
            kind: 'record',
            record
        };
    }
    async *#sheet({ kind, label, open }, most) {
        const { signal, config } = this.context;
        const rows = new BadRows(label, streams[kind], config.maxBadRows);
        const payments = new Payments();
        let count = 0;
        for await (const item of jsonItems(open, label, signal)){
            yield* this.#tell(rows, this.#readings(kind, item, payments));
            if (++count >= most) break;
        }
        if (kind === 'payments') yield* this.#tell(rows, [
            paymentRecord(payments.rest(), this.#ref)
        ]);
        rows.finish();
    }
    *#readings(kind, item, payments) {
        switch(kind){
            case 'account':
                return yield this.#account.add(item);
            case 'payments':
                for (const entry of payments.entries(item))yield paymentRecord(entry, this.#ref);
                return;
            case 'extended':
                return yield this.#extended(item.value);
            case 'plays':
                return yield this.#ofYear(item.value);
        }
    }
    /** Whose the upload is; where it does not say, whose they were before. */ get #ref() {
        return this.#account.ref || this.#coverage.usual;
    }
    #extended(row) {
        const play = extendedRecord(row, this.#account.ref, this.#coverage.usual);
        if (!isBad(play)) this.#coverage.add(play);
        return play;
    }
    #ofYear(row) {
        const play = yearRecord(row, this.#ref);
        return !isBad(play) && this.#coverage.has(play) ? 'nothing' : play;
    }
    *#tell(rows, readings) {
        for (const reading of readings){
            if (isBad(reading)) {
                yield rows.bad(reading);
                continue;
            }
            rows.good();
            if (reading !== 'nothing' && this.#isNew(reading)) yield {
                kind: 'record',
                record: reading
            };
            if (++this.#done % PROGRESS_ROWS === 0) yield {
                kind: 'progress',
                done: this.#done
            };
        }
    }
    /** Same instant, item and length: the same play, told twice. */ #isNew({ stream, key }) {
        return this.#recent.seen(`${stream} ${key}`) === 0;
    }
}

//# sourceMappingURL=import.js.map