import { differ } from './fit.js';
import { factNames } from './observation.js';
import { sameRow } from './subscription.js';
/** The first of a service is called as the service, others have a number too. */ export const idOf = (service, number)=>number === 1 ? service : `${service}~${number}`;
/**
 * The numbers of the subscriptions of one service, in their order. An id names a stream of events, so it sticks: who is known by
 * an id keeps it, whoever comes or goes, and the number of one that went is not given to another. `given`: by number, from 1;
 * null: to whom is not known.
 */ export function numbersFor(wanting, given) {
    const pairs = wanting.flatMap((one, at)=>given.flatMap((id, index)=>{
            const score = id === null ? 0 : recognition(one, id);
            return score > 0 ? [
                {
                    at,
                    number: index + 1,
                    score
                }
            ] : [];
        }));
    const numbers = new Map();
    for (const { at, number } of pairs.toSorted((a, b)=>b.score - a.score || a.number - b.number || a.at - b.at)){
        if (numbers.has(at) || [
            ...numbers.values()
        ].includes(number)) continue;
        numbers.set(at, number);
    }
    let next = given.length;
    return wanting.map((_, at)=>numbers.get(at) ?? ++next);
}
/** 0: another one. */ function recognition({ facts, group }, id) {
    const names = group.flatMap(({ account, alias, source })=>source === 'bank' ? [] : [
            account,
            alias
        ]);
    const account = id.account !== null && names.includes(id.account) ? 8 : 0;
    const rows = group.filter((one)=>id.rows?.some((row)=>sameRow(row, one)) ?? false);
    // A payment may have been thought another subscription's before: what a provider tells is who it is.
    const told = rows.some(({ source })=>source !== 'bank') ? 4 : 0;
    const score = account + told + (rows.length > 0 ? 2 : 0);
    if (score > 0) return score;
    const isOther = id.account !== null && names.some((name)=>name !== null);
    if (isOther || differ(id.facts.startedOn, facts.startedOn)) return 0;
    if (id.facts.startedOn !== null && facts.startedOn !== null) return 1;
    // The same words from elsewhere, such as a file that was brought over another connection.
    return repeats(id.facts, facts) ? 0.5 : id.rows === undefined ? 0.25 : 0;
}
/** What a price or a plan is of does not change by who tells it; dates of renewal and the status do. */ const STEADY = factNames.filter((fact)=>![
        'status',
        'renewsOn',
        'autoRenew',
        'endedOn'
    ].includes(fact));
const repeats = (before, facts)=>STEADY.every((fact)=>!differ(before[fact], facts[fact])) && [
        'plan',
        'priceMinor'
    ].some((fact)=>before[fact] !== null && facts[fact] !== null);

//# sourceMappingURL=ids.js.map