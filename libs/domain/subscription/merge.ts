import { DAY, type Instant } from '#lib/domain/kernel';
import { chargesByRow } from './charges.js';
import { cleaned, dated, saidAt } from './clean.js';
import { dayOf, laterDate } from './dates.js';
import { groupObservations } from './group.js';
import { idOf, numbersFor, type GivenId } from './ids.js';
import {
  isOver,
  type Charge,
  type Observation,
  type Source,
  type SubscriptionFacts,
  type ToldCharge,
} from './observation.js';
import { nextRenewal } from './renewal.js';
import type { RowRef } from './subscription.js';

/** One subscription of one user, as all sources together tell it. */
export type Subscription = SubscriptionFacts & {
  /** Within its user, for good: the service, and a number from the second of the same service on. */
  readonly id: string;
  readonly service: string;
  readonly account: string | null;
  readonly merchant: string | null;
  /** `renewsOn` was counted on from an older date by the interval; nobody said it. */
  readonly renewalEstimated: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  readonly asOf: string | null;
  /** Since when nobody tells of it any more. */
  readonly goneSince: Instant | null;
  /** Newest first, at most {@link CHARGES_SHOWN}. */
  readonly lastCharges: readonly Charge[];
  readonly sources: readonly Pick<
    Observation,
    'connection' | 'connector' | 'source' | 'asOf' | 'lastSeen' | 'goneSince'
  >[];
  /** The rows that it is made of, oldest known first. */
  readonly rows: readonly RowRef[];
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

/**
 * All subscriptions of one user, oldest known first. Pure: the same rows give the same answer. `given`: by service, to whom ids
 * were given before.
 */
export function mergeSubscriptions(
  observations: readonly Observation[],
  charges: readonly ToldCharge[],
  now: Instant,
  given: ReadonlyMap<string, readonly (GivenId | null)[]> = new Map(),
): readonly Subscription[] {
  const clean = observations.map(cleaned);
  const own = chargesByRow(clean, charges);
  const charged = new Map(
    clean.map((one) => [dated(one, own.get(one) ?? [], now), own.get(one) ?? []] as const),
  );
  const all = groupObservations([...charged.keys()]).map((group) => ({
    group,
    ...merged(
      group,
      group.flatMap((one) => charged.get(one) ?? []),
      now,
    ),
  }));
  const ids = new Map<object, string>();
  for (const [service, ofService] of Map.groupBy(all, (one) => one.service)) {
    const wanting = ofService.map(({ group, ...facts }) => ({ group, facts }));
    const numbers = numbersFor(wanting, given.get(service) ?? []);
    for (const [at, one] of ofService.entries()) ids.set(one, idOf(service, numbers[at] ?? 1));
  }
  return all.map((one) => {
    const { group: _, ...subscription } = one;
    return { id: ids.get(one) ?? one.service, ...subscription };
  });
}

function merged(
  group: readonly Observation[],
  charges: readonly ToldCharge[],
  now: Instant,
): Omit<Subscription, 'id'> {
  const facts = factsOf(group, now);
  const renewal = nextRenewal(facts, now);
  const gone = group.map(({ goneSince }) => goneSince ?? Number.POSITIVE_INFINITY);
  // A day in the past on which something ended that renews was the end of what it was before.
  const hasEnded = facts.endedOn !== null && facts.endedOn < dayOf(now);
  const renews = !isOver(facts) && (renewal.on !== null || facts.autoRenew === true);
  const [first] = group;
  return {
    service: first?.service ?? '',
    account: group.find(({ account, source }) => account !== null && source !== 'bank')?.account ?? null,
    merchant: group.find(({ merchant }) => merchant !== null)?.merchant ?? null,
    ...facts,
    endedOn: hasEnded && renews ? null : facts.endedOn,
    renewsOn: renewal.on,
    renewalEstimated: renewal.estimated,
    confidence: confidenceOf(group, now),
    asOf: group.map(({ asOf }) => asOf).reduce(laterDate, null),
    goneSince: gone.every(Number.isFinite) ? Math.max(...gone) : null,
    lastCharges: charges.toSorted(newestFirst).slice(0, CHARGES_SHOWN).map(shown),
    sources: group.map(({ connection, connector, source, asOf, lastSeen, goneSince }) => ({
      connection,
      connector,
      source,
      asOf,
      lastSeen,
      goneSince,
    })),
    rows: group
      .toSorted((a, b) => a.firstSeen - b.firstSeen || a.key.localeCompare(b.key))
      .map(({ connection, key }) => ({ connection, key })),
    disagreements: disagreementsOf(group),
  };
}

/** For each fact the weightiest word. */
function factsOf(group: readonly Observation[], now: Instant): SubscriptionFacts {
  const best = <K extends keyof SubscriptionFacts>(
    fact: K,
    among: readonly Observation[] = group,
  ): Observation | undefined =>
    among
      .filter((observation) => observation[fact] !== null)
      .toSorted((a, b) => weigh(b, fact, now) - weigh(a, fact, now))[0];
  const pick = <K extends keyof SubscriptionFacts>(
    fact: K,
    among?: readonly Observation[],
  ): SubscriptionFacts[K] => best(fact, among)?.[fact] ?? null;
  // Price, currency and interval are one fact: a price of one source in the currency of another is nobody's price.
  const priced =
    best(
      'priceMinor',
      group.filter(({ currency }) => currency !== null),
    ) ?? best('priceMinor');
  const money = priced === undefined ? group : group.filter((other) => isSamePrice(other, priced));
  const status = pick('status') ?? (group.some(({ goneSince }) => goneSince !== null) ? 'unknown' : null);
  // When it ended is told by who says that it has.
  const ending = group.filter((one) => one.status === null || isOver(one) === isOver({ status }));
  return {
    plan: pick('plan'),
    status,
    priceMinor: priced?.priceMinor ?? null,
    currency: pick('currency', money),
    interval: pick('interval', money),
    renewsOn: pick('renewsOn'),
    autoRenew: pick('autoRenew'),
    startedOn: pick('startedOn'),
    endedOn: pick('endedOn', ending),
  };
}

const isSamePrice = (a: Observation, b: Observation): boolean =>
  a.priceMinor === b.priceMinor && (a.currency === b.currency || a.currency === null || b.currency === null);

function weigh(observation: Observation, fact: keyof SubscriptionFacts, now: Instant): number {
  const { source, confidence } = observation;
  return WEIGHT[source][MONEY.includes(fact) ? 'money' : 'rest'] * confidence * freshness(observation, now);
}

function freshness(observation: Observation, now: Instant): number {
  return 0.5 ** (Math.max(0, now - Math.min(saidAt(observation), now)) / DAY / HALF_LIFE);
}

/** That of the best source, and of what is left in doubt half for each further source that sees it too. */
function confidenceOf(group: readonly Observation[], now: Instant): number {
  const each = group
    .map((one) => one.confidence * (isPast(one) ? 1 : freshness(one, now)))
    .toSorted((a, b) => b - a);
  const total = each.reduce((sum, one, index) => sum + (1 - sum) * one * 0.5 ** index, 0);
  return Math.round(total * 100) / 100;
}

/** That it ended on a day becomes no less true with time. */
const isPast = (observation: Observation): boolean => isOver(observation) && observation.endedOn !== null;

const newestFirst = (a: Charge, b: Charge): number => b.occurredOn.localeCompare(a.occurredOn);

const shown = ({ service, connection, occurredOn, amountMinor, currency }: ToldCharge): Charge => ({
  service,
  connection,
  occurredOn,
  amountMinor,
  currency,
});

function disagreementsOf(group: readonly Observation[]): readonly Disagreement[] {
  return (['plan', 'status', 'priceMinor', 'currency', 'interval'] as const).flatMap((fact) => {
    const said = group.flatMap(({ connection, [fact]: value }) =>
      value === null ? [] : [{ connection, value }],
    );
    return new Set(said.map(({ value }) => value)).size > 1 ? [{ fact, said }] : [];
  });
}
