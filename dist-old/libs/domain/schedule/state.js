import { isOfRecurrence } from './events.js';
/** How many dead letters and accepted fences a schedule remembers. */ export const DEAD_LETTERS_KEPT = 50;
export const FENCES_KEPT = 8;
/** How many requests it remembers after their runs have ended. */ export const REQUESTS_KEPT = 64;
export const absent = {
    status: 'absent'
};
/** Of one part of a run and a later one. Why rows were rejected is told of the later. */ export const countedTogether = (earlier, later)=>earlier === undefined || later === undefined ? later ?? earlier : {
        ...later,
        read: earlier.read + later.read,
        written: earlier.written + later.written,
        rejected: earlier.rejected + later.rejected
    };
/** A run that goes on at an instant: it is to be retried, or was put off. */ export const isWaiting = (open)=>open.status === 'retrying' || open.status === 'snoozed';
export const isLiving = (state)=>state.status !== 'absent' && state.status !== 'deleted';
/**
 * `<schedule>.<generation>.<nominal>`: derived, so that deciding the same occurrence twice names the same run. Joined
 * rather than a template: that gives a string in one piece, for which `JSON.stringify` takes half as long.
 */ export const occurrenceRun = (schedule, generation, nominal)=>[
        schedule,
        generation,
        nominal.toString(36)
    ].join('.');
/** What a schedule remembers a request by. */ export const manualRequest = (request)=>`m.${request}`;
export const backfillRequest = (request)=>`b.${request}`;
/** `<schedule>.m.<request>`: one run per request, however often the request is repeated. */ export const manualRun = (schedule, request)=>[
        schedule,
        manualRequest(request)
    ].join('.');
export const backfillRun = (schedule, request, nominal)=>[
        schedule,
        backfillRequest(request),
        nominal.toString(36)
    ].join('.');
/** The request that a run was made by; undefined for an occurrence. The reverse of the two above. */ export function requestOf(schedule, { run, trigger }) {
    const named = run.slice(schedule.length + 1);
    if (trigger === 'manual') return named;
    return trigger === 'backfill' ? named.slice(0, named.lastIndexOf('.')) : undefined;
}
/** The schedule that a run belongs to. */ export const scheduleOfRun = (run)=>run.slice(0, Math.max(0, run.indexOf('.')));
/** A run that a pause cancelled before it had started does not count for `maxRuns`: nothing was done. */ export const isUndone = ({ trigger, status, attempt }, reason)=>reason === 'schedule_paused' && isOfRecurrence(trigger) && (status === 'queued' || status === 'buffered') && attempt <= 1;
/** As many have run as may: what the recurrence has besides is nothing to decide. */ export const allHaveRun = ({ definition, occurrencesRun })=>occurrencesRun >= (definition.maxRuns ?? Infinity);
/** Up to where what is due by the recurrence is a pause's, that ends now or did so at its `until`. */ export const lastOfPause = (until, now)=>Math.min(now, (until ?? Infinity) - 1);
/**
 * The mark when the definition changes. A new recurrence starts from now: what the old one had due is decided before. It
 * starts later where the clock was set back and more than that is decided; what was skipped on request is decided anew. So
 * does one of which more may run than have, where as many had as might: what came due meanwhile is nothing to decide.
 */ export function afterUpdate(state, definition, { recurs, at, lastSkipped }) {
    if (recurs) return state.highWater === lastSkipped ? at : Math.max(state.highWater, at);
    const goesOn = allHaveRun(state) && !allHaveRun({
        ...state,
        definition
    });
    return goesOn ? Math.max(state.highWater, at) : state.highWater;
}
/**
 * The mark when a pause ends. What it had is recorded, which moves the mark, unless as many have run as may: then it is
 * none of those, and stays none when more may.
 */ export function afterPause(state, until, now) {
    const { highWater } = state;
    return allHaveRun(state) ? Math.max(highWater, lastOfPause(until, now)) : highWater;
}

//# sourceMappingURL=state.js.map