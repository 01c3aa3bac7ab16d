import { agree, fit, sameAccount } from './fit.js';
import { isLiving, isOver } from './observation.js';
/**
 * Which observations are about the same subscription. What a provider says itself belongs together by its account, under either
 * of its names; what does not know the account goes where it fits best. A bank knows no account: what it saw goes to the
 * subscription of that service whose price, currency and interval fit best, one each. Nothing goes where it cannot belong
 * ({@link agree}).
 */ export function groupObservations(observations) {
    const groups = [];
    const add = (observation, home)=>{
        if (home === undefined) groups.push([
            observation
        ]);
        else home.push(observation);
    };
    const sorted = observations.toSorted(byStanding);
    const told = sorted.filter(({ source })=>source !== 'bank');
    for (const observation of told.filter(({ account })=>account !== null)){
        const own = groups.filter((group)=>group.some((other)=>sameAccount(other, observation) === true));
        add(observation, bestOf(own, observation));
    }
    for (const observation of told.filter(({ account })=>account === null))add(observation, bestOf(groups, observation));
    for (const observation of sorted.filter(({ source })=>source === 'bank'))add(observation, bestOf(groups, observation));
    return groups.sort(byAge);
}
/** Living ones first, then those begun last: so that older ones of the same account find their place taken. */ const byStanding = (a, b)=>Number(isLiving(b)) - Number(isLiving(a)) || Number(isOver(a)) - Number(isOver(b)) || (b.startedOn ?? b.asOf ?? '').localeCompare(a.startedOn ?? a.asOf ?? '') || a.source.localeCompare(b.source) || a.connection.localeCompare(b.connection) || a.key.localeCompare(b.key);
/** Of those that fit alike, the one that was seen first: it stays the same when more come. */ function bestOf(groups, observation) {
    let best;
    for (const group of groups){
        if (!group.every((other)=>agree(other, observation))) continue;
        const score = Math.max(...group.map((other)=>fit(other, observation)));
        if (best === undefined || score > best.score || score === best.score && byAge(group, best.group) < 0) best = {
            group,
            score
        };
    }
    return best?.group;
}
const byAge = (a, b)=>firstSeen(a) - firstSeen(b) || keyOf(a).localeCompare(keyOf(b));
const firstSeen = (group)=>Math.min(...group.map(({ firstSeen: at })=>at));
const keyOf = (group)=>group[0]?.key ?? '';

//# sourceMappingURL=group.js.map