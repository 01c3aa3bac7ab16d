import { ConnectorError } from '../kit/index.js';
import { isBad, recordKey } from './upload/index.js';
import { cell, dateOf, intervalOf, moneyOf, yesNo } from './values.js';
/** A person has a few dozen in a lifetime: more means that the column is not what we think. */ const MAX_SUBSCRIPTIONS = 10_000;
const PRIME = /^(amazon )?prime( membership)?$/i;
/** The connector's own provider. */ export const PRIME_SERVICE = 'amazon_prime';
const MAX_SERVICE = 60;
/** Gathers `Subscriptions.csv`, which may list a subscription in several record versions, and what bills it. */ export class Subscriptions {
    #held;
    #planned;
    constructor(order, today){
        this.order = order;
        this.today = today;
        this.#held = new Map();
        this.#planned = new Map();
    }
    /** A row of `Billing Schedules.csv`: what is planned to be billed. Known from a single reader, so only a fallback. */ plan(row) {
        const [id, amount] = [
            cell(row['SubscriptionId']),
            moneyOf(row['Amount'], row['CurrencyCode'])
        ];
        if (id === null) return {
            bad: 'SubscriptionId is blank'
        };
        if (amount === undefined) return {
            bad: 'Amount is not an amount of money'
        };
        const over = /cancel|inactive|ended|expired/i.test(row['Status'] ?? '');
        if (amount !== null && !over) this.#planned.set(id, amount);
        return this.#bounded('nothing');
    }
    add(row) {
        const facts = factsOf(row, this.order, this.today);
        if (isBad(facts)) return facts;
        const before = this.#held.get(facts.id);
        if (before === undefined || facts.version >= before.version) this.#held.set(facts.id, facts);
        return this.#bounded('nothing');
    }
    planned(id) {
        return id === null ? undefined : this.#planned.get(id);
    }
    provider(id) {
        return id === null ? null : this.#held.get(id)?.provider ?? null;
    }
    /** Undefined where the export does not say whose subscription it is. */ serviceOf(id) {
        const facts = id === null ? undefined : this.#held.get(id);
        return facts === undefined ? undefined : serviceOf(facts.provider);
    }
    /**
   * One record for each subscription; another product than Prime is a subscription of its own. `newest`: how far the export goes;
   * one that gives no day of its own is the truth of that day.
   */ records(include, newest) {
        return [
            ...this.#held.values()
        ].filter((facts)=>include === 'all' || facts.prime).map((facts)=>this.#record(facts, newest));
    }
    #record({ id, price, data }, newest) {
        const planned = this.#planned.get(id);
        const from = price === null && planned !== undefined ? 'billing_schedule' : 'next_bill';
        const money = price ?? planned ?? null;
        return {
            stream: 'subscriptions',
            key: recordKey(id),
            data: {
                ...data,
                as_of: data['as_of'] ?? newest,
                price_minor: money?.minor ?? null,
                currency: money?.currency ?? null,
                price_source: money === null ? null : from,
                source: 'export',
                confidence: money === null || from === 'billing_schedule' ? 'medium' : 'high'
            }
        };
    }
    #bounded(answer) {
        if (Math.max(this.#held.size, this.#planned.size) <= MAX_SUBSCRIPTIONS) return answer;
        throw new ConnectorError('SCHEMA_DRIFT', 'Subscriptions.csv lists implausibly many subscriptions', {
            code: 'too_many'
        });
    }
}
const DATES = [
    'SubscriptionStatusDate',
    'SubscriptionStartDate',
    'NextBillDate',
    'BillingPeriodStartDate',
    'ContractEndDate'
];
/** In a text column: there is none, whatever an export of before said. */ const NONE = '';
function factsOf(row, order, today) {
    const id = cell(row['SubscriptionId']);
    if (id === null) return {
        bad: 'SubscriptionId is blank'
    };
    const dates = {};
    for (const name of DATES){
        const date = dateOf(row[name], order);
        if (date === undefined) return {
            bad: `${name} is not a date`
        };
        dates[name] = date;
    }
    const price = priceOf(row);
    if (price === undefined) return {
        bad: 'NextBillAmount is not an amount of money'
    };
    const provider = cell(row['ServiceProvider']);
    return {
        id,
        provider,
        prime: PRIME.test(provider ?? ''),
        version: Number(cell(row['RecordVersionNumber']) ?? 0) || 0,
        price,
        data: {
            ...describe(row, provider),
            ...lifeOf(row, dates, today)
        }
    };
}
/** Nobody is billed less than nothing: a sign here means that the column is not what we think. */ function priceOf(row) {
    const price = moneyOf(row['NextBillAmount'], row['BaseCurrencyCode']);
    return price !== null && price !== undefined && price.minor < 0 ? undefined : price;
}
/** `Audible` as `audible`: what is not Prime is another service, if only one that Amazon does not name. */ function serviceOf(provider) {
    if (PRIME.test(provider ?? '')) return PRIME_SERVICE;
    const words = (provider ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    const name = words.replace(/[^a-z0-9]+/g, '_').slice(0, MAX_SERVICE).replace(/^_|_$/g, '');
    return name === '' ? 'amazon' : name;
}
function describe(row, provider) {
    const every = cell(row['ContractTimeInterval']);
    return {
        plan: [
            provider,
            every
        ].filter((part)=>part !== null).join(' ') || null,
        plan_raw: cell(row['SubscriptionPlanId']),
        prime: PRIME.test(provider ?? ''),
        service: serviceOf(provider),
        service_raw: provider,
        interval: intervalOf(row['ContractTimeInterval']),
        marketplace: cell(row['Marketplace']),
        base_subscription: cell(row['BaseSubscriptionId']),
        billing_problem: yesNo(row['HaveSubscriptionProblem']) ?? null,
        gifted: yesNo(row['CurrentPlanGifted']) ?? null
    };
}
function lifeOf(row, dates, today) {
    const said = cell(row['SubscriptionStatus']);
    const status = statusOf(said);
    const over = status === 'cancelled' || status === 'expired';
    const renews = isLeaving(said) ? false : yesNo(row['Autorenew']) ?? null;
    const changed = dates.SubscriptionStatusDate ?? null;
    const billed = dates.BillingPeriodStartDate ?? null;
    return {
        status,
        status_raw: said,
        auto_renew: over ? false : renews,
        renews_on: over || renews === false ? NONE : dates.NextBillDate ?? null,
        started_on: dates.SubscriptionStartDate ?? null,
        // A contract that renews itself ends on no day, also one that had ended before.
        ended_on: over ? dates.ContractEndDate ?? changed : renews === false ? dates.ContractEndDate ?? null : status === 'active' ? NONE : null,
        // A day that has not come would keep out every export until then.
        as_of: [
            changed,
            billed
        ].filter((date)=>date !== null && date <= today).sort().at(-1) ?? null
    };
}
/** `PendingCancel`, `CANCELLATION_PENDING`: paid to the end of its contract, and then no more. */ const isLeaving = (said)=>/pending.?cancel|cancel\w{0,10}.?pending/i.test(said ?? '');
/** `Active` and `Cancelled` are the words seen; what we do not recognise is `unknown`, with the raw word beside it. */ function statusOf(said) {
    if (said === null) return null;
    const word = said.toLowerCase();
    if (isLeaving(said)) return 'active';
    if (/cancel|terminated|closed/.test(word)) return 'cancelled';
    if (/expired|lapsed|ended/.test(word)) return 'expired';
    if (/pause|hold|suspend/.test(word)) return 'paused';
    return /^(active|current)\b/.test(word) ? 'active' : 'unknown';
}

//# sourceMappingURL=subscriptions.js.map