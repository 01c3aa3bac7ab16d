import { DAY, type Instant } from '#lib/domain/kernel';
import { groupObservations } from './group.js';
import {
  factNames,
  type Charge,
  type Observation,
  type Source,
  type SubscriptionFacts,
} from './observation.js';
import { laterDate, nextRenewal } from './renewal.js';

/** One subscription of one user, as all sources together tell it. */
export type Subscription = SubscriptionFacts & {
  /** Within its user: the service, and a number from the second of the same service on. */
  readonly id: string;
  readonly service: string;
  readonly account: string | null;
  readonly merchant: string | null;
  /** `renewsOn` was counted on from an older date by the interval; nobody said it. */
  readonly renewalEstimated: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  readonly asOf: string | null;
  /** Newest first, at most {@link CHARGES_SHOWN}. */
  readonly lastCharges: readonly Charge[];
  readonly sources: readonly Pick<Observation, 'connection' | 'connector' | 'source' | 'asOf' | 'lastSeen'>[];
  /** Facts on which sources differ, with what each says. */
  readonly disagreements: readonly Disagreement[];
};

export type Disagreement = {
  readonly fact: keyof SubscriptionFacts;
  readonly said: readonly { readonly connection: string; readonly value: string | number | boolean }[];
};

export const CHARGES_SHOWN = 5;

/** What a source's word counts on a fact: a bank knows money and nothing of plans, a file is as good as it is young. */
const WEIGHT: Readonly<Record<Source, Readonly<Record<'money' | 'rest', number>>>> = {
  api: { money: 0.95, rest: 1 },
  export: { money: 0.9, rest: 0.9 },
  bank: { money: 0.85, rest: 0.5 },
};
const MONEY: readonly (keyof SubscriptionFacts)[] = ['priceMinor', 'currency', 'interval'];
/** After so many days a word counts half. */
const HALF_LIFE = 120;

/** All subscriptions of one user, oldest known first. Pure: the same rows give the same answer. */
export function mergeSubscriptions(
  observations: readonly Observation[],
  charges: readonly Charge[],
  now: Instant,
): readonly Subscription[] {
  const numbers = new Map<string, number>();
  return groupObservations(observations).map((group) => {
    const service = group[0]?.service ?? '';
    const number = (numbers.get(service) ?? 0) + 1;
    numbers.set(service, number);
    return merged(number === 1 ? service : `${service}~${number}`, group, charges, now);
  });
}

function merged(
  id: string,
  group: readonly Observation[],
  charges: readonly Charge[],
  now: Instant,
): Subscription {
  const ranked = (fact: keyof SubscriptionFacts): readonly Observation[] =>
    group
      .filter((observation) => observation[fact] !== null)
      .toSorted((a, b) => weigh(b, fact, now) - weigh(a, fact, now));
  // Price, currency and interval are one fact: a price of one source in the currency of another is nobody's price.
  const priced = ranked('priceMinor')[0];
  const pick = <K extends keyof SubscriptionFacts>(fact: K): SubscriptionFacts[K] =>
    (MONEY.includes(fact) && (priced?.[fact] ?? null) !== null ? priced : ranked(fact)[0])?.[fact] ?? null;
  const facts = Object.fromEntries(factNames.map((fact) => [fact, pick(fact)])) as SubscriptionFacts;
  const renewal = nextRenewal(facts, now);
  const [first] = group;
  return {
    id,
    service: first?.service ?? '',
    account: group.find(({ account, source }) => account !== null && source !== 'bank')?.account ?? null,
    merchant: group.find(({ merchant }) => merchant !== null)?.merchant ?? null,
    ...facts,
    renewsOn: renewal.on,
    renewalEstimated: renewal.estimated,
    confidence: confidenceOf(group, now),
    asOf: group.map(({ asOf }) => asOf).reduce(laterDate, null),
    lastCharges: chargesOf(group, charges),
    sources: group.map(({ connection, connector, source, asOf, lastSeen }) => ({
      connection,
      connector,
      source,
      asOf,
      lastSeen,
    })),
    disagreements: disagreementsOf(group),
  };
}

function weigh(observation: Observation, fact: keyof SubscriptionFacts, now: Instant): number {
  const { source, confidence } = observation;
  return WEIGHT[source][MONEY.includes(fact) ? 'money' : 'rest'] * confidence * freshness(observation, now);
}

function freshness({ asOf, lastSeen }: Observation, now: Instant): number {
  const at = asOf === null ? lastSeen : Math.min(Date.parse(asOf), now);
  return 0.5 ** (Math.max(0, now - at) / DAY / HALF_LIFE);
}

/** That of the best source, and of what is left in doubt half for each further source that sees it too. */
function confidenceOf(group: readonly Observation[], now: Instant): number {
  const each = group
    .map((observation) => observation.confidence * freshness(observation, now))
    .toSorted((a, b) => b - a);
  const total = each.reduce((sum, one, index) => sum + (1 - sum) * one * 0.5 ** index, 0);
  return Math.round(total * 100) / 100;
}

function chargesOf(group: readonly Observation[], charges: readonly Charge[]): readonly Charge[] {
  const service = group[0]?.service;
  const connections = new Set(group.map(({ connection }) => connection));
  return charges
    .filter((charge) => charge.service === service && connections.has(charge.connection))
    .toSorted((a, b) => b.occurredOn.localeCompare(a.occurredOn))
    .slice(0, CHARGES_SHOWN);
}

function disagreementsOf(group: readonly Observation[]): readonly Disagreement[] {
  return (['plan', 'status', 'priceMinor', 'currency', 'interval'] as const).flatMap((fact) => {
    const said = group.flatMap(({ connection, [fact]: value }) =>
      value === null ? [] : [{ connection, value }],
    );
    return new Set(said.map(({ value }) => value)).size > 1 ? [{ fact, said }] : [];
  });
}
