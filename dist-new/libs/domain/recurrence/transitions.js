import { compile } from './compiled.js';
import { search } from './next.js';
import { isoDate, isoTime } from './wall-time.js';
/** A rule with more times than that in one gap or fold is told by its first ones. */ const TIMES_PER_TRANSITION = 100;
/**
 * The times of a rule that clocks going forward or back touch in (from, to], and what becomes of them. Rules of elapsed
 * time are not touched. Times that nothing would come of anyway (excluded, before the start, past the end) are left out.
 */ export function affectedByTransitions(recurrence, from, to) {
    const compiled = compile(recurrence);
    const { rule, zone } = compiled;
    if (rule === undefined || rule.elapsed) return [];
    const affected = [];
    const last = Math.min(to, compiled.ceiling);
    let segment = zone.segmentAt(Math.max(from, compiled.floor));
    while(segment.until <= last){
        segment = zone.segmentAt(segment.until);
        if (segment.shift !== 0) affected.push(...affectedAt(compiled, segment));
    }
    return affected;
}
/** Whether the clocks that a rule goes by are moved in (from, to]; those of an interval never are. */ export function clocksChange(recurrence, from, to) {
    const { rule, zone } = compile(recurrence);
    if (rule === undefined) return false;
    let segment = zone.segmentAt(from);
    while(segment.until <= to){
        segment = zone.segmentAt(segment.until);
        if (segment.shift !== 0) return true;
    }
    return false;
}
function affectedAt(compiled, segment) {
    const { rule } = compiled;
    const affected = [];
    const kind = segment.shift > 0 ? 'gap' : 'fold';
    // On the wall the gap begins where the old offset ended; the fold, where the new one began.
    const start = segment.from + segment.offset - Math.max(segment.shift, 0);
    const end = start + Math.abs(segment.shift);
    let wall = rule?.nextWall(start - 1);
    for(let times = 0; wall !== undefined && wall < end && times < TIMES_PER_TRANSITION; times += 1){
        const possible = possibleInstants(segment, wall).filter((instant)=>allowed(compiled, instant));
        if (possible.length > 0) {
            // Left out, it is not due, though another time may be due at the instant that it would be moved to.
            const leftOut = kind === 'gap' && compiled.recurrence.gap === 'skip';
            const isDue = (instant)=>search(compiled, instant - 1, instant) !== undefined;
            const instants = leftOut ? [] : possible.filter(isDue);
            affected.push({
                date: isoDate(wall),
                localTime: isoTime(wall),
                kind,
                instants
            });
        }
        wall = rule?.nextWall(wall);
    }
    return affected;
}
/** The two instants of a time that comes twice; where a time that never comes is moved to. */ const possibleInstants = (segment, wall)=>{
    const first = wall - (segment.offset - segment.shift);
    return segment.shift > 0 ? [
        first
    ] : [
        first,
        wall - segment.offset
    ];
};
const allowed = ({ floor, ceiling, zone, exclusions }, instant)=>floor < instant && instant < ceiling && exclusions.end(zone.toWall(instant)) === undefined;

//# sourceMappingURL=transitions.js.map