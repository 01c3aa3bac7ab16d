import { next } from '#lib/domain/recurrence';
import { allHaveRun } from './state.js';
/** The moves of a run that more than one decision makes. Each emits at most a few events into the draft. */ export function queue(draft, spec, attempt) {
    const { run, trigger, nominal, effective, generation, operation } = spec;
    const { priority, user, connection, provider } = draft.state.definition;
    draft.emit({
        type: 'RunQueued',
        data: {
            run,
            trigger,
            nominal,
            effective,
            generation,
            operation,
            priority,
            user,
            connection,
            provider,
            attempt
        }
    });
}
/** A running attempt is asked to stop and keeps its place until it has; anything else is over at once. */ export function cancelRun(draft, run, reason) {
    if (run.status !== 'running') {
        draft.emit({
            type: 'RunCancelled',
            data: {
                run: run.run,
                attempt: run.attempt,
                reason
            }
        });
    } else if (run.cancel === undefined) {
        draft.emit({
            type: 'RunCancelRequested',
            data: {
                run: run.run,
                reason
            }
        });
    }
}
/**
 * Lets the oldest buffered run go when nothing is left in front of it. Under `allow_all`, where runs that came later go at
 * once, those do not count: else it might wait for ever.
 */ export function promote(draft) {
    const { open, definition } = draft.state;
    const [first] = open;
    if (first?.status !== 'buffered') return;
    if (definition.overlap !== 'allow_all' && open.some((run)=>run.status !== 'buffered')) return;
    queue(draft, first, 1);
}
/** Whether the recurrence has anything left to decide. */ export const nothingLeft = ({ state })=>allHaveRun(state) || next(state.definition.recurrence, state.highWater) === undefined;
/** Completes the schedule once its last occurrence is decided and its last run has ended. */ export function completeWhenDone(draft) {
    if (!draft.active || draft.state.open.length > 0 || !nothingLeft(draft)) return;
    const reason = allHaveRun(draft.state) ? 'max_runs' : 'end_reached';
    draft.emit({
        type: 'ScheduleCompleted',
        data: {
            reason
        }
    });
}
/** After a run has ended: the next buffered one, or the schedule's own end. */ export function afterRun(draft) {
    promote(draft);
    completeWhenDone(draft);
}

//# sourceMappingURL=run-moves.js.map