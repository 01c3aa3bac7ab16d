import { MINUTE } from '#lib/domain/kernel';
import { classify, defineConnector, type ConnectorContext, type Message } from '../kit/index.js';
import { itemAnswer } from './answers.js';
import { plaidClient } from './client.js';
import { manifest, type PlaidConfig } from './manifest.js';
import { chargeRecord, removedRecord, subscriptionRecord } from './records.js';
import { fetchRecurring, type Recurring } from './recurring.js';
import { digest, remembered, stateOf, type PlaidState } from './state.js';
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
    for (const { stream, merchant } of recurring.subscriptions) {
      yield { kind: 'record', record: subscriptionRecord(stream, merchant, recurring.asOf) };
    }
    const keep = recurring.isCharge.bind(recurring);
    const changes = yield* changesSince(ask, before?.cursor, keep, context.signal);
    yield* chargeMessages(context, recurring, changes, { of, stored: before?.stored ?? [] });
  },
});

function* chargeMessages(
  { config }: ConnectorContext<PlaidConfig>,
  recurring: Recurring,
  { held, removed, cursor }: Changes,
  { of, stored }: Pick<PlaidState, 'of' | 'stored'>,
): Generator<Message> {
  const written: string[] = [];
  for (const [id, paid] of held) {
    const record = chargeRecord(paid, recurring.merchantOf(paid));
    if (record === undefined) {
      yield { kind: 'rejected', stream: 'charges', reason: 'an amount without a known currency' };
      continue;
    }
    written.push(digest(id));
    yield { kind: 'record', record };
  }
  const ours = new Set(stored);
  for (const id of removed) {
    if (ours.has(digest(id))) yield { kind: 'record', record: removedRecord(id) };
  }
  if (cursor === undefined) {
    const message = `Plaid has not fetched the transactions of this ${config.environment} Item yet`;
    yield { kind: 'wait', class: 'DATA_NOT_READY', delayMs: 5 * MINUTE, message };
    return;
  }
  yield { kind: 'state', state: { v: 1, of, cursor, stored: remembered(stored, written) } };
}
