import type { ConnectorContext } from '../kit/index.js';
import { recurringAnswer, type RecurringAnswer, type RecurringStream, type Transaction } from './answers.js';
import type { Ask } from './client.js';
import type { PlaidConfig } from './manifest.js';
import { merchantOf, type Merchant } from './merchants.js';

/**
 * What recurs and is no subscription, by Plaid's own categories (plaid.com/documents/pfc-taxonomy-all.csv): nobody
 * asked us to keep a person's rent, loans and savings.
 */
const OTHER_MATTERS = [
  'LOAN_PAYMENTS',
  'TRANSFER_OUT',
  'TRANSFER_IN',
  'BANK_FEES',
  'RENT_AND_UTILITIES_RENT',
];

export type Subscription = { readonly stream: RecurringStream; readonly merchant: Merchant };

/** The subscriptions of one moment, and with them the answer to which transactions are charges, and whose. */
export class Recurring {
  readonly subscriptions: readonly Subscription[];
  readonly asOf: string | null;
  readonly #providers: ReadonlySet<string>;
  readonly #members: ReadonlyMap<string, Merchant>;

  constructor(
    private readonly config: PlaidConfig,
    answer: RecurringAnswer,
  ) {
    this.subscriptions = answer.outflow_streams
      .filter((stream) => this.isRead(stream.account_id))
      .map((stream) => ({ stream, merchant: this.#merchant(stream.merchant_name, stream.description) }))
      .filter(({ stream, merchant }) => isKnown(merchant) || !isOtherMatter(stream));
    this.#providers = new Set(this.subscriptions.map(({ merchant }) => merchant.provider));
    this.#members = new Map(
      this.subscriptions.flatMap(({ stream, merchant }) =>
        stream.transaction_ids.map((id) => [id, merchant] as const),
      ),
    );
    const on = answer.updated_datetime?.slice(0, 10) ?? '';
    this.asOf = /^\d{4}-\d{2}-\d{2}$/.test(on) ? on : null;
  }

  /** By the settings. Of others Plaid lists the transactions too. */
  isRead(account: string): boolean {
    return this.config.accounts?.includes(account) ?? true;
  }

  /**
   * Only what belongs to a subscription is kept, out of everything that a person buys: what bears its merchant's name,
   * which a charge does from the day it is booked, and what Plaid lists in its stream, whatever the bank calls it.
   * Pending ones come again under another id once they are booked.
   */
  chargeOf(paid: Transaction): Merchant | undefined {
    if (paid.pending || !this.isRead(paid.account_id)) return undefined;
    const merchant = this.#merchant(paid.merchant_name, paid.name ?? '');
    if (isKnown(merchant) || this.#providers.has(merchant.provider)) return merchant;
    return this.#members.get(paid.transaction_id);
  }

  #merchant(name: string | null | undefined, text: string): Merchant {
    return merchantOf({ merchant_name: name, text }, this.config.merchants);
  }
}

export async function fetchRecurring(
  { config }: ConnectorContext<PlaidConfig>,
  ask: Ask,
): Promise<Recurring> {
  const more = config.accounts === undefined ? {} : { account_ids: config.accounts };
  return new Recurring(config, await ask('/transactions/recurring/get', more, recurringAnswer));
}

const isKnown = ({ provider }: Merchant): boolean => !provider.startsWith('bank:');

function isOtherMatter({ personal_finance_category: category }: RecurringStream): boolean {
  return OTHER_MATTERS.includes(category?.primary ?? '') || OTHER_MATTERS.includes(category?.detailed ?? '');
}
