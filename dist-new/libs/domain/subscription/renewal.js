import { dayOf, isMonthEnd, periodOf, shifted } from './dates.js';
import { isOver } from './observation.js';
/** Beyond this many periods without a word nobody should guess any more. */ const MOST_PERIODS = 24;
/** The next renewal: as told, or counted on from a told date that has passed, for what still renews. */ export function nextRenewal(facts, now) {
    const { renewsOn, interval, autoRenew } = facts;
    if (isOver(facts) || autoRenew === false) return {
        on: null,
        estimated: false
    };
    const today = dayOf(now);
    if (renewsOn === null || renewsOn >= today) return {
        on: renewsOn,
        estimated: false
    };
    const period = interval === null ? undefined : periodOf(interval);
    if (period === undefined) return {
        on: null,
        estimated: false
    };
    // From the told date each time, so that the 31st comes back after a short month.
    for(let count = 1; count <= MOST_PERIODS; count += 1){
        const on = shifted(renewsOn, period, count, dayOfMonth(facts));
        if (on >= today) return {
            on,
            estimated: true
        };
    }
    return {
        on: null,
        estimated: false
    };
}
/** What began on the 31st and was told to renew on the 28th of February renews on the 31st of March. */ function dayOfMonth({ renewsOn, startedOn }) {
    if (renewsOn === null || startedOn === null || !isMonthEnd(renewsOn)) return undefined;
    return Math.max(Number(renewsOn.slice(-2)), Number(startedOn.slice(-2)));
}

//# sourceMappingURL=renewal.js.map