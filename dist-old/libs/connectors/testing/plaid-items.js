import { randomUUID } from 'node:crypto';
export const plaidError = (type, code, message = 'demo', status = 400)=>({
        status,
        body: {
            error_type: type,
            error_code: code,
            error_message: message,
            display_message: null,
            request_id: 'demo-request'
        }
    });
/** One bank login: its recurring streams, its transactions, and a log of their changes that cursors point into. */ export class PlaidItem {
    #transactions;
    #log;
    #gone;
    #streamsMade;
    /** Cursors are opaque and lead somewhere only here. */ #series;
    constructor(pageSize){
        this.pageSize = pageSize;
        this.itemId = `item_${randomUUID()}`;
        this.accessToken = `access-sandbox-${randomUUID()}`;
        this.streams = [];
        /** False: the bank was linked a moment ago. */ this.ready = true;
        this.loginRequired = false;
        /** INITIAL_UPDATE_COMPLETE: Plaid has the last 30 days, and fetches the rest. */ this.status = 'HISTORICAL_UPDATE_COMPLETE';
        /** False: who reads without a cursor is told what there is, and nothing of what went. */ this.tellsWhatWent = true;
        this.#transactions = new Map();
        this.#log = [];
        this.#gone = new Set();
        this.#streamsMade = 0;
        this.#series = randomUUID();
    }
    /** A monthly MATURE stream of money out, unless told otherwise. Answers its id. */ recur(merchant, description, more = {}) {
        const id = `st_${++this.#streamsMade}`;
        this.streams.push({
            account_id: 'acc_demo',
            stream_id: id,
            description,
            merchant_name: merchant,
            first_date: '2026-03-03',
            last_date: '2026-11-03',
            predicted_next_date: '2026-12-03',
            frequency: 'MONTHLY',
            status: 'MATURE',
            is_active: true,
            last_amount: {
                amount: 12.99,
                iso_currency_code: 'EUR',
                unofficial_currency_code: null
            },
            average_amount: {
                amount: 12.4567,
                iso_currency_code: 'EUR',
                unofficial_currency_code: null
            },
            transaction_ids: [],
            ...more
        });
        return id;
    }
    /** Plaid has come to see that these recur: a stream made of what was paid before, however long. Answers its id. */ recognise(ids, more = {}) {
        const paid = ids.map((id)=>this.#known(id)).sort((a, b)=>a.date.localeCompare(b.date));
        const [first, last] = [
            paid[0],
            paid.at(-1)
        ];
        if (first === undefined || last === undefined) throw new Error('a stream has one transaction at least');
        const { amount, iso_currency_code } = last;
        return this.recur(last.merchant_name, last.name, {
            account_id: last.account_id,
            first_date: first.date,
            last_date: last.date,
            status: paid.length < 3 ? 'EARLY_DETECTION' : 'MATURE',
            last_amount: {
                amount,
                iso_currency_code,
                unofficial_currency_code: null
            },
            transaction_ids: paid.map(({ transaction_id: id })=>id),
            ...more
        });
    }
    /** What Plaid says of a stream from now on: that it ended, has another name. Undefined: nothing at all. */ retell(streamId, more) {
        const at = this.streams.findIndex(({ stream_id: id })=>id === streamId);
        if (at === -1) throw new Error(`the stand-in knows no stream ${streamId}`);
        this.streams.splice(at, 1, ...more === undefined ? [] : [
            {
                ...this.streams[at],
                ...more
            }
        ]);
    }
    pay(merchant, name, more = {}) {
        const id = more.transaction_id ?? `tx_${this.#transactions.size + 1}`;
        const base = {
            account_id: 'acc_demo',
            amount: 12.99,
            iso_currency_code: 'EUR',
            date: '2026-11-03'
        };
        const paid = {
            transaction_id: id,
            ...base,
            name,
            merchant_name: merchant,
            pending: false,
            ...more
        };
        this.#transactions.set(id, paid);
        this.#log.push({
            kind: 'added',
            id
        });
        return id;
    }
    modify(id, more) {
        this.#transactions.set(id, {
            ...this.#known(id),
            ...more
        });
        this.#log.push({
            kind: 'modified',
            id
        });
    }
    remove(id) {
        this.#gone.add(id);
        this.#log.push({
            kind: 'removed',
            id
        });
    }
    /**
   * A cursor is `<series>:<read>:<end of its loop>`, and `:all` in a loop that began without one; within a loop the log
   * must not have grown.
   */ sync(cursor, count) {
        if (!this.ready) return {
            status: 200,
            body: page([], '', false, 'NOT_READY')
        };
        const [series = this.#series, read = '0', end, all = cursor === undefined ? 'all' : ''] = cursor?.split(':') ?? [];
        if (series !== this.#series) return plaidError('INVALID_REQUEST', 'INVALID_FIELD', 'cursor not associated with access_token');
        if (end !== undefined && Number(end) !== this.#log.length && Number(read) < Number(end)) return plaidError('TRANSACTIONS_ERROR', 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION');
        const from = Number(read);
        const until = Math.min(from + Math.min(count, this.pageSize), this.#log.length);
        const more = until < this.#log.length;
        const answer = page(this.#log.slice(from, until).filter(({ id })=>this.tellsWhatWent || all === '' || !this.#gone.has(id)).map((change)=>this.#shown(change)), `${series}:${until}:${this.#log.length}${more && all !== '' ? ':all' : ''}`, more, this.status);
        if (more) {
            const hook = this.afterPage;
            this.afterPage = undefined;
            hook?.();
        }
        return {
            status: 200,
            body: answer
        };
    }
    #known(id) {
        const paid = this.#transactions.get(id);
        if (paid === undefined) throw new Error(`the stand-in knows no transaction ${id}`);
        return paid;
    }
    #shown({ kind, id }) {
        const paid = this.#transactions.get(id);
        if (kind === 'removed' || paid === undefined) return {
            kind: 'removed',
            value: {
                transaction_id: id
            }
        };
        return {
            kind,
            value: paid
        };
    }
}
function page(changes, cursor, more, status) {
    const of = (kind)=>changes.filter((change)=>change.kind === kind).map((change)=>change.value);
    return {
        added: of('added'),
        modified: of('modified'),
        removed: of('removed'),
        next_cursor: cursor,
        has_more: more,
        transactions_update_status: status,
        accounts: [],
        request_id: 'demo-request'
    };
}

//# sourceMappingURL=plaid-items.js.map