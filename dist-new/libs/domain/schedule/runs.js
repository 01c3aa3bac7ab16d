import { accept, MINUTE, reject } from '#lib/domain/kernel';
import { decideRetry } from '#lib/domain/retry';
import { CANCEL_GRACE, DEADLINE_GRACE, MAX_SNOOZE, MAX_SYNC_STATE_BYTES } from './definition.js';
import { Draft } from './draft.js';
import { isSpared } from './events.js';
import { decidePending } from './occurrences.js';
import { afterRun, cancelRun, queue } from './run-moves.js';
import { countedTogether, isWaiting } from './state.js';
const stateTooLarge = (state)=>state !== undefined && Buffer.byteLength(JSON.stringify(state)) > MAX_SYNC_STATE_BYTES;
const notOpen = (run)=>reject('run_not_open', `run ${run} is not open: it has ended, or was never decided`, {
        details: {
            run
        }
    });
/** Claim: the first wins, and asking again with the same claim is answered alike. */ export function startRun(state, command) {
    const draft = new Draft(state, command.now);
    const open = draft.find(command.run);
    if (open === undefined) return notOpen(command.run);
    if (open.status === 'running' && open.attempt === command.attempt && open.claim === command.claim) return accept();
    if (open.status !== 'queued' || open.attempt !== command.attempt) {
        return reject('run_not_open', `attempt ${command.attempt} of run ${command.run} is not waiting: the run is ${open.status}, attempt ${open.attempt}`);
    }
    const { run, attempt, executor, claim } = command;
    const deadline = command.now + state.definition.timeoutMs;
    draft.emit({
        type: 'RunStarted',
        data: {
            run,
            attempt,
            fence: state.fence + 1,
            executor,
            claim,
            deadline
        }
    });
    return accept(...draft.events);
}
/** The running attempt that holds this fence; anyone else's word is late. */ const holder = (state, command)=>{
    const open = state.open.find((candidate)=>candidate.run === command.run);
    return open?.status === 'running' && open.attempt === command.attempt && open.fence === command.fence ? open : undefined;
};
/** The same, if it is this executor's: fences are small numbers, which another one could guess. */ const heldBy = (state, command)=>{
    const open = holder(state, command);
    return open?.executor === command.executor ? open : undefined;
};
const late = (command)=>reject('late_result', `attempt ${command.attempt} of run ${command.run} no longer holds fence ${command.fence}: its result is refused`, {
        details: {
            run: command.run,
            attempt: command.attempt,
            fence: command.fence
        }
    });
export function checkpointRun(state, command) {
    const open = heldBy(state, command);
    if (open === undefined) return late(command);
    if (stateTooLarge(command.state)) {
        return reject('sync_state_too_large', `a checkpoint's state may have at most ${MAX_SYNC_STATE_BYTES} bytes of JSON`, {
            field: 'state'
        });
    }
    const { run, attempt } = command;
    const counts = countedTogether(open.counted, command.counts) ?? command.counts;
    return accept({
        type: 'RunCheckpointed',
        data: {
            run,
            attempt,
            state: command.state,
            counts
        }
    });
}
/** It was paused after the run was made: one that was asked for since has its retries. */ const isOverTaken = ({ state: { pause } }, { since })=>pause !== undefined && since <= pause.at;
/** A failed attempt: retried by policy, or given up; a schedule that keeps failing pauses itself. */ export function fail(draft, open, error, cause, fraction) {
    const { run, attempt } = open;
    draft.emit({
        type: 'RunFailed',
        data: {
            run,
            attempt,
            error,
            durationMs: draft.now - open.startedAt,
            cause
        }
    });
    if (open.cancel !== undefined) {
        draft.emit({
            type: 'RunCancelled',
            data: {
                run,
                attempt,
                reason: open.cancel.reason
            }
        });
    } else if (isOverTaken(draft, open)) {
        abandon(draft, open, 'schedule_paused');
    } else {
        const retry = decideRetry(draft.state.definition.retry, {
            class: error.class,
            failures: open.failures + (isSpared({
                error,
                cause
            }) ? 0 : 1),
            elapsedMs: draft.now - open.since,
            retryAfterMs: error.retryAfterMs,
            fraction
        });
        if (retry.retry) {
            const { delayMs } = retry;
            draft.emit({
                type: 'RetryScheduled',
                data: {
                    run,
                    attempt: attempt + 1,
                    retryAt: draft.now + delayMs,
                    delayMs
                }
            });
        } else {
            abandon(draft, open, retry.reason);
        }
    }
    afterRun(draft);
}
function abandon(draft, open, reason) {
    draft.emit({
        type: 'RunAbandoned',
        data: {
            run: open.run,
            attempt: open.attempt,
            reason
        }
    });
    pauseWhenFailing(draft);
}
const DAY_MS = 24 * 60 * MINUTE;
/** Airbyte's rule: many failures in a row are not enough, they must also have lasted. Never on a first run. */ function pauseWhenFailing(draft) {
    const { autoPause } = draft.state.definition;
    const { runs, since } = draft.state.failing;
    if (!draft.active || autoPause.failures === 0 || runs < Math.max(2, autoPause.failures)) return;
    if (draft.now - since < autoPause.days * DAY_MS) return;
    // What is due already is decided first: a pause that nobody asked for must not make occurrences vanish.
    decidePending(draft, 'skip');
    const note = `${runs} runs in a row were given up since ${new Date(since).toISOString()}`;
    draft.emit({
        type: 'SchedulePaused',
        data: {
            cause: 'auto_pause',
            note
        }
    });
    for (const open of draft.state.open){
        if (open.status !== 'running') cancelRun(draft, open, 'schedule_paused');
    }
}
function snooze(draft, open, outcome, fraction) {
    const { max, totalMs } = draft.state.definition.snooze;
    const { run, attempt } = open;
    const delayMs = Math.min(Math.max(outcome.delayMs, 0), MAX_SNOOZE);
    const until = Math.round(draft.now + delayMs);
    if (isOverTaken(draft, open) || open.cancel !== undefined) {
        fail(draft, open, {
            class: outcome.class,
            message: outcome.message
        }, 'reported', fraction);
    } else if (open.snoozes >= max || until - open.since > totalMs) {
        const error = {
            class: outcome.class,
            message: `put off ${open.snoozes} times, since ${new Date(open.since).toISOString()}: ${outcome.message}`
        };
        draft.emit({
            type: 'RunFailed',
            data: {
                run,
                attempt,
                error,
                durationMs: draft.now - open.startedAt,
                cause: 'reported'
            }
        });
        abandon(draft, open, 'snooze_exhausted');
        afterRun(draft);
    } else {
        const durationMs = draft.now - open.startedAt;
        draft.emit({
            type: 'RunSnoozed',
            data: {
                run,
                attempt,
                until,
                class: outcome.class,
                message: outcome.message,
                durationMs,
                ...outcome.bucket === undefined ? {} : {
                    bucket: outcome.bucket
                }
            }
        });
    }
}
/** An executor cannot give a run up by itself: nobody would know why. It is an attempt that failed, and is tried again. */ const unasked = {
    class: 'TRANSIENT',
    code: 'cancelled_unasked',
    message: 'the executor stopped the attempt, and nobody had asked it to'
};
function settleOutcome(draft, open, command) {
    const { outcome, fraction } = command;
    const { run, attempt } = open;
    switch(outcome.kind){
        case 'succeeded':
            {
                const state = outcome.state === undefined ? {} : {
                    state: outcome.state
                };
                const durationMs = draft.now - open.startedAt;
                // Of all of the run: this attempt went on from where those before had come.
                const counts = countedTogether(open.counted, outcome.counts) ?? outcome.counts;
                draft.emit({
                    type: 'RunSucceeded',
                    data: {
                        run,
                        attempt,
                        counts,
                        durationMs,
                        ...state
                    }
                });
                return afterRun(draft);
            }
        case 'failed':
            return fail(draft, open, outcome.error, 'reported', fraction);
        case 'snoozed':
            return snooze(draft, open, outcome, fraction);
        case 'cancelled':
            if (open.cancel === undefined) return fail(draft, open, unasked, 'reported', fraction);
            draft.emit({
                type: 'RunCancelled',
                data: {
                    run,
                    attempt,
                    reason: open.cancel.reason
                }
            });
            return afterRun(draft);
    }
}
/**
 * A success whose state cannot be kept is a failure of the engine. Refusing the report instead would leave the attempt
 * open until its lease ran out, and blame an executor that did all it could.
 */ function storable(outcome) {
    if (outcome.kind !== 'succeeded' || !stateTooLarge(outcome.state)) return outcome;
    const message = `the sync succeeded, but its state is larger than ${MAX_SYNC_STATE_BYTES} bytes of JSON`;
    return {
        kind: 'failed',
        error: {
            class: 'INTERNAL',
            code: 'sync_state_too_large',
            message
        }
    };
}
/** The executor's word on an attempt, believed only under the fence that it was given itself. */ export function reportRun(state, command) {
    if (state.settled.includes(command.fence)) return accept();
    const open = heldBy(state, command);
    if (open === undefined) return late(command);
    const draft = new Draft(state, command.now);
    settleOutcome(draft, open, {
        ...command,
        outcome: storable(command.outcome)
    });
    return accept(...draft.events);
}
export function expireLease(state, command) {
    const open = holder(state, command);
    // The report came first: there is nothing left to expire.
    if (open === undefined) return accept();
    const draft = new Draft(state, command.now);
    const error = {
        class: 'INTERRUPTED',
        code: 'lease_lost',
        message: `executor ${open.executor} was not heard from for longer than its lease`
    };
    fail(draft, open, error, 'lease_lost', command.fraction);
    return accept(...draft.events);
}
/** Retries and snoozes whose time had come by an instant. */ export function resumeRuns(draft, by) {
    for (const open of draft.state.open){
        if (isWaiting(open) && open.resumeAt <= by) queue(draft, open, open.attempt + 1);
    }
}
/** Deadlines and cancellations that nobody answered, then what waits and was due before the next occurrence. */ export function advanceRuns(draft, fraction, nextDue = Infinity) {
    for (const { run } of draft.state.open){
        // As the runs before it left it: one that was given up may have paused the schedule, which cancels what waits.
        const open = draft.find(run);
        if (open === undefined) continue;
        if (open.status === 'running' && open.deadline + DEADLINE_GRACE <= draft.now) {
            const error = {
                class: 'TRANSIENT',
                code: 'deadline_passed',
                message: `no result ${draft.state.definition.timeoutMs} ms after the attempt started`
            };
            fail(draft, open, error, 'timeout', fraction);
        } else if (open.status === 'running' && open.cancel !== undefined && open.cancel.at + CANCEL_GRACE <= draft.now) {
            draft.emit({
                type: 'RunCancelled',
                data: {
                    run: open.run,
                    attempt: open.attempt,
                    reason: 'not_answered'
                }
            });
            afterRun(draft);
        }
    }
    resumeRuns(draft, Math.min(draft.now, nextDue));
}

//# sourceMappingURL=runs.js.map