import type { Instant } from '#lib/domain/kernel';

/** What can be known of a subscription. Null: not known. Money in minor units (ISO 4217); dates `YYYY-MM-DD`. */
export type SubscriptionFacts = {
  readonly plan: string | null;
  readonly status: string | null;
  readonly priceMinor: number | null;
  readonly currency: string | null;
  /** `month`, `year`, `week`, or a count of them: `3 month`. */
  readonly interval: string | null;
  readonly renewsOn: string | null;
  readonly autoRenew: boolean | null;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
};

export const factNames = [
  'plan',
  'status',
  'priceMinor',
  'currency',
  'interval',
  'renewsOn',
  'autoRenew',
  'startedOn',
  'endedOn',
] as const satisfies readonly (keyof SubscriptionFacts)[];

/** A provider's own interface, a file that the provider made, or a bank that saw the money go. */
export const sources = ['api', 'export', 'bank'] as const;
export type Source = (typeof sources)[number];

/** What one connection says about one subscription. */
export type Observation = SubscriptionFacts & {
  /** Whose subscription: `spotify`; of a merchant that is no provider of ours `bank:<merchant>`. */
  readonly service: string;
  readonly connection: string;
  readonly connector: string;
  readonly source: Source;
  /** The provider's id of the account; a bank has its own of the account that paid. */
  readonly account: string | null;
  /** What else the provider calls that account. */
  readonly alias: string | null;
  readonly merchant: string | null;
  /** Its identity within the connection. */
  readonly key: string;
  /** 0 to 1: how sure the source itself is. */
  readonly confidence: number;
  /** The day or instant that the facts are of. */
  readonly asOf: string | null;
  /** Of a bank: the day of the last payment that it knows of. */
  readonly paidOn: string | null;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  /** Since when its connection does not tell of it any more. */
  readonly goneSince: Instant | null;
};

export type Charge = {
  readonly service: string;
  readonly connection: string;
  readonly occurredOn: string;
  readonly amountMinor: number;
  readonly currency: string | null;
};

/** A charge, with what tells whose it is. */
export type ToldCharge = Charge & {
  /** The key of a subscription of the same connection. */
  readonly subscription: string | null;
  readonly account: string | null;
  /** The first day that it pays for. */
  readonly periodStart: string | null;
};

export const isOver = ({ status }: { readonly status: string | null }): boolean =>
  status === 'cancelled' || status === 'expired';

/** Its source tells of it, and not that it is over. */
export const isLiving = (observation: Observation): boolean =>
  observation.goneSince === null && !isOver(observation);
