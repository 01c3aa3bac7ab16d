import { MAX_OPEN_RUNS } from './definition.js';
import { cancelRun, promote, queue } from './run-moves.js';
import { isWaiting } from './state.js';
const nothing = {
    cancel: [],
    terminate: [],
    supersede: []
};
export function decideOverlap(policy, open, options) {
    const [first] = open;
    if (first === undefined) return {
        verdict: 'queue',
        ...nothing
    };
    if (open.length >= MAX_OPEN_RUNS) return {
        verdict: {
            skip: 'buffer_full',
            by: first.run
        },
        ...nothing
    };
    const buffered = open.filter((run)=>run.status === 'buffered');
    switch(policy){
        case 'allow_all':
            return {
                verdict: 'queue',
                ...nothing
            };
        case 'terminate_other':
            return {
                verdict: 'queue',
                ...nothing,
                terminate: open
            };
        case 'cancel_other':
            return {
                verdict: open.some((run)=>run.status === 'running') ? 'buffer' : 'queue',
                ...nothing,
                cancel: open
            };
        case 'buffer_one':
        case 'buffer_all':
            {
                const cap = policy === 'buffer_one' ? 1 : options.bufferCap;
                return {
                    verdict: buffered.length < cap ? 'buffer' : {
                        skip: 'buffer_full',
                        by: first.run
                    },
                    ...nothing
                };
            }
        case 'skip':
            {
                if (!open.every(isWaiting)) return {
                    verdict: {
                        skip: 'overlap',
                        by: first.run
                    },
                    ...nothing
                };
                if (options.retryVersusNext === 'merge') return {
                    verdict: {
                        skip: 'merged_into_retry',
                        by: first.run
                    },
                    ...nothing
                };
                return {
                    verdict: 'queue',
                    ...nothing,
                    supersede: open
                };
            }
    }
}
/** Applies the policy to one new run. Answers why it was not taken, where it was not. */ export function admit(draft, spec, policy, bufferCap = draft.state.definition.bufferCap) {
    const { retryVersusNext } = draft.state.definition;
    const decision = decideOverlap(policy, draft.state.open, {
        bufferCap,
        retryVersusNext
    });
    for (const run of decision.cancel)cancelRun(draft, run, 'superseded');
    for (const run of decision.terminate){
        draft.emit({
            type: 'RunCancelled',
            data: {
                run: run.run,
                attempt: run.attempt,
                reason: 'terminated_by_overlap'
            }
        });
    }
    for (const run of decision.supersede){
        draft.emit({
            type: 'RunAbandoned',
            data: {
                run: run.run,
                attempt: run.attempt,
                reason: 'superseded'
            }
        });
    }
    if (typeof decision.verdict === 'object') return {
        reason: decision.verdict.skip,
        by: decision.verdict.by
    };
    if (decision.verdict === 'queue') queue(draft, spec, 1);
    else draft.emit({
        type: 'RunBuffered',
        data: {
            ...spec,
            by: draft.state.open[0]?.run ?? spec.run
        }
    });
    promote(draft);
    return undefined;
}

//# sourceMappingURL=overlap.js.map