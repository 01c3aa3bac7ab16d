import { between, countBetween, effective, latest, next } from '#lib/domain/recurrence';
import { LATE_AFTER, MAX_OPEN_RUNS } from './definition.js';
import { admit } from './overlap.js';
import { allHaveRun, occurrenceRun } from './state.js';
/**
 * Occurrences become decisions. Those due within the last minute run, each under the overlap policy. Older ones are
 * late, because nobody was there: the catch-up policy says which of them still run, and the rest are recorded as
 * missed, a range in one event. Work is bounded however long the absence was.
 */ /** Ranges are counted exactly up to here; beyond, `exact` is false. */ const COUNT_CAP = 2_000;
/** Most on-time occurrences decided in one go; the schedule is woken again at once for the rest. */ const ON_TIME_CAP = 120;
const specOf = (draft, nominal, trigger)=>{
    const { id, generation, definition } = draft.state;
    return {
        run: occurrenceRun(id, generation, nominal),
        trigger,
        nominal,
        effective: effective(definition.recurrence, nominal, id),
        generation,
        operation: definition.operation
    };
};
/** Records (after, to] as missed, where anything was due in it. */ export function recordMissed(draft, after, to, reason) {
    if (to <= after || allHaveRun(draft.state)) return;
    const missed = countBetween(draft.state.definition.recurrence, after, to, COUNT_CAP);
    if (missed.count === 0 || missed.first === undefined || missed.last === undefined) return;
    const { count, exact, first, last } = missed;
    draft.emit({
        type: 'OccurrencesMissed',
        data: {
            generation: draft.state.generation,
            first,
            last,
            count,
            exact,
            reason
        }
    });
}
function decideOne(draft, nominal, trigger) {
    const { generation, skipped = [] } = draft.state;
    // Skipped on request while it was to come, under another recurrence than now.
    if (skipped.includes(nominal)) return draft.emit({
        type: 'OccurrenceSkipped',
        data: {
            nominal,
            generation,
            reason: 'requested'
        }
    });
    const { overlap, catchUp } = draft.state.definition;
    // Catching up on all of them means one after another: the default policy would skip all but the first.
    const inTurn = trigger === 'catch_up' && catchUp.policy === 'all' && overlap === 'skip';
    const spec = specOf(draft, nominal, trigger);
    const refused = inTurn ? admit(draft, spec, 'buffer_all', MAX_OPEN_RUNS) : admit(draft, spec, overlap);
    if (refused === undefined) return;
    draft.emit({
        type: 'OccurrenceSkipped',
        data: {
            nominal,
            generation,
            reason: refused.reason,
            by: refused.by
        }
    });
}
/** The newest `cap` occurrences in (after, to], oldest first. */ function newest(draft, after, to, cap) {
    const found = [];
    let bound = to;
    while(found.length < cap){
        const instant = latest(draft.state.definition.recurrence, bound, after);
        if (instant === undefined) break;
        found.push(instant);
        bound = instant - 1;
    }
    return found.reverse();
}
/** Where each new run ends the one before it, the newest is all that is left of many: it alone is caught up on. */ const catchUpPolicy = ({ overlap, catchUp: { policy } })=>policy === 'all' && (overlap === 'cancel_other' || overlap === 'terminate_other') ? 'once' : policy;
function catchUpLate(draft, lateUntil, onTimeFollows) {
    const { windowMs, cap } = draft.state.definition.catchUp;
    const policy = catchUpPolicy(draft.state.definition);
    const { highWater } = draft.state;
    const from = Math.min(dueBefore(draft, draft.now - windowMs) ?? highWater, lateUntil);
    recordMissed(draft, highWater, from, 'catch_up_window');
    if (policy === 'skip' || policy === 'once' && onTimeFollows) {
        recordMissed(draft, from, lateUntil, policy === 'skip' ? 'catch_up_skip' : 'catch_up_once');
        return;
    }
    const kept = newest(draft, from, lateUntil, policy === 'once' ? 1 : cap);
    const [first] = kept;
    if (first === undefined) return;
    recordMissed(draft, from, first - 1, policy === 'once' ? 'catch_up_once' : 'catch_up_cap');
    for (const nominal of kept){
        if (!allHaveRun(draft.state)) decideOne(draft, nominal, 'catch_up');
    }
}
/** The newest undecided nominal instant whose effective time is no later than this: nothing is late before that. */ function dueBefore(draft, limit) {
    const { highWater, definition, id } = draft.state;
    const newest = latest(definition.recurrence, limit, highWater);
    if (newest === undefined || effective(definition.recurrence, newest, id) <= limit) return newest;
    // Only the newest can be before it by its nominal and after it by its effective instant: spread never passes the next one.
    return latest(definition.recurrence, newest - 1, highWater);
}
/** Decides every occurrence whose effective time has come. */ export function decideDueOccurrences(draft) {
    if (!draft.active || allHaveRun(draft.state)) return;
    const { definition, id } = draft.state;
    const due = (nominal)=>effective(definition.recurrence, nominal, id) <= draft.now;
    const first = next(definition.recurrence, draft.state.highWater);
    if (first === undefined || first > draft.now || !due(first)) return;
    const late = first <= draft.now - LATE_AFTER ? dueBefore(draft, draft.now - LATE_AFTER) : undefined;
    const onTimeFrom = Math.max(draft.state.highWater, late ?? draft.state.highWater);
    const onTime = between(definition.recurrence, onTimeFrom, draft.now, ON_TIME_CAP).instants.filter(due);
    if (late !== undefined) catchUpLate(draft, late, onTime.length > 0);
    for (const nominal of onTime){
        if (!allHaveRun(draft.state)) decideOne(draft, nominal, 'occurrence');
    }
}
/** Decides occurrences that are due by their nominal time but still within their spread, before the rules change. */ export function decidePending(draft, how) {
    if (!draft.active) return;
    decideDueOccurrences(draft);
    if (allHaveRun(draft.state)) return;
    const { definition, highWater, generation } = draft.state;
    for (const nominal of between(definition.recurrence, highWater, draft.now, 2).instants){
        if (how === 'run' && !allHaveRun(draft.state)) decideOne(draft, nominal, 'occurrence');
        else draft.emit({
            type: 'OccurrenceSkipped',
            data: {
                nominal,
                generation,
                reason: 'paused'
            }
        });
    }
}

//# sourceMappingURL=occurrences.js.map