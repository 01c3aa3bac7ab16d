import { decimalMoney } from '../http-json/decimal.js';
const INTERVALS = {
    WEEKLY: 'week',
    BIWEEKLY: '2 weeks',
    SEMI_MONTHLY: 'half month',
    MONTHLY: 'month',
    ANNUALLY: 'year'
};
/**
 * How sure a bank's guess is, 0 … 1, for merging with what the provider itself tells, which counts as 1. Plaid calls
 * a stream mature after three payments (two when they are yearly).
 */ const CONFIDENCE = {
    MATURE: 0.8,
    EARLY_DETECTION: 0.5
};
const GUESS = 0.3;
/** A double holds 15 digits of a decimal: those after them (12.989999999999998) are of nobody's price, but of sums of floats. */ const moneyOf = ({ amount, iso_currency_code: currency })=>decimalMoney(Number(amount.toPrecision(15)), currency ?? '');
/** The bank knows what was paid and when, and nothing of plans. The price is the last one: an average fits no month. */ export function subscriptionRecord(stream, { provider, merchant }, asOf) {
    const money = moneyOf(stream.last_amount);
    return {
        stream: 'subscriptions',
        key: `${stream.account_id}|${stream.stream_id}`,
        data: {
            account_ref: stream.account_id,
            stream_ref: stream.stream_id,
            provider,
            merchant,
            plan: null,
            // Only that payments have stopped is known; who ended it, and when, is not.
            status: stream.is_active ? 'active' : 'expired',
            status_raw: stream.status,
            price_minor: money?.minor ?? null,
            currency: money?.currency ?? null,
            interval: INTERVALS[stream.frequency] ?? null,
            // None, which takes away the one that was told before; null would keep it.
            renews_on: stream.is_active ? stream.predicted_next_date ?? null : '',
            first_charged_on: stream.first_date ?? null,
            last_charged_on: stream.last_date ?? null,
            as_of: asOf,
            source: 'bank',
            confidence: CONFIDENCE[stream.status] ?? GUESS
        }
    };
}
/**
 * A refund is a negative amount, as Plaid has it. Undefined: an amount that no currency explains. Without a merchant, it
 * corrects a charge that we hold and leaves it to whom it belongs: sinks keep what a record does not name.
 */ export function chargeRecord(paid, merchant) {
    const money = moneyOf(paid);
    if (money === undefined) return undefined;
    return {
        stream: 'charges',
        key: paid.transaction_id,
        data: {
            account_ref: paid.account_id,
            charge_ref: paid.transaction_id,
            ...merchant,
            occurred_on: paid.authorized_date ?? paid.date,
            booked_on: paid.date,
            amount_minor: money.minor,
            currency: money.currency,
            description: (paid.name ?? paid.merchant_name ?? '').slice(0, 500) || null,
            status_raw: 'posted',
            method: 'bank',
            source: 'bank'
        }
    };
}
/**
 * A charge that the bank took back altogether: the row stays and says so, and sums over charges are right, as its amount
 * becomes nothing.
 */ export const removedRecord = (key)=>({
        stream: 'charges',
        key,
        data: {
            amount_minor: 0,
            status_raw: 'removed',
            source: 'bank'
        }
    });

//# sourceMappingURL=records.js.map