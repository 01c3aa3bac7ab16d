import { DAY } from '#lib/domain/kernel';
import { ConnectorError } from '../kit/index.js';
import { Refunds } from './refunds.js';
import { Repeats } from './repeats.js';
import { PRIME_SERVICE } from './subscriptions.js';
import { recordKey } from './upload/index.js';
import { cell, dateOf, moneyOf, plus, yesNo } from './values.js';
/** Kept in memory until all files are read, because they refer to each other: a lifetime of monthly bills is a few thousand. */ const MAX_CHARGES = 100_000;
const MONTH = 31 * DAY;
const DATE_LENGTH = 'YYYY-MM-DD'.length;
/**
 * Puts the charges of subscriptions together: `Subscription Periods.csv` says which order paid for which period, and
 * `Digital-Ordering` what the order cost. Either may be missing, as Amazon sends them in separate ZIPs. Orders that
 * belong to no subscription are not ours to keep.
 */ export class Charges {
    #byOrder;
    #orderOfItem;
    #repeats;
    /** The newest day on which anything was ordered: how far the export goes. */ #newest;
    /** `today`: a day that has not come says nothing of how far the export goes. */ constructor(subscriptions, order, today){
        this.subscriptions = subscriptions;
        this.order = order;
        this.today = today;
        this.#byOrder = new Map();
        this.#orderOfItem = new Map();
        this.#repeats = new Repeats();
        this.#newest = null;
        this.refunds = new Refunds((id)=>this.#byOrder.has(id), order);
    }
    period(row) {
        const subscription = cell(row['SubscriptionId']);
        if (subscription === null) return {
            bad: 'SubscriptionId is blank'
        };
        const completed = yesNo(row['ChargeCompleted']);
        if (completed === undefined) return {
            bad: 'ChargeCompleted is neither Yes nor No'
        };
        const start = dateOf(row['PeriodStartDate'], this.order);
        const end = dateOf(row['PeriodEndDate'], this.order);
        if (start === undefined || end === undefined) return {
            bad: 'PeriodStartDate or PeriodEndDate is not a date'
        };
        if (completed !== true) return 'nothing';
        if (start === null) return {
            bad: 'PeriodStartDate of a paid period is blank'
        };
        const order = cell(row['OrderId']) ?? recordKey(subscription, cell(row['BillingScheduleItemId']) ?? start);
        const charge = this.#charge(order);
        Object.assign(charge, {
            subscription,
            periodStart: start,
            periodEnd: end
        });
        charge.occurredOn ??= start;
        charge.status ??= cell(row['PeriodStatus']);
        return 'nothing';
    }
    orderRow(row) {
        const order = cell(row['OrderId']);
        if (order === null) return {
            bad: 'OrderId is blank'
        };
        const type = cell(row['SubscriptionOrderType']);
        // The words of this column are not documented; a denial is no subscription.
        const ours = type !== null && !/^(no|non|not)\b/i.test(type);
        if (!ours && !this.#byOrder.has(order)) return 'nothing';
        const on = this.#orderedOn(row);
        if (on === undefined) return {
            bad: 'OrderDate is not a date'
        };
        const charge = this.#charge(order);
        charge.occurredOn = on ?? charge.occurredOn;
        charge.ordered = true;
        charge.status = cell(row['OrderStatus']) ?? charge.status;
        return 'nothing';
    }
    item(row) {
        const order = cell(row['OrderId']);
        if (order === null) return {
            bad: 'OrderId is blank'
        };
        if (!this.#byOrder.has(order) && cell(row['SubscriptionOrderInfoList']) === null) return 'nothing';
        const on = this.#orderedOn(row);
        if (on === undefined) return {
            bad: 'OrderDate is not a date'
        };
        const price = moneyOf(row['OurPrice'], row['OurPriceCurrencyCode']);
        const tax = moneyOf(row['OurPriceTax'], row['OurPriceCurrencyCode']);
        if (price === undefined || tax === undefined) return {
            bad: 'OurPrice or OurPriceTax is not an amount of money'
        };
        const charge = this.#charge(order);
        const item = cell(row['DigitalOrderItemId']) ?? order;
        if (this.#orderOfItem.has(item)) return 'nothing';
        const listed = plus(charge.listed, price);
        if (listed === undefined) return {
            bad: 'one order has prices in two currencies'
        };
        this.#orderOfItem.set(item, order);
        charge.listed = listed;
        charge.listedTax = plus(charge.listedTax, tax) ?? null;
        charge.title ??= cell(row['Title']);
        charge.occurredOn = on ?? charge.occurredOn;
        charge.ordered = true;
        return 'nothing';
    }
    /** One component of what was booked for an item: price, tax, discount, refund. Their sum is what was paid. */ component(row, file) {
        const item = cell(row['DigitalOrderItemId']) ?? '';
        const order = this.#orderOfItem.get(item);
        if (order === undefined) return 'nothing';
        const amount = moneyOf(row['TransactionAmount'], row['BaseCurrencyCode']);
        if (amount === undefined) return {
            bad: 'TransactionAmount is not an amount of money'
        };
        const code = row['MonetaryComponentTypeCode'] ?? '';
        if (!this.#repeats.isNew(file, item, row['DeliveryPacketId'], code)) return 'nothing';
        const charge = this.#charge(order);
        const booked = plus(charge.booked, amount);
        if (booked === undefined) return {
            bad: 'one order is booked in two currencies'
        };
        charge.booked = booked;
        if (/refund|return|revers/i.test(code)) charge.refundBooked = true;
        if (/tax|vat/i.test(code)) charge.bookedTax = plus(charge.bookedTax, amount) ?? null;
        return 'nothing';
    }
    /** The newest day on which anything was ordered or paid: the export was not made before. */ get newest() {
        const days = [
            ...this.#byOrder.values()
        ].map(({ occurredOn })=>occurredOn ?? '');
        const come = days.filter((day)=>day !== '' && day <= this.today);
        return [
            ...come,
            this.#newest ?? ''
        ].sort().at(-1) || null;
    }
    records(include) {
        return [
            ...this.#byOrder.values()
        ].filter((charge)=>include === 'all' || this.#serviceOf(charge) === PRIME_SERVICE).flatMap((charge)=>[
                this.#record(charge),
                ...this.#refund(charge)
            ]);
    }
    /** Null where nothing tells; what is told and is not Prime is another service of Amazon's. */ #serviceOf({ subscription, title }) {
        const told = this.subscriptions.serviceOf(subscription);
        if (told !== undefined) return told;
        if (title === null) return null;
        return /\bprime\b/i.test(title) ? PRIME_SERVICE : 'amazon';
    }
    #record(charge) {
        const planned = this.subscriptions.planned(charge.subscription) ?? null;
        const money = charge.booked ?? charge.listed ?? planned;
        const from = charge.booked !== null ? 'booked' : charge.listed !== null ? 'item' : 'billing_schedule';
        return {
            stream: 'charges',
            key: recordKey(charge.key),
            data: {
                ...this.#common(charge),
                occurred_on: charge.occurredOn,
                amount_minor: money?.minor ?? null,
                currency: money?.currency ?? null,
                tax_minor: (charge.booked === null ? charge.listedTax : charge.bookedTax)?.minor ?? null,
                period_start: charge.periodStart,
                period_end: charge.periodEnd,
                status_raw: charge.status,
                returned: this.refunds.of(charge.key) === undefined ? null : true,
                amount_source: money === null ? null : from,
                confidence: money === null || from === 'billing_schedule' ? 'low' : from === 'item' ? 'medium' : 'high'
            }
        };
    }
    /**
   * What came back is a charge of its own, less than nothing, so that an export without the returns does not undo it. It is
   * nothing once the order's own components have it, which may be later than an export told it here.
   */ #refund(charge) {
        const refund = this.refunds.of(charge.key);
        const money = refund?.money ?? null;
        if (money === null && !charge.refundBooked) return [];
        const data = {
            ...this.#common(charge),
            occurred_on: refund?.on ?? charge.occurredOn,
            // Amazon gives the sign of what it paid back one way in one layout and the other way in the next.
            amount_minor: charge.refundBooked ? 0 : 0 - Math.abs(money?.minor ?? 0),
            currency: (money ?? charge.booked)?.currency ?? null,
            status_raw: 'refund',
            amount_source: charge.refundBooked ? 'booked' : 'returns',
            confidence: 'medium'
        };
        return [
            {
                stream: 'charges',
                key: recordKey(charge.key, 'refund'),
                data
            }
        ];
    }
    #common(charge) {
        const { subscription, occurredOn } = charge;
        return {
            description: charge.title ?? this.subscriptions.provider(subscription),
            subscription: subscription === null ? null : recordKey(subscription),
            service: this.#serviceOf(charge),
            source: 'export',
            as_of: charge.ordered || occurredOn === null ? this.#newest : plannedOn(occurredOn)
        };
    }
    #orderedOn(row) {
        const on = dateOf(row['OrderDate'], this.order);
        if (on !== undefined && on !== null && on <= this.today && on > (this.#newest ?? '')) this.#newest = on;
        return on;
    }
    #charge(key) {
        const known = this.#byOrder.get(key);
        if (known !== undefined) return known;
        if (this.#byOrder.size >= MAX_CHARGES) {
            throw new ConnectorError('SCHEMA_DRIFT', 'the export lists implausibly many subscription orders', {
                code: 'too_many'
            });
        }
        const nothing = {
            subscription: null,
            occurredOn: null,
            periodStart: null,
            periodEnd: null,
            title: null
        };
        const unpaid = {
            status: null,
            listed: null,
            listedTax: null,
            booked: null,
            bookedTax: null
        };
        const charge = {
            key,
            ordered: false,
            ...nothing,
            ...unpaid,
            refundBooked: false
        };
        this.#byOrder.set(key, charge);
        return charge;
    }
}
/** Without its order a charge is only what was planned, at the latest with the month before: who knows the order knows better. */ const plannedOn = (day)=>new Date(Date.parse(day) - MONTH).toISOString().slice(0, DATE_LENGTH);

//# sourceMappingURL=charges.js.map