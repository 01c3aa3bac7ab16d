import type { SyncRecord } from '#lib/ports';
import { ConnectorError, type Row } from '../kit/index.js';
import type { LatestBill } from './billing.js';
import { cell, dateOf } from './values.js';

/** A person opens a handful of subscriptions in a lifetime: more means that the column is not what we think. */
const MAX_SUBSCRIPTIONS = 1_000;

type Held = {
  readonly openedTs: string;
  readonly openedOn: string;
  readonly closedOn: string | undefined;
  readonly plan: string | null;
  readonly planSince: string;
};

/**
 * Gathers the rows of SubscriptionHistory, one per plan change, into one subscription per `Subscription Opened Ts`:
 * a plan change alters a subscription, it does not make a second one.
 */
export class SubscriptionLedger {
  readonly #held = new Map<string, Held>();
  /** `Membership Status` of AccountDetails: about the account of today. */
  membership: string | null = null;

  /** False for a row without a readable opening date. */
  add(row: Row): boolean {
    const openedTs = row['Subscription Opened Ts']?.trim() ?? '';
    const openedOn = dateOf(openedTs);
    if (openedOn === undefined) return false;
    if (this.#held.size >= MAX_SUBSCRIPTIONS) {
      throw new ConnectorError('SCHEMA_DRIFT', 'SubscriptionHistory lists implausibly many subscriptions', {
        code: 'too_many',
      });
    }
    const before = this.#held.get(openedTs);
    const changed = cell(row['Plan Change New Category']);
    const planSince = changed === null ? openedOn : (dateOf(row['Plan Change Date']) ?? openedOn);
    const newer = before === undefined || planSince >= before.planSince;
    this.#held.set(openedTs, {
      openedTs,
      openedOn,
      closedOn: dateOf(row['Subscription Closed Ts']) ?? before?.closedOn,
      plan: newer ? (changed ?? cell(row['Signup Plan Category']) ?? before?.plan ?? null) : before.plan,
      planSince: newer ? planSince : before.planSince,
    });
    return true;
  }

  /** Price, renewal and membership belong to the subscription opened last; older ones are history. */
  records(bill: LatestBill | undefined): readonly SyncRecord[] {
    const oldestFirst = [...this.#held.values()].sort((a, b) => a.openedTs.localeCompare(b.openedTs));
    const current = oldestFirst.pop();
    if (current === undefined) return this.#withoutHistory(bill);
    return [...oldestFirst.map((held) => record(held)), record(current, this.membership, bill)];
  }

  #withoutHistory(bill: LatestBill | undefined): readonly SyncRecord[] {
    if (this.membership === null) return [];
    const status = statusOf(this.membership, undefined);
    const data = { plan: null, status, status_raw: this.membership, ...billed(status, bill) };
    return [{ stream: 'subscriptions', key: 'account', data }];
  }
}

function record(held: Held, membership: string | null = null, bill?: LatestBill): SyncRecord {
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
      ended_on: held.closedOn ?? null,
      plan_since: held.planSince,
      ...billed(status, bill),
    },
  };
}

const billed = (status: string, bill: LatestBill | undefined): SyncRecord['data'] => ({
  price_minor: bill?.price.minor ?? null,
  currency: bill?.price.currency ?? null,
  interval: bill?.interval ?? null,
  renews_on: status === 'cancelled' ? null : (bill?.renewsOn ?? null),
  as_of: bill?.on ?? null,
});

/** The words of `Membership Status` are not documented; what we do not recognise is `unknown`, with the raw word beside. */
function statusOf(membership: string | null, closedOn: string | undefined): string {
  const words = membership?.toLowerCase() ?? '';
  if (/former|cancel|never|closed|non.?member/.test(words)) return 'cancelled';
  if (/hold|pause/.test(words)) return 'paused';
  if (/current|active/.test(words)) return 'active';
  if (membership !== null) return 'unknown';
  return closedOn === undefined ? 'active' : 'cancelled';
}
