import { z } from 'zod';
import { recordKey, strictMoney } from '../amazon-export/upload/index.js';
/**
 * `Payments.json` is described as details of the payment method (support.spotify.com/article/understanding-my-data), and
 * no public parser reads its keys. Hence by meaning: an entry that names a date, an amount and a currency is a charge,
 * whatever it calls them; anything else is a payment method and is not kept. Names in lower case, without `_` and `-`.
 */ const MEANINGS = {
    on: [
        'date',
        'paymentdate',
        'transactiondate',
        'chargedate',
        'billingdate',
        'createdat',
        'created',
        'timestamp'
    ],
    amount: [
        'amount',
        'price',
        'total',
        'totalamount',
        'amountpaid',
        'grossamount'
    ],
    currency: [
        'currency',
        'currencycode'
    ],
    ref: [
        'id',
        'paymentid',
        'transactionid',
        'orderid',
        'invoiceid',
        'reference'
    ],
    description: [
        'description',
        'product',
        'productname',
        'plan',
        'item'
    ],
    status: [
        'status',
        'state',
        'paymentstatus'
    ],
    method: [
        'paymentmethod',
        'method',
        'paymentmethodtype'
    ],
    tax: [
        'tax',
        'taxamount',
        'vat'
    ]
};
const entry = z.record(z.string(), z.unknown());
const scalar = z.union([
    z.string().max(300),
    z.number()
]).transform(String);
export function paymentRecord(value, account) {
    const parsed = entry.safeParse(value);
    if (!parsed.success) return 'nothing';
    const said = meaningsOf(parsed.data);
    if (said.on === undefined || said.amount === undefined || said.currency === undefined) return 'nothing';
    const on = dayOf(said.on);
    if (on === undefined) return {
        bad: 'the date of a payment is unreadable'
    };
    const money = strictMoney(said.amount, said.currency);
    if (money === undefined) return {
        bad: 'the amount of a payment is unreadable'
    };
    return {
        stream: 'charges',
        key: recordKey(account, said.ref ?? `${on}|${money.minor}|${money.currency}`),
        data: {
            account_ref: account === '' ? null : account,
            occurred_on: on,
            amount_minor: money.minor,
            currency: money.currency,
            tax_minor: strictMoney(said.tax ?? '', money.currency)?.minor ?? null,
            description: said.description ?? null,
            status_raw: said.status ?? null,
            method: said.method ?? null,
            source: 'export',
            confidence: 'low'
        }
    };
}
/** The file may be a list of entries, one entry, or an object that holds a list of them. */ export class Payments {
    #members;
    static #mostMembers = 1_000;
    /** Entries that an item is or holds; members of a single entry are kept for `rest`. */ entries({ key, value }) {
        if (typeof key === 'number') return [
            value
        ];
        if (Array.isArray(value)) return value;
        if (this.#members.size < Payments.#mostMembers) this.#members.set(key, value);
        return [];
    }
    rest() {
        return Object.fromEntries(this.#members);
    }
    constructor(){
        this.#members = new Map();
    }
}
function meaningsOf(data) {
    // An amount may be an object of its own, `{"amount": {"amount": …, "currency": …}}`; what stands outside wins.
    const nested = Object.values(data).flatMap((value)=>{
        const inner = entry.safeParse(value);
        return inner.success ? Object.entries(inner.data) : [];
    });
    const said = {};
    for (const [name, value] of [
        ...Object.entries(data),
        ...nested
    ]){
        const meaning = meaningOf(name);
        const plain = scalar.safeParse(value).data;
        if (meaning !== undefined && plain !== undefined) said[meaning] ??= plain;
    }
    return said;
}
function meaningOf(name) {
    const word = name.toLowerCase().replace(/[_\s-]/g, '');
    return Object.keys(MEANINGS).find((meaning)=>MEANINGS[meaning].includes(word));
}
/** ISO 8601 as written, or an epoch in seconds or milliseconds; nothing that could be read in two ways. */ function dayOf(text) {
    const [iso] = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text) ?? [];
    const epoch = /^\d{10}(\d{3})?$/.test(text) ? Number(text) * (text.length === 10 ? 1000 : 1) : undefined;
    const date = new Date(iso ?? epoch ?? Number.NaN);
    if (Number.isNaN(date.getTime())) return undefined;
    const day = date.toISOString().slice(0, 10);
    return iso === undefined || iso === day ? day : undefined;
}

//# sourceMappingURL=payments.js.map