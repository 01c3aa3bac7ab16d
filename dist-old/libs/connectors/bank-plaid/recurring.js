import { recurringAnswer } from './answers.js';
import { merchantOf } from './merchants.js';
/**
 * What recurs and is no subscription, by Plaid's own categories (plaid.com/documents/pfc-taxonomy-all.csv): nobody
 * asked us to keep a person's rent, loans and savings.
 */ const OTHER_MATTERS = [
    'LOAN_PAYMENTS',
    'TRANSFER_OUT',
    'TRANSFER_IN',
    'BANK_FEES',
    'RENT_AND_UTILITIES_RENT'
];
/** The subscriptions of one moment, and with them the answer to which transactions are charges, and whose. */ export class Recurring {
    #providers;
    #members;
    constructor(config, answer){
        this.config = config;
        this.subscriptions = answer.outflow_streams.filter((stream)=>this.isRead(stream.account_id)).map((stream)=>({
                stream,
                merchant: this.#merchant(stream.merchant_name, stream.description)
            })).filter(({ stream, merchant })=>isKnown(merchant) || !isOtherMatter(stream));
        this.#providers = new Set(this.subscriptions.map(({ merchant })=>merchant.provider));
        this.#members = new Map(this.subscriptions.flatMap(({ stream, merchant })=>stream.transaction_ids.map((id)=>[
                    id,
                    merchant
                ])));
        const on = answer.updated_datetime?.slice(0, 10) ?? '';
        this.asOf = /^\d{4}-\d{2}-\d{2}$/.test(on) ? on : null;
    }
    /** By the settings. Of others Plaid lists the transactions too. */ isRead(account) {
        return this.config.accounts?.includes(account) ?? true;
    }
    /**
   * Only what belongs to a subscription is kept, out of everything that a person buys: what bears its merchant's name,
   * which a charge does from the day it is booked, and what Plaid lists in its stream, whatever the bank calls it.
   * Pending ones come again under another id once they are booked.
   */ chargeOf(paid) {
        if (paid.pending || !this.isRead(paid.account_id)) return undefined;
        const merchant = this.#merchant(paid.merchant_name, paid.name ?? '');
        if (isKnown(merchant) || this.#providers.has(merchant.provider)) return merchant;
        return this.#members.get(paid.transaction_id);
    }
    #merchant(name, text) {
        return merchantOf({
            merchant_name: name,
            text
        }, this.config.merchants);
    }
}
export async function fetchRecurring({ config }, ask) {
    const more = config.accounts === undefined ? {} : {
        account_ids: config.accounts
    };
    return new Recurring(config, await ask('/transactions/recurring/get', more, recurringAnswer));
}
const isKnown = ({ provider })=>!provider.startsWith('bank:');
function isOtherMatter({ personal_finance_category: category }) {
    return OTHER_MATTERS.includes(category?.primary ?? '') || OTHER_MATTERS.includes(category?.detailed ?? '');
}

//# sourceMappingURL=recurring.js.map