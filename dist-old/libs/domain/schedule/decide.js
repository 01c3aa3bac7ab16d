import { accept, reject, unreachable } from '#lib/domain/kernel';
import { Draft } from './draft.js';
import { evolve } from './evolve.js';
import { deleteSchedule, pauseIsOver, pauseSchedule, resume, resumeSchedule, updateSchedule } from './lifecycle.js';
import { decideDueOccurrences } from './occurrences.js';
import { backfillRange, cancelOpenRun, redriveRun, skipNextOccurrence, triggerRun } from './requests.js';
import { completeWhenDone } from './run-moves.js';
import { advanceRuns, checkpointRun, expireLease, reportRun, resumeRuns, startRun } from './runs.js';
import { absent, isWaiting } from './state.js';
import { nextOccurrence } from './wake-at.js';
function advance(state, command) {
    const draft = new Draft(state, command.now);
    if (pauseIsOver(draft)) resume(draft, true);
    // In the order in which they were due: a run that was waiting when an occurrence came has waited for it.
    const next = draft.state.open.some(isWaiting) ? nextOccurrence(draft.state) : undefined;
    advanceRuns(draft, command.fraction, next?.effective);
    decideDueOccurrences(draft);
    resumeRuns(draft, command.now);
    completeWhenDone(draft);
    return accept(...draft.events);
}
function onLiving(state, command) {
    if ('ifVersion' in command && command.ifVersion !== undefined && command.ifVersion !== state.version) {
        return reject('stale_version', `the schedule is at version ${state.version}, not ${command.ifVersion}: read it again and decide anew`, {
            details: {
                version: state.version
            }
        });
    }
    switch(command.type){
        case 'CreateSchedule':
            return reject('schedule_exists', `schedule ${command.id} exists already`);
        case 'UpdateSchedule':
            return updateSchedule(state, command);
        case 'PauseSchedule':
            return pauseSchedule(state, command);
        case 'ResumeSchedule':
            return resumeSchedule(state, command);
        case 'DeleteSchedule':
            return deleteSchedule(state, command);
        case 'SkipNextOccurrence':
            return skipNextOccurrence(state, command);
        case 'TriggerRun':
            return triggerRun(state, command);
        case 'BackfillRange':
            return backfillRange(state, command);
        case 'CancelRun':
            return cancelOpenRun(state, command);
        case 'RedriveRun':
            return redriveRun(state, command);
        case 'AdvanceSchedule':
            return advance(state, command);
        case 'StartRun':
            return startRun(state, command);
        case 'CheckpointRun':
            return checkpointRun(state, command);
        case 'ReportRun':
            return reportRun(state, command);
        case 'ExpireLease':
            return expireLease(state, command);
        default:
            return unreachable(command);
    }
}
/** What a schedule answers to a command. Pure: the same state and command give the same events on any machine. */ export function decide(command, state) {
    switch(state.status){
        case 'absent':
            if (command.type === 'CreateSchedule') {
                const { id, definition } = command;
                return accept({
                    type: 'ScheduleCreated',
                    data: {
                        id,
                        definition
                    }
                });
            }
            return command.type === 'AdvanceSchedule' ? accept() : reject('schedule_not_found', 'there is no such schedule');
        case 'deleted':
            if (command.type === 'AdvanceSchedule' || command.type === 'ExpireLease') return accept();
            if (command.type === 'ReportRun' || command.type === 'CheckpointRun') {
                return reject('late_result', 'the schedule was deleted: the result is refused');
            }
            return reject('schedule_deleted', `schedule ${state.id} was deleted`);
        default:
            return onLiving(state, command);
    }
}
export const schedule = {
    initialState: absent,
    decide,
    evolve
};

//# sourceMappingURL=decide.js.map