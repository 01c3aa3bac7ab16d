import { ConnectorError } from '../kit/index.js';
import { cell, dateOf } from './values.js';
/** A person opens a handful of subscriptions in a lifetime: more means that the column is not what we think. */ const MAX_SUBSCRIPTIONS = 1_000;
/** Stands for the subscription where the export does not list any. */ export const ACCOUNT = 'account';
/** In a text column: there is none, whatever an export of before said. */ const NONE = '';
/**
 * Gathers the rows of SubscriptionHistory, one per plan change, into one subscription per `Subscription Opened Ts`:
 * a plan change alters a subscription, it does not make a second one.
 */ export class SubscriptionLedger {
    #held;
    /** The newest day that any of it tells of. */ #newest;
    constructor(today){
        this.today = today;
        this.#held = new Map();
        /** `Membership Status` of AccountDetails: about the account of today. */ this.membership = null;
        this.#newest = null;
    }
    get listed() {
        return this.#held.size > 0;
    }
    /** False for a row without a readable opening date. */ add(row) {
        const openedTs = row['Subscription Opened Ts']?.trim() ?? '';
        const openedOn = dateOf(openedTs);
        if (openedOn === undefined) return false;
        if (this.#held.size >= MAX_SUBSCRIPTIONS) {
            throw new ConnectorError('SCHEMA_DRIFT', 'SubscriptionHistory lists implausibly many subscriptions', {
                code: 'too_many'
            });
        }
        const before = this.#held.get(openedTs);
        const changed = cell(row['Plan Change New Category']);
        const planSince = changed === null ? openedOn : dateOf(row['Plan Change Date']) ?? openedOn;
        const newer = before === undefined || planSince >= before.planSince;
        const closedOn = dateOf(row['Subscription Closed Ts']) ?? before?.closedOn;
        this.#toldOf(openedOn, planSince, closedOn);
        this.#held.set(openedTs, {
            openedTs,
            openedOn,
            closedOn,
            plan: newer ? changed ?? cell(row['Signup Plan Category']) ?? before?.plan ?? null : before.plan,
            planSince: newer ? planSince : before.planSince
        });
        return true;
    }
    /** A day that has not come would keep out every export until then. */ #toldOf(...days) {
        for (const day of days)if (day !== undefined && day <= this.today && day > (this.#newest ?? '')) this.#newest = day;
    }
    /** The key of the subscription that a day lies in. */ keyOn(day) {
        if (!this.listed) return this.membership === null ? null : ACCOUNT;
        const begun = [
            ...this.#held.values()
        ].filter(({ openedOn })=>openedOn <= day);
        const last = begun.sort((a, b)=>a.openedTs.localeCompare(b.openedTs)).pop();
        return last === undefined || day > (last.closedOn ?? day) ? null : last.openedTs;
    }
    /**
   * Price, renewal and membership belong to the subscription opened last; older ones are history. `billedOn`: the newest day of
   * any bill.
   */ records(bill, billedOn) {
        const asOf = [
            this.#newest,
            billedOn
        ].filter((day)=>day !== null).sort().at(-1) ?? null;
        const oldestFirst = [
            ...this.#held.values()
        ].sort((a, b)=>a.openedTs.localeCompare(b.openedTs));
        const current = oldestFirst.pop();
        if (current === undefined) return this.#withoutHistory(bill, asOf);
        const records = [
            ...oldestFirst.map((held)=>record(held)),
            record(current, this.membership, bill)
        ];
        return records.map((one)=>({
                ...one,
                data: {
                    ...one.data,
                    as_of: asOf
                }
            }));
    }
    #withoutHistory(bill, asOf) {
        if (this.membership === null) return [];
        const status = statusOf(this.membership, undefined);
        const data = {
            plan: null,
            status,
            status_raw: this.membership,
            ...billed(status, bill),
            as_of: asOf
        };
        return [
            {
                stream: 'subscriptions',
                key: ACCOUNT,
                data
            }
        ];
    }
}
function record(held, membership = null, bill) {
    const status = statusOf(membership, held.closedOn);
    return {
        stream: 'subscriptions',
        key: held.openedTs,
        data: {
            plan: held.plan,
            plan_raw: held.plan,
            status,
            status_raw: membership,
            started_on: held.openedOn,
            ended_on: held.closedOn ?? (status === 'active' ? NONE : null),
            plan_since: held.planSince,
            ...billed(status, bill)
        }
    };
}
const billed = (status, bill)=>({
        price_minor: bill?.price.minor ?? null,
        currency: bill?.price.currency ?? null,
        interval: bill?.interval ?? null,
        renews_on: status === 'cancelled' ? NONE : bill?.renewsOn ?? null
    });
/** The words of `Membership Status` are not documented; what we do not recognise is `unknown`, with the raw word beside. */ function statusOf(membership, closedOn) {
    const words = membership?.toLowerCase() ?? '';
    if (/former|cancel|never|closed|non.?member/.test(words)) return 'cancelled';
    if (/hold|pause/.test(words)) return 'paused';
    if (/current|active/.test(words)) return 'active';
    if (membership !== null) return 'unknown';
    return closedOn === undefined ? 'active' : 'cancelled';
}

//# sourceMappingURL=subscriptions.js.map