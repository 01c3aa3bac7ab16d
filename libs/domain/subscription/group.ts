import type { Observation } from './observation.js';

/**
 * Which observations are about the same subscription. What a provider says itself belongs together by its account, or,
 * where only one of two sources knows the account, by being the only candidate. A bank knows no account: what it saw
 * goes to the subscription of that service whose price, currency and interval fit best, one each.
 */
export function groupObservations(observations: readonly Observation[]): readonly (readonly Observation[])[] {
  const groups: Observation[][] = [];
  for (const observation of observations.filter(({ source }) => source !== 'bank').sort(byStanding)) {
    const home = groups.find((group) => sameAccount(group, observation));
    if (home === undefined) groups.push([observation]);
    else home.push(observation);
  }
  for (const observation of observations.filter(({ source }) => source === 'bank').sort(byStanding)) {
    const home = bestFit(groups, observation);
    if (home === undefined) groups.push([observation]);
    else home.push(observation);
  }
  return groups.sort((a, b) => firstSeen(a) - firstSeen(b) || keyOf(a).localeCompare(keyOf(b)));
}

const over = ({ status }: Observation): boolean => status === 'cancelled' || status === 'expired';

/** Living ones first, then those begun last: so that older ones of the same account find their place taken. */
const byStanding = (a: Observation, b: Observation): number =>
  Number(over(a)) - Number(over(b)) ||
  (b.startedOn ?? b.asOf ?? '').localeCompare(a.startedOn ?? a.asOf ?? '') ||
  a.source.localeCompare(b.source) ||
  a.key.localeCompare(b.key);

function sameAccount(group: readonly Observation[], observation: Observation): boolean {
  const [first] = group;
  if (first?.service !== observation.service) return false;
  // One connection lists each subscription once: two rows of it are two subscriptions, or two ages of one.
  if (group.some(({ connection }) => connection === observation.connection)) return false;
  if (group.every(over) !== over(observation) && plansDiffer(group, observation)) return false;
  return group.every(
    ({ account }) => account === null || observation.account === null || account === observation.account,
  );
}

const plansDiffer = (group: readonly Observation[], { plan }: Observation): boolean =>
  plan !== null && group.some((other) => other.plan !== null && other.plan !== plan);

function bestFit(groups: readonly Observation[][], observation: Observation): Observation[] | undefined {
  let best: { readonly group: Observation[]; readonly score: number } | undefined;
  for (const group of groups) {
    if (group[0]?.service !== observation.service) continue;
    if (group.some(({ connection }) => connection === observation.connection)) continue;
    const score = Math.max(...group.map((other) => fit(other, observation)));
    if (score > (best?.score ?? Number.NEGATIVE_INFINITY)) best = { group, score };
  }
  return best?.group;
}

function fit(told: Observation, paid: Observation): number {
  let score = over(told) === over(paid) ? 2 : 0;
  if (told.currency !== null && paid.currency !== null) score += told.currency === paid.currency ? 1 : -2;
  if (told.interval !== null && paid.interval !== null) score += told.interval === paid.interval ? 1 : -1;
  if (told.priceMinor !== null && paid.priceMinor !== null) {
    const ratio = paid.priceMinor / Math.max(1, told.priceMinor);
    score += ratio === 1 ? 3 : ratio > 0.75 && ratio < 1.35 ? 1 : -1;
  }
  return score;
}

const firstSeen = (group: readonly Observation[]): number =>
  Math.min(...group.map(({ firstSeen: at }) => at));
const keyOf = (group: readonly Observation[]): string => group[0]?.key ?? '';
