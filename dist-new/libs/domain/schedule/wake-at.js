import { earliest } from '#lib/domain/kernel';
import { effective, next } from '#lib/domain/recurrence';
import { CANCEL_GRACE, DEADLINE_GRACE } from './definition.js';
import { allHaveRun, isLiving } from './state.js';
function runAttention(run) {
    switch(run.status){
        case 'retrying':
        case 'snoozed':
            return run.resumeAt;
        case 'running':
            return earliest(run.deadline + DEADLINE_GRACE, run.cancel === undefined ? undefined : run.cancel.at + CANCEL_GRACE);
        case 'buffered':
        case 'queued':
            return undefined;
    }
}
/** The next occurrence that is not decided yet: when it is due, and when it will run. */ export function nextOccurrence(state) {
    const { status, definition, highWater, id } = state;
    if (status !== 'active' || allHaveRun(state)) return undefined;
    const nominal = next(definition.recurrence, highWater);
    return nominal === undefined ? undefined : {
        nominal,
        effective: effective(definition.recurrence, nominal, id)
    };
}
/** The earliest instant at which the schedule needs attention; undefined: only a command can wake it. */ export function wakeAt(state) {
    if (!isLiving(state)) return undefined;
    const resumes = state.status === 'paused' ? state.pause?.until : undefined;
    return earliest(nextOccurrence(state)?.effective, resumes, ...state.open.map(runAttention));
}

//# sourceMappingURL=wake-at.js.map