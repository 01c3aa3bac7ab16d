import { ConnectorError, isConnectorError, throwIfCancelled } from '../kit/index.js';
import { syncAnswer } from './answers.js';
/** Plaid's largest page (plaid.com/docs/api/products/transactions/#transactionssync). */ const PAGE = 500;
/** 200,000 transactions: more than any Item has, so that a provider gone wrong ends somewhere. */ const MAX_PAGES = 400;
/** Transactions that change under our hands three times in a row are left for a later attempt. */ const MAX_RESTARTS = 3;
/**
 * Everything that changed since a cursor. Nothing is given out before the last page: when data changes in the middle,
 * Plaid wants the whole loop again from its first cursor, and what the first pages said may no longer be true. A cursor
 * that is refused, too old or of another Item, is as none.
 */ export async function* changesSince(ask, cursor, wanted, signal) {
    let from = cursor;
    for(let restart = 0; restart <= MAX_RESTARTS; restart++){
        try {
            return yield* wholeLoop(ask, from, wanted, signal);
        } catch (error) {
            if (from !== undefined && isConnectorError(error, 'CURSOR_INVALID')) from = undefined;
            else if (!(error instanceof MutatedWhilePaging)) throw error;
        }
    }
    throw new ConnectorError('TRANSIENT', 'transactions keep changing while they are read: trying later', {
        code: 'mutating'
    });
}
let MutatedWhilePaging = class MutatedWhilePaging extends Error {
};
/** The states of an Item (…transactions/#transactions-sync-response-transactions-update-status) before it has all. */ const UNFINISHED = [
    'NOT_READY',
    'INITIAL_UPDATE_COMPLETE'
];
async function* wholeLoop(ask, from, wanted, signal) {
    const told = new Told(wanted);
    let cursor = from;
    for(let page = 1; page <= MAX_PAGES; page++){
        throwIfCancelled(signal);
        const answer = await fetchPage(ask, cursor, page);
        told.take(answer);
        yield {
            kind: 'progress',
            done: page
        };
        const next = answer.next_cursor === '' ? undefined : answer.next_cursor;
        if (!answer.has_more) {
            const { held, removed, days } = told;
            const hasHistory = !UNFINISHED.includes(answer.transactions_update_status ?? '');
            return {
                isAll: from === undefined,
                hasHistory,
                days,
                held,
                removed,
                cursor: next
            };
        }
        if (next === undefined || next === cursor) throw astray('it says that there is more, and not where');
        cursor = next;
    }
    throw astray(`it has not come to an end after ${MAX_PAGES} pages`);
}
/** On a first page the same class means that the cursor itself is refused. */ async function fetchPage(ask, cursor, page) {
    const more = {
        count: PAGE,
        ...cursor === undefined ? {} : {
            cursor
        }
    };
    try {
        return await ask('/transactions/sync', more, syncAnswer);
    } catch (error) {
        if (page > 1 && isConnectorError(error, 'CURSOR_INVALID')) throw new MutatedWhilePaging();
        throw error;
    }
}
/** What the pages of a loop say together: the last word counts. */ let Told = class Told {
    constructor(wanted){
        this.wanted = wanted;
        this.held = new Map();
        this.removed = new Set();
        this.days = new Map();
    }
    take({ added, modified, removed }) {
        for (const paid of [
            ...added,
            ...modified
        ]){
            this.held.delete(paid.transaction_id);
            this.removed.delete(paid.transaction_id);
            if (!this.wanted.isRead(paid.account_id)) continue;
            const first = this.days.get(paid.account_id);
            if (first === undefined || paid.date < first) this.days.set(paid.account_id, paid.date);
            if (this.wanted.isOurs(paid)) this.held.set(paid.transaction_id, paid);
        }
        for (const { transaction_id: id } of removed){
            this.held.delete(id);
            this.removed.add(id);
        }
    }
};
const astray = (how)=>new ConnectorError('SCHEMA_DRIFT', `Plaid's list of transactions cannot be read: ${how}`, {
        code: 'paging'
    });

//# sourceMappingURL=transactions.js.map