import { checkpointSchema, outcomeSchema } from '#lib/contracts/messages';
import { isWaitClass, waitOf } from '#lib/domain/retry';
const wrong = (code, message)=>({
        kind: 'failed',
        error: {
            class: 'INTERNAL',
            code,
            message
        }
    });
const isCount = (value)=>Number.isSafeInteger(value) && value >= 0;
/** What a scheduler is told of an outcome. */ function told(outcome) {
    switch(outcome.kind){
        case 'succeeded':
            {
                const { kind, counts, state } = outcome;
                return {
                    kind,
                    counts,
                    ...state === undefined ? {} : {
                        state
                    }
                };
            }
        case 'failed':
            {
                const { retryAfterMs, ...error } = outcome.failure;
                const { class: errorClass, message, bucket } = error;
                // Said as a failure or thrown, it is a matter of time all the same.
                if (isWaitClass(errorClass)) {
                    const delayMs = waitOf(errorClass, Number.isFinite(retryAfterMs) ? retryAfterMs : undefined);
                    return {
                        kind: 'snoozed',
                        class: errorClass,
                        delayMs,
                        message,
                        ...bucket === undefined ? {} : {
                            bucket
                        }
                    };
                }
                const after = retryAfterMs !== undefined && Number.isFinite(retryAfterMs) ? {
                    retryAfterMs
                } : {};
                return {
                    kind: 'failed',
                    error: {
                        ...error,
                        ...after
                    }
                };
            }
        case 'snoozed':
            {
                const { kind, delayMs, message, bucket } = outcome;
                return {
                    kind,
                    class: outcome.class,
                    delayMs,
                    message,
                    ...bucket === undefined ? {} : {
                        bucket
                    }
                };
            }
        default:
            return outcome;
    }
}
/**
 * An engine may be anybody's, and answers what is no outcome now and then: what cannot be stored, or read again, is a
 * failure of its own at once, and says what an outcome is.
 */ export function asReported(outcome) {
    if (outcome === undefined || outcome === null) return wrong('malformed_outcome', 'the engine answered with nothing: success is { kind: "succeeded", counts: { read, written, rejected } }');
    try {
        if (outcome.kind === 'succeeded') {
            const { read, written, rejected } = outcome.counts;
            if (![
                read,
                written,
                rejected
            ].every(isCount)) return wrong('not_a_number', `the engine answered with counts of ${read}, ${written} and ${rejected} records: each is a whole number, 0 or more`);
            // Most are so: nothing else is to be looked at.
            if (outcome.state === undefined && outcome.counts.rejections === undefined) return outcome;
        }
        if (outcome.kind === 'snoozed' && !Number.isFinite(outcome.delayMs)) return wrong('not_a_number', `the engine answered with a wait of ${outcome.delayMs} milliseconds`);
        const { data, error } = outcomeSchema.safeParse(told(outcome));
        if (error !== undefined) {
            const [{ path, message } = {
                path: [],
                message: ''
            }] = error.issues;
            const where = path.length === 0 ? '' : ` (${path.join('.')}: ${message})`;
            return wrong('malformed_outcome', `the engine answered with what is no outcome${where}: its kind is succeeded, with counts; failed, with a failure; snoozed; or cancelled`);
        }
        // A state that refers to itself could not be stored.
        JSON.stringify(data);
        return data;
    } catch (error) {
        return wrong('malformed_outcome', `the engine answered with what is no outcome: ${error.message}`);
    }
}
const none = {
    read: 0,
    written: 0,
    rejected: 0
};
const { state: stateSchema, counts: countsSchema } = checkpointSchema.shape;
/**
 * What an engine wants to be kept, as the log can hold it. Counts that are not told are none.
 * @throws {Error} for a state that is no object of JSON, or counts that are none: read again it would stop its schedule for good.
 */ export function asCheckpoint(state, counts = none) {
    const wrongly = (what, said)=>{
        throw Object.assign(new Error(`a checkpoint's ${what}: ${said}`), {
            code: 'malformed_checkpoint'
        });
    };
    const json = (()=>{
        try {
            return JSON.parse(JSON.stringify(state) ?? 'null');
        } catch (error) {
            return wrongly('state', error.message);
        }
    })();
    const told = stateSchema.safeParse(json);
    if (!told.success) return wrongly('state', 'must be an object of JSON, like { "page": 7 }');
    const counted = countsSchema.safeParse(counts);
    if (!counted.success) return wrongly('counts', 'must be { read, written, rejected }, whole numbers, 0 or more');
    return {
        state: told.data,
        counts: counted.data
    };
}

//# sourceMappingURL=outcome.js.map