import { compile } from './compiled.js';
import { nextOnWall } from './zoned-rule.js';
/**
 * The search for the next occurrence: a candidate of the rule, then a look at what is excluded, and a jump to the end
 * of the excluded stretch. Blackouts and excluded dates are judged by the wall time at the candidate's instant.
 *
 * The work of one call is bounded, whatever the definition says:
 * - HORIZON: 45 years after the instant asked about (or the start, when that is later). A calendar rule that names
 *   nothing in 45 years names nothing at all; a rule whose every date is excluded that long is as good as over.
 * - CANDIDATES: refused one after another, a jump each; one more for each stretch of excluded dates.
 * Beyond either the answer is "never again". So it is before 1970 and from 2400 on.
 */ const HORIZON_MS = 45 * 366 * 86_400_000;
const CANDIDATES = 4_000;
const MEMO = 16;
/**
 * The first nominal instant strictly later than `after`; undefined when there is none any more.
 * @throws for a zone or a cron expression that `checkRecurrence` refuses.
 */ export function next(recurrence, after) {
    const compiled = compile(recurrence);
    const { memo } = compiled;
    const known = memo.get(after);
    if (known !== undefined || memo.has(after)) return known;
    const found = search(compiled, after);
    if (memo.size >= MEMO) memo.delete(memo.keys().next().value ?? 0);
    memo.set(after, found);
    return found;
}
/** As `next`, past the memo, and only up to and including `to`. */ export function search(compiled, after, to = Infinity) {
    const { exclusions } = compiled;
    if (exclusions.everything || Number.isNaN(after)) return undefined;
    let bound = Math.max(after, compiled.floor);
    const last = Math.min(Math.floor(to) + 1, bound + HORIZON_MS, compiled.ceiling);
    let left = CANDIDATES + exclusions.stretches;
    while(left > 0 && bound < last){
        left -= 1;
        const found = candidate(compiled, bound, last);
        // Written so that NaN, from a definition that was never checked, is "never" too.
        if (found === undefined || !(found < last)) return undefined;
        if (exclusions.none) return found;
        const jump = endOfExclusion(compiled, found);
        if (jump === undefined) return found;
        bound = Math.max(jump - 1, found);
    }
    return undefined;
}
function candidate(compiled, after, last) {
    const { recurrence, rule } = compiled;
    if (rule !== undefined) return nextOnWall(compiled, rule, after, last);
    return recurrence.frequency === 'interval' ? nextInterval(recurrence.everySeconds, recurrence.anchor, after) : undefined;
}
/** The anchor sets the phase only: steps before it count as well. */ function nextInterval(everySeconds, anchor, after) {
    if (!(everySeconds >= 1)) return undefined;
    const step = everySeconds * 1_000;
    return anchor + (Math.floor((after - anchor) / step) + 1) * step;
}
/** When the excluded stretch around an instant ends; a transition is as far as one jump goes. */ function endOfExclusion({ zone, exclusions }, instant) {
    const { offset, until } = zone.segmentAt(instant);
    const wall = exclusions.end(instant + offset);
    return wall === undefined ? undefined : Math.min(wall - offset, until);
}

//# sourceMappingURL=next.js.map