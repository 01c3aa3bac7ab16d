import { strictMoney } from '../amazon-export/upload/index.js';
import { ConnectorError } from '../kit/index.js';
import { outcomeOf } from './bill-words.js';
import { cell, dateOf, intervalOf } from './values.js';
/** Kept until all are read, because they explain each other: a lifetime of monthly bills is a few hundred. */ const MAX_BILLS = 100_000;
const TEXTS = [
    'Description',
    'Pmt Status',
    'Payment Type',
    'Mop Last 4',
    'Pmt Txn Type',
    'Final Invoice Result',
    'Country'
];
/** The key of bionic/bionic, which met these files first. */ const IDENTITY = [
    'Transaction Date',
    'Payment Type',
    'Mop Last 4',
    'Pmt Txn Type',
    'Pmt Status',
    'Final Invoice Result'
];
/** Gathers `BillingHistory.csv`: exports list a bill twice, and several bills of one day under the same words. */ export class Bills {
    #byKey;
    #count;
    constructor(settled, today){
        this.settled = settled;
        this.today = today;
        /** The newest day of any bill that has come: how far the file goes. */ this.newest = null;
        this.#byKey = new Map();
        this.#count = 0;
    }
    /** False for a row without a date or an amount. */ add(row) {
        if (this.settled !== undefined && !this.settled.values.includes(row[this.settled.column] ?? '')) return true;
        const bill = billOf(row, outcomeOf(row, this.settled !== undefined));
        if (bill === undefined) return false;
        if (bill.on <= this.today && bill.on > (this.newest ?? '')) this.newest = bill.on;
        const key = IDENTITY.map((name)=>row[name] ?? '').join('|');
        const same = this.#byKey.get(key) ?? [];
        if (same.some(({ gross })=>gross.minor === bill.gross.minor && gross.currency === bill.gross.currency)) return true;
        if (++this.#count > MAX_BILLS) {
            throw new ConnectorError('SCHEMA_DRIFT', 'BillingHistory lists implausibly many bills', {
                code: 'too_many'
            });
        }
        this.#byKey.set(key, [
            ...same,
            bill
        ]);
        return true;
    }
    /** The newest that was paid for a whole interval; of one day the greatest, which is the plan's and no extra's. */ latest() {
        const paid = this.#all().filter(({ outcome, gross })=>outcome === 'paid' && gross.minor > 0);
        const plans = paid.filter(({ texts })=>!/extra.?member|add.?on/i.test(texts.Description ?? ''));
        const whole = plans.filter(({ start, end })=>intervalOf(start, end) !== undefined);
        const newest = (bills)=>bills.toSorted((a, b)=>b.on.localeCompare(a.on) || b.gross.minor - a.gross.minor)[0];
        const bill = newest(whole) ?? newest(plans);
        if (bill === undefined) return undefined;
        const { gross: price, start, end } = bill;
        return {
            price,
            interval: intervalOf(start, end),
            renewsOn: newest(plans)?.next
        };
    }
    /** `subscriptionOf`: the key of the subscription that a day belongs to. */ records(subscriptionOf) {
        const all = this.#all();
        const taken = new Set(all.filter(({ outcome })=>outcome === 'paid').map(paymentOf));
        return [
            ...this.#byKey
        ].flatMap(([key, bills])=>bills.toSorted((a, b)=>b.gross.minor - a.gross.minor || a.gross.currency.localeCompare(b.gross.currency)).map((bill, at)=>({
                    stream: 'charges',
                    // The greatest has the bare key, whatever the order in the file.
                    key: at === 0 ? key : `${key}|${bill.gross.minor} ${bill.gross.currency}`,
                    data: {
                        ...dataOf(bill, taken.has(paymentOf(bill))),
                        subscription: subscriptionOf(bill.start ?? bill.on),
                        as_of: this.newest
                    }
                })));
    }
    #all() {
        return [
            ...this.#byKey.values()
        ].flat();
    }
}
/** What an authorisation and the payment that follows from it have in common. */ const paymentOf = ({ on, start, gross })=>`${start ?? on}|${gross.minor}|${gross.currency}`;
function billOf(row, outcome) {
    const on = dateOf(row['Transaction Date']);
    const currency = row['Currency']?.trim() ?? '';
    const gross = strictMoney(row['Gross Sale Amt']?.trim() ?? '', currency);
    if (on === undefined || gross === undefined) return undefined;
    return {
        on,
        gross,
        tax: strictMoney(row['Tax Amt']?.trim() ?? '', currency),
        start: dateOf(row['Service Period Start Date']),
        end: dateOf(row['Service Period End Date']),
        next: dateOf(row['Next Billing Date']),
        outcome,
        texts: Object.fromEntries(TEXTS.map((name)=>[
                name,
                cell(row[name])
            ]))
    };
}
/** `taken`: the same money was taken by another row. What did not change hands is a charge of 0, with what was asked beside. */ function dataOf(bill, taken) {
    const { gross, tax, outcome, texts } = bill;
    const none = outcome === 'failed' || outcome === 'reserved' && taken;
    const signed = (minor)=>none ? 0 : outcome === 'returned' ? -Math.abs(minor) : minor;
    return {
        occurred_on: bill.on,
        amount_minor: signed(gross.minor),
        currency: gross.currency,
        tax_minor: tax === undefined ? null : signed(tax.minor),
        attempted_minor: none ? gross.minor : null,
        period_start: bill.start ?? null,
        period_end: bill.end ?? null,
        description: texts.Description,
        status_raw: texts['Pmt Status'],
        method: texts['Payment Type'],
        method_last4: texts['Mop Last 4'],
        txn_type: texts['Pmt Txn Type'],
        invoice_result: texts['Final Invoice Result'],
        country: texts.Country
    };
}

//# sourceMappingURL=billing.js.map