import { ConnectorError, isConnectorError, throwIfCancelled, type Message } from '../kit/index.js';
import { syncAnswer, type SyncPage, type Transaction } from './answers.js';
import type { Ask } from './client.js';

/** Plaid's largest page (plaid.com/docs/api/products/transactions/#transactionssync). */
const PAGE = 500;
/** 200,000 transactions: more than any Item has, so that a provider gone wrong ends somewhere. */
const MAX_PAGES = 400;
/** Transactions that change under our hands three times in a row are left for a later attempt. */
const MAX_RESTARTS = 3;

export type Changes = {
  /** Added and modified, in the order of their last change. */
  readonly held: ReadonlyMap<string, Transaction>;
  readonly removed: ReadonlySet<string>;
  /** Undefined: Plaid has not fetched any transactions yet. */
  readonly cursor: string | undefined;
};

/**
 * Everything that changed since a cursor. Nothing is given out before the last page: when data changes in the middle,
 * Plaid wants the whole loop again from its first cursor, and what the first pages said may no longer be true.
 * `keep` decides what is worth remembering until then.
 */
export async function* changesSince(
  ask: Ask,
  from: string | undefined,
  keep: (paid: Transaction) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Message, Changes> {
  for (let restart = 0; restart <= MAX_RESTARTS; restart++) {
    try {
      return yield* wholeLoop(ask, from, keep, signal);
    } catch (error) {
      if (!(error instanceof MutatedWhilePaging)) throw error;
    }
  }
  throw new ConnectorError('TRANSIENT', 'transactions keep changing while they are read: trying later', {
    code: 'mutating',
  });
}

class MutatedWhilePaging extends Error {}

async function* wholeLoop(
  ask: Ask,
  from: string | undefined,
  keep: (paid: Transaction) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Message, Changes> {
  const held = new Map<string, Transaction>();
  const removed = new Set<string>();
  let cursor = from;
  for (let page = 1; page <= MAX_PAGES; page++) {
    throwIfCancelled(signal);
    const answer = await fetchPage(ask, cursor, page);
    take(answer, keep, held, removed);
    yield { kind: 'progress', done: page };
    const next = answer.next_cursor === '' ? undefined : answer.next_cursor;
    if (!answer.has_more) return { held, removed, cursor: next };
    if (next === undefined || next === cursor) throw astray('it says that there is more, and not where');
    cursor = next;
  }
  throw astray(`it has not come to an end after ${MAX_PAGES} pages`);
}

/** On a first page the same class means that the cursor itself is refused: that is for the engine to answer. */
async function fetchPage(ask: Ask, cursor: string | undefined, page: number): Promise<SyncPage> {
  const more = { count: PAGE, ...(cursor === undefined ? {} : { cursor }) };
  try {
    return await ask('/transactions/sync', more, syncAnswer);
  } catch (error) {
    if (page > 1 && isConnectorError(error, 'CURSOR_INVALID')) throw new MutatedWhilePaging();
    throw error;
  }
}

function take(
  answer: SyncPage,
  keep: (paid: Transaction) => boolean,
  held: Map<string, Transaction>,
  removed: Set<string>,
): void {
  for (const paid of [...answer.added, ...answer.modified]) {
    held.delete(paid.transaction_id);
    removed.delete(paid.transaction_id);
    if (keep(paid)) held.set(paid.transaction_id, paid);
  }
  for (const { transaction_id: id } of answer.removed) {
    held.delete(id);
    removed.add(id);
  }
}

const astray = (how: string): ConnectorError =>
  new ConnectorError('SCHEMA_DRIFT', `Plaid's list of transactions cannot be read: ${how}`, {
    code: 'paging',
  });
