import { compile } from './compiled.js';
import { search } from './next.js';
/** In milliseconds: the first window that `latest` looks into. */ const NARROWEST = 1_000;
/** Due instants in (after, to], oldest first, at most `limit`; `more` when the range holds others. */ export function between(recurrence, after, to, limit) {
    const compiled = compile(recurrence);
    const instants = [];
    let instant = search(compiled, after, to);
    while(instant !== undefined && instants.length < limit){
        instants.push(instant);
        instant = search(compiled, instant, to);
    }
    return {
        instants,
        more: instant !== undefined
    };
}
/**
 * How many are due in (after, to], and the first and last of them. Counted one by one up to `cap`, beyond it `exact`
 * is false; an interval without exclusions is counted by division, however many there are.
 */ export function countBetween(recurrence, after, to, cap) {
    const compiled = compile(recurrence);
    const first = search(compiled, after, to);
    if (first === undefined) return {
        count: 0,
        exact: true
    };
    const last = latestOf(compiled, to, after) ?? first;
    if (recurrence.frequency === 'interval' && compiled.exclusions.none) {
        const count = Math.round((last - first) / (recurrence.everySeconds * 1_000)) + 1;
        return {
            count,
            exact: true,
            first,
            last
        };
    }
    const { instants, more } = between(recurrence, after, to, cap);
    return {
        count: instants.length,
        exact: !more,
        first,
        last
    };
}
/** The last due instant in (after, atOrBefore]; a range of decades costs little more than one of days. */ export function latest(recurrence, atOrBefore, after) {
    return latestOf(compile(recurrence), atOrBefore, after);
}
/** Looks back from the end in windows that double until one of them holds something. */ function latestOf(compiled, atOrBefore, after) {
    const to = Math.min(Math.floor(atOrBefore), compiled.ceiling - 1);
    const from = Math.max(after, compiled.floor);
    if (!(from < to)) return undefined;
    for(let width = NARROWEST;; width *= 2){
        const start = Math.max(to - width, from);
        const found = lastIn(compiled, start, to);
        if (found !== undefined || start === from) return found;
    }
}
/** By bisection on "is any due after this?": some thirty questions, however dense the window is. */ function lastIn(compiled, after, to) {
    let found = search(compiled, after, to);
    let high = to;
    // Nothing is due in (high, to]; `found` is due.
    while(found !== undefined && found < high){
        const middle = Math.floor((found + high) / 2);
        const later = search(compiled, middle, high);
        if (later !== undefined) found = later;
        else if (middle === found) return found;
        else high = middle;
    }
    return found;
}

//# sourceMappingURL=ranges.js.map