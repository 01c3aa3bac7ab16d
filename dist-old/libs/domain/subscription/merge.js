import { DAY } from '#lib/domain/kernel';
import { chargesByRow } from './charges.js';
import { cleaned, dated, saidAt } from './clean.js';
import { dayOf, laterDate } from './dates.js';
import { groupObservations } from './group.js';
import { idOf, numbersFor } from './ids.js';
import { isOver } from './observation.js';
import { nextRenewal } from './renewal.js';
export const CHARGES_SHOWN = 5;
/** What a source's word counts on a fact: a bank knows money and nothing of plans, a file is as good as it is young. */ const WEIGHT = {
    api: {
        money: 0.95,
        rest: 1
    },
    export: {
        money: 0.9,
        rest: 0.9
    },
    bank: {
        money: 0.85,
        rest: 0.5
    }
};
const MONEY = [
    'priceMinor',
    'currency',
    'interval'
];
/** After so many days a word counts half. */ const HALF_LIFE = 120;
/**
 * All subscriptions of one user, oldest known first. Pure: the same rows give the same answer. `given`: by service, to whom ids
 * were given before.
 */ export function mergeSubscriptions(observations, charges, now, given = new Map()) {
    const clean = observations.map(cleaned);
    const own = chargesByRow(clean, charges);
    const charged = new Map(clean.map((one)=>[
            dated(one, own.get(one) ?? [], now),
            own.get(one) ?? []
        ]));
    const all = groupObservations([
        ...charged.keys()
    ]).map((group)=>({
            group,
            ...merged(group, group.flatMap((one)=>charged.get(one) ?? []), now)
        }));
    const ids = new Map();
    for (const [service, ofService] of Map.groupBy(all, (one)=>one.service)){
        const wanting = ofService.map(({ group, ...facts })=>({
                group,
                facts
            }));
        const numbers = numbersFor(wanting, given.get(service) ?? []);
        for (const [at, one] of ofService.entries())ids.set(one, idOf(service, numbers[at] ?? 1));
    }
    return all.map((one)=>{
        const { group: _, ...subscription } = one;
        return {
            id: ids.get(one) ?? one.service,
            ...subscription
        };
    });
}
function merged(group, charges, now) {
    const facts = factsOf(group, now);
    const renewal = nextRenewal(facts, now);
    const gone = group.map(({ goneSince })=>goneSince ?? Number.POSITIVE_INFINITY);
    // A day in the past on which something ended that renews was the end of what it was before.
    const hasEnded = facts.endedOn !== null && facts.endedOn < dayOf(now);
    const renews = !isOver(facts) && (renewal.on !== null || facts.autoRenew === true);
    const [first] = group;
    return {
        service: first?.service ?? '',
        account: group.find(({ account, source })=>account !== null && source !== 'bank')?.account ?? null,
        merchant: group.find(({ merchant })=>merchant !== null)?.merchant ?? null,
        ...facts,
        endedOn: hasEnded && renews ? null : facts.endedOn,
        renewsOn: renewal.on,
        renewalEstimated: renewal.estimated,
        confidence: confidenceOf(group, now),
        asOf: group.map(({ asOf })=>asOf).reduce(laterDate, null),
        goneSince: gone.every(Number.isFinite) ? Math.max(...gone) : null,
        lastCharges: charges.toSorted(newestFirst).slice(0, CHARGES_SHOWN).map(shown),
        sources: group.map(({ connection, connector, source, asOf, lastSeen, goneSince })=>({
                connection,
                connector,
                source,
                asOf,
                lastSeen,
                goneSince
            })),
        rows: group.toSorted((a, b)=>a.firstSeen - b.firstSeen || a.key.localeCompare(b.key)).map(({ connection, key })=>({
                connection,
                key
            })),
        disagreements: disagreementsOf(group)
    };
}
/** For each fact the weightiest word. */ function factsOf(group, now) {
    const best = (fact, among = group)=>among.filter((observation)=>observation[fact] !== null).toSorted((a, b)=>weigh(b, fact, now) - weigh(a, fact, now))[0];
    const pick = (fact, among)=>best(fact, among)?.[fact] ?? null;
    // Price, currency and interval are one fact: a price of one source in the currency of another is nobody's price.
    const priced = best('priceMinor', group.filter(({ currency })=>currency !== null)) ?? best('priceMinor');
    const money = priced === undefined ? group : group.filter((other)=>isSamePrice(other, priced));
    const status = pick('status') ?? (group.some(({ goneSince })=>goneSince !== null) ? 'unknown' : null);
    // When it ended is told by who says that it has.
    const ending = group.filter((one)=>one.status === null || isOver(one) === isOver({
            status
        }));
    return {
        plan: pick('plan'),
        status,
        priceMinor: priced?.priceMinor ?? null,
        currency: pick('currency', money),
        interval: pick('interval', money),
        renewsOn: pick('renewsOn'),
        autoRenew: pick('autoRenew'),
        startedOn: pick('startedOn'),
        endedOn: pick('endedOn', ending)
    };
}
const isSamePrice = (a, b)=>a.priceMinor === b.priceMinor && (a.currency === b.currency || a.currency === null || b.currency === null);
function weigh(observation, fact, now) {
    const { source, confidence } = observation;
    return WEIGHT[source][MONEY.includes(fact) ? 'money' : 'rest'] * confidence * freshness(observation, now);
}
function freshness(observation, now) {
    return 0.5 ** (Math.max(0, now - Math.min(saidAt(observation), now)) / DAY / HALF_LIFE);
}
/** That of the best source, and of what is left in doubt half for each further source that sees it too. */ function confidenceOf(group, now) {
    const each = group.map((one)=>one.confidence * (isPast(one) ? 1 : freshness(one, now))).toSorted((a, b)=>b - a);
    const total = each.reduce((sum, one, index)=>sum + (1 - sum) * one * 0.5 ** index, 0);
    return Math.round(total * 100) / 100;
}
/** That it ended on a day becomes no less true with time. */ const isPast = (observation)=>isOver(observation) && observation.endedOn !== null;
const newestFirst = (a, b)=>b.occurredOn.localeCompare(a.occurredOn);
const shown = ({ service, connection, occurredOn, amountMinor, currency })=>({
        service,
        connection,
        occurredOn,
        amountMinor,
        currency
    });
function disagreementsOf(group) {
    return [
        'plan',
        'status',
        'priceMinor',
        'currency',
        'interval'
    ].flatMap((fact)=>{
        const said = group.flatMap(({ connection, [fact]: value })=>value === null ? [] : [
                {
                    connection,
                    value
                }
            ]);
        return new Set(said.map(({ value })=>value)).size > 1 ? [
            {
                fact,
                said
            }
        ] : [];
    });
}

//# sourceMappingURL=merge.js.map