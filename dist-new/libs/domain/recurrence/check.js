import { DAY, iso } from '#lib/domain/kernel';
import { checkBounds } from './check-bounds.js';
import { checkRule } from './check-rule.js';
import { error, warning } from './finding.js';
import { next } from './next.js';
import { affectedByTransitions } from './transitions.js';
/** How far ahead times that clock changes touch are told. */ const LOOK_AHEAD = 400 * DAY;
const YEAR = 366 * DAY;
/** Local times told of one by one; more would bury the rest. */ const TIMES_TOLD = 5;
const ruleField = ({ frequency })=>frequency === 'cron' ? 'expression' : frequency === 'interval' ? 'every' : 'frequency';
/** Whether the exclusions alone are to blame for a silence: without them something would be due by then. */ const excludedUntil = (recurrence, now, silentUntil)=>{
    if (recurrence.excludedDates.length === 0 && recurrence.blackouts.length === 0) return false;
    const otherwise = next({
        ...recurrence,
        excludedDates: [],
        blackouts: []
    }, now);
    return otherwise !== undefined && otherwise < silentUntil;
};
function neverDue(recurrence, now) {
    const { start, end, ...unbounded } = recurrence;
    const never = (field, why)=>error('never_due', field, `nothing is ever due after ${iso(now)}: ${why}`);
    if (excludedUntil(recurrence, now, Infinity)) {
        const field = recurrence.blackouts.length > 0 ? 'blackouts' : 'excludedDates';
        return never(field, 'excluded dates and blackouts cover everything the rule names; leave it some time');
    }
    if (end !== undefined && end <= now) return never('end', `its end (${iso(end)}) has passed; move it or leave it out`);
    if (next(unbounded, now) === undefined) return never(ruleField(recurrence), 'the rule names no date that exists (like 30 February)');
    const span = [
        start,
        end
    ].map((instant)=>instant === undefined ? 'now' : iso(instant));
    return never(end === undefined ? 'start' : 'end', `the rule names nothing between its start and its end (${span.join(' to ')})`);
}
function silence(recurrence, now, first) {
    if (first <= now + YEAR) return [];
    if (excludedUntil(recurrence, now, now + YEAR)) return [
        warning('excluded_for_a_year', recurrence.blackouts.length > 0 ? 'blackouts' : 'excludedDates', `excluded dates and blackouts cover everything in the coming year; first due ${iso(first)}`)
    ];
    return [
        warning('not_due_for_a_year', ruleField(recurrence), `nothing is due in the coming year; first due ${iso(first)}`)
    ];
}
/** One warning for a local time, with every date on which it is touched. */ function touched(recurrence, now) {
    const groups = new Map();
    for (const time of affectedByTransitions(recurrence, now, now + LOOK_AHEAD)){
        const key = `${time.kind} ${time.localTime}`;
        groups.set(key, [
            ...groups.get(key) ?? [],
            time
        ]);
    }
    const { zone, gap, fold } = recurrence;
    const untold = groups.size - TIMES_TOLD;
    const told = [
        ...groups.values()
    ].slice(0, TIMES_TOLD).flatMap((times)=>{
        const [first] = times;
        if (first === undefined) return [];
        const dates = times.map(({ date })=>date).join(', ');
        const outcome = times.flatMap(({ instants })=>instants.map(iso)).join(', ');
        const due = outcome === '' ? '' : `: ${outcome}`;
        const message = first.kind === 'gap' ? `${first.localTime} does not exist on ${dates} in ${zone}, where clocks go forward: it is ${gap === 'shift' ? 'moved later by as much' : 'left out'} (gap: ${gap})${due}` : `${first.localTime} comes twice on ${dates} in ${zone}, where clocks go back: it is due ${fold === 'both' ? 'both times' : `the ${fold} time`} (fold: ${fold})${due}`;
        return [
            warning(`dst_${first.kind}`, first.kind, message)
        ];
    });
    if (untold > 0) told.push(warning('dst_more', ruleField(recurrence), `${untold} more local times of this rule fall where clocks change in ${zone}; the same policies apply to them`));
    return told;
}
/**
 * Everything that is wrong with a recurrence (errors), or that its owner should know (warnings). `now` is where "never
 * due" and the warnings look from. Never throws, and what it finds no error in never makes the other functions throw.
 */ export function checkRecurrence(recurrence, now) {
    const findings = [
        ...checkRule(recurrence),
        ...checkBounds(recurrence)
    ];
    if (findings.some(({ severity })=>severity === 'error')) return findings;
    const first = next(recurrence, now);
    if (first === undefined) return [
        neverDue(recurrence, now)
    ];
    return [
        ...findings,
        ...silence(recurrence, now, first),
        ...touched(recurrence, now)
    ];
}

//# sourceMappingURL=check.js.map