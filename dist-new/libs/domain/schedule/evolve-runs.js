import { unreachable } from '#lib/domain/kernel';
import { isOfRecurrence, isSpared } from './events.js';
import { DEAD_LETTERS_KEPT, FENCES_KEPT, isUndone, REQUESTS_KEPT, requestOf } from './state.js';
/** How events of runs change the schedule that they are of. */ export const notFailing = {
    runs: 0,
    since: 0
};
const replace = (state, run, change)=>({
        ...state,
        open: state.open.map((open)=>open.run === run ? change(open) : open)
    });
const remove = (state, run)=>({
        ...state,
        open: state.open.filter((open)=>open.run !== run)
    });
const settle = (state, run)=>{
    const open = state.open.find((candidate)=>candidate.run === run);
    if (open?.status !== 'running') return state;
    return {
        ...state,
        settled: [
            ...state.settled,
            open.fence
        ].slice(-FENCES_KEPT)
    };
};
/** The fields of a run that outlive a change of status. */ function core(open) {
    const { run, trigger, nominal, effective, generation, operation, attempt, failures, snoozes, since } = open;
    const kept = {
        run,
        trigger,
        nominal,
        effective,
        generation,
        operation,
        attempt,
        failures,
        snoozes,
        since
    };
    const checkpointed = open.status === 'running' ? open.checkpointed : undefined;
    const counted = checkpointed ?? open.counted;
    return counted === undefined ? kept : {
        ...kept,
        counted
    };
}
/** Of one that begins again from nothing: it reads once more what was read. */ function uncounted(open) {
    const { counted: _, ...kept } = {
        counted: undefined,
        ...core(open)
    };
    return kept;
}
function remember({ id, requests }, run) {
    const request = requestOf(id, run);
    if (request === undefined || requests.at(-1) === request) return requests;
    return [
        ...requests,
        request
    ].slice(-REQUESTS_KEPT);
}
function opened(state, data, attempt, at) {
    const known = state.open.find((open)=>open.run === data.run);
    const status = attempt === 0 ? 'buffered' : 'queued';
    if (known !== undefined) {
        return replace(state, data.run, (open)=>({
                ...core(open),
                attempt,
                status,
                since: open.status === 'buffered' ? at : open.since
            }));
    }
    const { run, trigger, nominal, effective, generation, operation } = data;
    const fresh = {
        run,
        trigger,
        nominal,
        effective,
        generation,
        operation,
        attempt,
        failures: 0,
        snoozes: 0,
        since: at,
        status
    };
    const occurrence = isOfRecurrence(trigger);
    return {
        ...state,
        open: [
            ...state.open,
            fresh
        ],
        requests: remember(state, fresh),
        highWater: occurrence ? Math.max(state.highWater, nominal) : state.highWater,
        occurrencesRun: occurrence ? state.occurrencesRun + 1 : state.occurrencesRun
    };
}
function started(state, data, at) {
    const { fence, executor, claim, deadline } = data;
    const change = (open)=>({
            ...core(open),
            status: 'running',
            fence,
            executor,
            claim,
            deadline,
            startedAt: at
        });
    return {
        ...replace(state, data.run, change),
        fence
    };
}
function checkpointed(state, { run, state: syncState, counts }) {
    const change = (open)=>open.status === 'running' ? {
            ...open,
            checkpointed: counts
        } : open;
    return {
        ...replace(state, run, change),
        syncState,
        syncedBy: run
    };
}
function succeeded(state, data) {
    const next = {
        ...remove(settle(state, data.run), data.run),
        failing: notFailing
    };
    return data.state === undefined ? next : {
        ...next,
        syncState: data.state,
        syncedBy: data.run
    };
}
function cancelled(state, { run, reason }) {
    const open = state.open.find((candidate)=>candidate.run === run);
    const next = remove(settle(state, run), run);
    if (open === undefined || !isUndone(open, reason)) return next;
    return {
        ...next,
        occurrencesRun: state.occurrencesRun - 1
    };
}
function failed(state, data, at) {
    const isAnew = data.error.class === 'CURSOR_INVALID';
    const next = replace(settle(state, data.run), data.run, (open)=>({
            ...isAnew ? uncounted(open) : core(open),
            failures: open.failures + (isSpared(data) ? 0 : 1),
            // Until the event that says what becomes of it, which is always in the same append.
            status: 'retrying',
            resumeAt: at
        }));
    if (!isAnew) return next;
    const { syncState: _, syncedBy: __, ...rest } = next;
    return rest;
}
function abandoned(state, data, at) {
    const open = state.open.find((candidate)=>candidate.run === data.run);
    if (open === undefined) return state;
    const { failures: _, snoozes: __, since: ___, ...kept } = core(open);
    const letter = {
        ...kept,
        at
    };
    const gaveUp = data.reason !== 'superseded' && data.reason !== 'schedule_paused';
    const failing = {
        runs: state.failing.runs + 1,
        since: state.failing.runs === 0 ? at : state.failing.since
    };
    return {
        ...remove(state, data.run),
        deadLetters: [
            ...state.deadLetters,
            letter
        ].slice(-DEAD_LETTERS_KEPT),
        failing: gaveUp ? failing : state.failing
    };
}
function redriven(state, run, at) {
    const letter = state.deadLetters.find((candidate)=>candidate.run === run);
    if (letter === undefined) return state;
    const { at: _, ...spec } = letter;
    const open = {
        ...spec,
        failures: 0,
        snoozes: 0,
        since: at,
        status: 'queued'
    };
    return {
        ...state,
        deadLetters: state.deadLetters.filter((candidate)=>candidate.run !== run),
        open: [
            ...state.open,
            open
        ]
    };
}
/** Folds an event of a run. */ export function withRun(state, event, at) {
    switch(event.type){
        case 'RunBuffered':
            return opened(state, event.data, 0, at);
        case 'RunQueued':
            return opened(state, event.data, event.data.attempt, at);
        case 'RunStarted':
            return started(state, event.data, at);
        case 'RunCheckpointed':
            return checkpointed(state, event.data);
        case 'RunSucceeded':
            return succeeded(state, event.data);
        case 'RunFailed':
            return failed(state, event.data, at);
        case 'RetryScheduled':
            return replace(state, event.data.run, (open)=>({
                    ...core(open),
                    status: 'retrying',
                    resumeAt: event.data.retryAt
                }));
        case 'RunSnoozed':
            return replace(settle(state, event.data.run), event.data.run, (open)=>({
                    ...core(open),
                    snoozes: open.snoozes + 1,
                    status: 'snoozed',
                    resumeAt: event.data.until
                }));
        case 'RunCancelRequested':
            return replace(state, event.data.run, (open)=>open.status === 'running' ? {
                    ...open,
                    cancel: {
                        at,
                        reason: event.data.reason
                    }
                } : open);
        case 'RunCancelled':
            return cancelled(state, event.data);
        case 'RunAbandoned':
            return abandoned(state, event.data, at);
        case 'RunRedriven':
            return redriven(state, event.data.run, at);
        default:
            return unreachable(event);
    }
}

//# sourceMappingURL=evolve-runs.js.map