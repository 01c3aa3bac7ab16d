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
};

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
};

export type SubscriptionState = { readonly facts: SubscriptionFacts | null };

function decide(command: SubscriptionCommand, state: SubscriptionState): Decision<SubscriptionEvent> {
  const { type: _, now: __, facts, estimated = [], ...rest } = command;
  const before = state.facts;
  const kept = estimated.map((fact) => [fact, before?.[fact] ?? null]);
  const after = { ...facts, ...Object.fromEntries(kept) } as SubscriptionFacts;
  const changed = factNames.filter((fact) => after[fact] !== (before?.[fact] ?? null));
  if (changed.length === 0 && before !== null) return accept();
  return accept<SubscriptionEvent>({
    type: 'SubscriptionChanged',
    data: { ...rest, before, after, changed },
  });
}

/** A user's subscription as it changed over time: one stream each, so that its history is the stream. */
export const subscription: Decider<SubscriptionState, SubscriptionCommand, SubscriptionEvent> = {
  initialState: { facts: null },
  decide,
  evolve: (_, event) => ({ facts: event.data.after }),
};
