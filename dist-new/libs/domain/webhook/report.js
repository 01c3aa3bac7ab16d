import { accept } from '#lib/domain/kernel';
import { FAILING_FOR, nextAttempt } from './attempts.js';
import { evolveWebhook, isSame } from './evolve.js';
const GONE = 410;
const deliveryOf = ({ result: _, fraction: __, ...delivery })=>delivery;
/**
 * Whether this try is one that is known to have been due: the first of what its lane has not come to yet, or the next of
 * what is pending. Any other was made beside one that is stored, by a node that had lost its lease.
 */ function isNews(state, tried) {
    const pending = state.pending.find((delivery)=>isSame(delivery, tried));
    if (pending !== undefined) return tried.attempt === pending.attempt + 1;
    if (tried.attempt !== 1) return false;
    if (tried.replay === undefined) return tried.position > state.through;
    const lane = state.replays.find(({ id })=>id === tried.replay);
    return lane !== undefined && tried.position > lane.through && tried.position <= lane.upTo;
}
function outcomeOf(tried, now, through) {
    const { result, fraction } = tried;
    const data = {
        ...deliveryOf(tried),
        ...through === undefined ? {} : {
            through
        }
    };
    const { durationMs } = result;
    if (result.kind === 'delivered') return {
        type: 'DeliverySucceeded',
        data: {
            ...data,
            status: result.status,
            durationMs
        }
    };
    const { status, message, retryAfterMs } = result;
    const failure = {
        ...data,
        ...status === undefined ? {} : {
            status
        },
        message,
        durationMs
    };
    const retryAt = nextAttempt(tried.attempt, {
        now,
        fraction,
        retryAfterMs
    });
    return retryAt === undefined ? {
        type: 'DeliveryDeadLettered',
        data: {
            ...failure,
            reason: 'attempts_exhausted'
        }
    } : {
        type: 'DeliveryFailed',
        data: {
            ...failure,
            retryAt
        }
    };
}
/** What follows for the endpoint itself: 410 asks for it, and one that takes nothing for days is left alone. */ function disabledBy(state, { attempts, now }) {
    if (state.status !== 'active') return undefined;
    const { id, failing } = state;
    if (attempts.some(({ result })=>result.kind === 'failed' && result.status === GONE)) return {
        type: 'WebhookDisabled',
        data: {
            id,
            cause: 'gone'
        }
    };
    return failing !== undefined && now - failing.since >= FAILING_FOR ? {
        type: 'WebhookDisabled',
        data: {
            id,
            cause: 'failing'
        }
    } : undefined;
}
/** Each try becomes a fact; the last one says how far its lane has come. */ export function reportDeliveries(state, report) {
    const { now, through } = report;
    const news = report.attempts.filter((tried)=>isNews(state, tried));
    const events = news.map((tried, at)=>outcomeOf(tried, now, at === news.length - 1 ? through : undefined));
    let after = state;
    for (const event of events)after = evolveWebhook(after, event, now);
    const disabled = news.length === 0 ? undefined : disabledBy(after, report);
    return accept(...events, ...disabled === undefined ? [] : [
        disabled
    ]);
}

//# sourceMappingURL=report.js.map