import { MINUTE } from '#lib/domain/kernel';
import { classify, defineConnector, type Message } from '../kit/index.js';
import { itemAnswer, type Transaction } from './answers.js';
import { chargeMessages, earlierCharges } from './charges.js';
import { plaidClient } from './client.js';
import { digest } from './digest.js';
import { manifest, type PlaidConfig } from './manifest.js';
import { removedRecord, subscriptionRecord } from './records.js';
import { fetchRecurring, type Subscription } from './recurring.js';
import { REMEMBERED, remembered, stateOf, type PlaidState } from './state.js';
import { marksOf, unreadStreams } from './stream-marks.js';
import { changesSince, type Changes } from './transactions.js';

/** Subscriptions and their charges as a bank sees them: for providers that tell no price themselves. */
export const bankPlaid = defineConnector<PlaidConfig>({
  manifest,
  async check(context) {
    const ask = await plaidClient(context);
    const { item } = await ask('/item/get', {}, itemAnswer);
    if (item.error !== null && item.error !== undefined) {
      const text = JSON.stringify(item.error);
      const refusal = { where: 'api', what: 'POST /item/get', status: 200, headers: {}, text } as const;
      const now = context.environment.clock.now();
      throw classify('bank', manifest.errors, refusal, { now, secrets: [] });
    }
    return { ok: true, account: item.institution_name ?? item.institution_id ?? item.item_id };
  },
  async *read(context) {
    const of = digest(JSON.stringify(context.config), 22);
    const before = stateOf(context.operation === 'full_sync' ? undefined : context.state, of);
    const ask = await plaidClient(context);
    const recurring = await fetchRecurring(context, ask);
    const { subscriptions } = recurring;
    for (const { stream, merchant } of subscriptions) {
      yield { kind: 'record', record: subscriptionRecord(stream, merchant, recurring.asOf) };
    }
    const isStored = isAmong(before?.stored ?? []);
    const isOurs = (paid: Transaction): boolean =>
      recurring.chargeOf(paid) !== undefined || isStored(paid.transaction_id);
    const newest = yield* changesSince(ask, before?.cursor, isOurs, context.signal);
    const written = yield* chargeMessages(recurring, newest.held.values());
    for (const id of newest.removed) if (isStored(id)) yield { kind: 'record', record: removedRecord(id) };
    const { cursor } = newest;
    if (cursor === undefined) {
      const message = `Plaid has not fetched the transactions of this ${context.config.environment} Item yet`;
      yield { kind: 'wait', class: 'DATA_NOT_READY', delayMs: 5 * MINUTE, message };
      return;
    }
    const unread = before === undefined ? [] : unreadOf(subscriptions, before, newest);
    const state = { v: 1, of, cursor, stored: remembered(before?.stored ?? [], written) } as const;
    const read = subscriptions.filter((subscription) => !unread.includes(subscription));
    yield stateMessage(state, read);
    if (unread.length === 0) return;
    const known = { recurring, newest, stored: state.stored };
    const stored = yield* earlierCharges(ask, unread, known, context.signal);
    if (stored !== undefined) yield stateMessage({ ...state, stored }, subscriptions);
  },
});

/** `read`: the streams whose charges are all given out before it. */
function stateMessage(state: Omit<PlaidState, 'streams'>, read: readonly Subscription[]): Message {
  const streams = marksOf(read, isAmong(state.stored));
  return { kind: 'state', state: { ...state, streams } satisfies PlaidState };
}

const unreadOf = (
  subscriptions: readonly Subscription[],
  { stored, streams }: PlaidState,
  { held }: Changes,
): readonly Subscription[] => {
  const isStored = isAmong(stored);
  return unreadStreams(subscriptions, streams, {
    isHere: (id) => held.has(id) || isStored(id),
    mayForget: stored.length === REMEMBERED,
  });
};

function isAmong(digests: readonly string[]): (transaction: string) => boolean {
  const known = new Set(digests);
  return (id) => known.has(digest(id));
}
