import { accept, type Decider, type Decision, type Instant } from '#lib/domain/kernel';
import { factNames, type SubscriptionFacts } from './observation.js';

/** What a user would want to be told of. An asOf that moves on is no change. */
export type SubscriptionChange = {
  readonly id: string;
  readonly user: string;
  readonly service: string;
  readonly account: string | null;
  /** Null: it was not known before. */
  readonly before: SubscriptionFacts | null;
  readonly after: SubscriptionFacts;
  /** The facts that differ; all that are known, the first time. */
  readonly changed: readonly string[];
  readonly confidence: number;
  /** Of which synced rows it is and was, oldest known first, by which it is known again: at most {@link ROWS_KEPT}. */
  readonly rows?: readonly RowRef[];
};

/** A row of a connection. */
export type RowRef = { readonly connection: string; readonly key: string };

export type SubscriptionEvent = { readonly type: 'SubscriptionChanged'; readonly data: SubscriptionChange };

export type SubscriptionCommand = {
  readonly type: 'ObserveSubscription';
  readonly now: Instant;
  readonly id: string;
  readonly user: string;
  readonly service: string;
  readonly account: string | null;
  readonly facts: SubscriptionFacts;
  /** Facts that nobody told, and that were counted on from others: what was told before stays. */
  readonly estimated?: readonly (keyof SubscriptionFacts)[];
  readonly confidence: number;
  readonly rows: readonly RowRef[];
};

export type SubscriptionState = {
  readonly facts: SubscriptionFacts | null;
  readonly rows?: readonly RowRef[];
};

/** A subscription is seen by a few connections in its life. */
export const ROWS_KEPT = 12;

export const sameRow = (a: RowRef, b: RowRef): boolean => a.connection === b.connection && a.key === b.key;

function decide(command: SubscriptionCommand, state: SubscriptionState): Decision<SubscriptionEvent> {
  const { type: _, now: __, facts, estimated = [], rows, ...rest } = command;
  const before = state.facts;
  const kept = estimated.map((fact) => [fact, before?.[fact] ?? null]);
  const after = { ...facts, ...Object.fromEntries(kept) } as SubscriptionFacts;
  const changed = factNames.filter((fact) => after[fact] !== (before?.[fact] ?? null));
  if (changed.length === 0 && before !== null) return accept();
  return accept<SubscriptionEvent>({
    type: 'SubscriptionChanged',
    data: { ...rest, before, after, changed, rows: remembered(state.rows ?? [], rows) },
  });
}

function remembered(before: readonly RowRef[], now: readonly RowRef[]): readonly RowRef[] {
  const old = before.filter((row) => !now.some((one) => sameRow(one, row)));
  return [...old, ...now].slice(-ROWS_KEPT);
}

/** A user's subscription as it changed over time: one stream each, so that its history is the stream. */
export const subscription: Decider<SubscriptionState, SubscriptionCommand, SubscriptionEvent> = {
  initialState: { facts: null },
  decide,
  evolve: (_, { data: { after, rows } }) => ({ facts: after, ...(rows === undefined ? {} : { rows }) }),
};
