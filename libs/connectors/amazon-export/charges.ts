import type { SyncRecord } from '#lib/ports';
import { ConnectorError, type Money, type Row } from '../kit/index.js';
import type { Subscriptions } from './subscriptions.js';
import { recordKey, type Bad } from './upload/index.js';
import { cell, dateOf, moneyOf, yesNo, type DateOrder } from './values.js';

/** Kept in memory until all files are read, because they refer to each other: a lifetime of monthly bills is a few thousand. */
const MAX_CHARGES = 100_000;

type Charge = {
  readonly key: string;
  subscription: string | null;
  occurredOn: string | null;
  periodStart: string | null;
  periodEnd: string | null;
  title: string | null;
  status: string | null;
  /** By the item's price, and by what was booked in the end. */
  listed: Money | null;
  listedTax: Money | null;
  booked: Money | null;
  bookedTax: Money | null;
};

/**
 * Puts the charges of subscriptions together: `Subscription Periods.csv` says which order paid for which period, and
 * `Digital-Ordering` what the order cost. Either may be missing, as Amazon sends them in separate ZIPs. Orders that
 * belong to no subscription are not ours to keep.
 */
export class Charges {
  readonly #byOrder = new Map<string, Charge>();
  readonly #orderOfItem = new Map<string, string>();

  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly order: DateOrder | undefined,
  ) {}

  period(row: Row): Bad | 'nothing' {
    const subscription = cell(row['SubscriptionId']);
    if (subscription === null) return { bad: 'SubscriptionId is blank' };
    const completed = yesNo(row['ChargeCompleted']);
    if (completed === undefined) return { bad: 'ChargeCompleted is neither Yes nor No' };
    const start = dateOf(row['PeriodStartDate'], this.order);
    const end = dateOf(row['PeriodEndDate'], this.order);
    if (start === undefined || end === undefined)
      return { bad: 'PeriodStartDate or PeriodEndDate is not a date' };
    if (completed !== true) return 'nothing';
    if (start === null) return { bad: 'PeriodStartDate of a paid period is blank' };
    const order =
      cell(row['OrderId']) ?? recordKey(subscription, cell(row['BillingScheduleItemId']) ?? start);
    const charge = this.#charge(order);
    Object.assign(charge, { subscription, periodStart: start, periodEnd: end });
    charge.occurredOn ??= start;
    charge.status ??= cell(row['PeriodStatus']);
    return 'nothing';
  }

  orderRow(row: Row): Bad | 'nothing' {
    const order = cell(row['OrderId']);
    if (order === null) return { bad: 'OrderId is blank' };
    const type = cell(row['SubscriptionOrderType']);
    // The words of this column are not documented; a denial is no subscription.
    const ours = type !== null && !/^(no|non|not)\b/i.test(type);
    if (!ours && !this.#byOrder.has(order)) return 'nothing';
    const on = dateOf(row['OrderDate'], this.order);
    if (on === undefined) return { bad: 'OrderDate is not a date' };
    const charge = this.#charge(order);
    charge.occurredOn = on ?? charge.occurredOn;
    charge.status = cell(row['OrderStatus']) ?? charge.status;
    return 'nothing';
  }

  item(row: Row): Bad | 'nothing' {
    const order = cell(row['OrderId']);
    if (order === null) return { bad: 'OrderId is blank' };
    if (!this.#byOrder.has(order) && cell(row['SubscriptionOrderInfoList']) === null) return 'nothing';
    const on = dateOf(row['OrderDate'], this.order);
    if (on === undefined) return { bad: 'OrderDate is not a date' };
    const price = moneyOf(row['OurPrice'], row['OurPriceCurrencyCode']);
    const tax = moneyOf(row['OurPriceTax'], row['OurPriceCurrencyCode']);
    if (price === undefined || tax === undefined)
      return { bad: 'OurPrice or OurPriceTax is not an amount of money' };
    const charge = this.#charge(order);
    const item = cell(row['DigitalOrderItemId']) ?? order;
    if (this.#orderOfItem.has(item)) return 'nothing';
    const listed = plus(charge.listed, price);
    if (listed === undefined) return { bad: 'one order has prices in two currencies' };
    this.#orderOfItem.set(item, order);
    charge.listed = listed;
    charge.listedTax = plus(charge.listedTax, tax) ?? null;
    charge.title ??= cell(row['Title']);
    charge.occurredOn = on ?? charge.occurredOn;
    return 'nothing';
  }

  /** One component of what was booked for an item: price, tax, discount, refund. Their sum is what was paid. */
  component(row: Row): Bad | 'nothing' {
    const order = this.#orderOfItem.get(cell(row['DigitalOrderItemId']) ?? '');
    if (order === undefined) return 'nothing';
    const amount = moneyOf(row['TransactionAmount'], row['BaseCurrencyCode']);
    if (amount === undefined) return { bad: 'TransactionAmount is not an amount of money' };
    const charge = this.#charge(order);
    const booked = plus(charge.booked, amount);
    if (booked === undefined) return { bad: 'one order is booked in two currencies' };
    charge.booked = booked;
    if (/tax|vat/i.test(row['MonetaryComponentTypeCode'] ?? ''))
      charge.bookedTax = plus(charge.bookedTax, amount) ?? null;
    return 'nothing';
  }

  records(include: 'all' | 'prime'): readonly SyncRecord[] {
    return [...this.#byOrder.values()]
      .filter((charge) => include === 'all' || this.#isPrime(charge))
      .map((charge) => this.#record(charge));
  }

  #isPrime({ subscription, title }: Charge): boolean {
    return this.subscriptions.isPrime(subscription) ?? /\bprime\b/i.test(title ?? '');
  }

  #record(charge: Charge): SyncRecord {
    const planned = this.subscriptions.planned(charge.subscription) ?? null;
    const money = charge.booked ?? charge.listed ?? planned;
    const from = charge.booked !== null ? 'booked' : charge.listed !== null ? 'item' : 'billing_schedule';
    return {
      stream: 'charges',
      key: recordKey(charge.key),
      data: {
        occurred_on: charge.occurredOn,
        amount_minor: money?.minor ?? null,
        currency: money?.currency ?? null,
        tax_minor: (charge.booked === null ? charge.listedTax : charge.bookedTax)?.minor ?? null,
        period_start: charge.periodStart,
        period_end: charge.periodEnd,
        description: charge.title ?? this.subscriptions.provider(charge.subscription),
        status_raw: charge.status,
        subscription: charge.subscription,
        amount_source: money === null ? null : from,
        source: 'export',
        confidence:
          money === null || from === 'billing_schedule' ? 'low' : from === 'item' ? 'medium' : 'high',
      },
    };
  }

  #charge(key: string): Charge {
    const known = this.#byOrder.get(key);
    if (known !== undefined) return known;
    if (this.#byOrder.size >= MAX_CHARGES) {
      throw new ConnectorError('SCHEMA_DRIFT', 'the export lists implausibly many subscription orders', {
        code: 'too_many',
      });
    }
    const nothing = { subscription: null, occurredOn: null, periodStart: null, periodEnd: null, title: null };
    const unpaid = { status: null, listed: null, listedTax: null, booked: null, bookedTax: null };
    const charge: Charge = { key, ...nothing, ...unpaid };
    this.#byOrder.set(key, charge);
    return charge;
  }
}

/** Undefined when the currencies differ. */
function plus(sum: Money | null, amount: Money | null): Money | null | undefined {
  if (sum === null || amount === null) return sum ?? amount;
  return sum.currency === amount.currency ? { ...sum, minor: sum.minor + amount.minor } : undefined;
}
