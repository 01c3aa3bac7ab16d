import { unreachable } from '#lib/domain/kernel';
import { isAboutTheMessage } from './attempts.js';
export const isSame = (one, other)=>one.position === other.position && one.replay === other.replay;
const without = (state, delivery)=>state.pending.filter((pending)=>!isSame(pending, delivery));
/** How far the lane has come that the delivery was in. */ function progressed(state, { replay, through }) {
    if (through === undefined) return state;
    if (replay === undefined) return {
        ...state,
        through: Math.max(state.through, through)
    };
    const replays = state.replays.map((lane)=>lane.id === replay ? {
            ...lane,
            through: Math.max(lane.through, through)
        } : lane);
    return {
        ...state,
        replays
    };
}
function tried(state, event, at) {
    const lane = progressed(state, event.data);
    if (event.type === 'DeliverySucceeded') {
        const { failing: _, ...healthy } = lane;
        return {
            ...healthy,
            pending: without(state, event.data)
        };
    }
    if (event.type === 'DeliveryDeadLettered' && event.data.reason === 'skipped') return {
        ...lane,
        pending: without(state, event.data)
    };
    const { since = at, inARow = 0 } = state.failing ?? {};
    const failing = {
        since,
        inARow: inARow + (isAboutTheMessage(event.data.status) ? 0 : 1)
    };
    if (event.type === 'DeliveryDeadLettered') return {
        ...lane,
        failing,
        pending: without(state, event.data)
    };
    const { position, stream, revision, event: id, eventType, attempt, replay, retryAt } = event.data;
    const pending = {
        position,
        stream,
        revision,
        event: id,
        eventType,
        attempt,
        retryAt,
        ...replay === undefined ? {} : {
            replay
        }
    };
    return {
        ...lane,
        failing,
        pending: [
            ...without(state, pending),
            pending
        ]
    };
}
/** What becomes of deliveries leaves an endpoint's version as it is. */ export const countsInVersion = (type)=>!type.startsWith('Delivery') && type !== 'RedeliveryRequested';
/** Whoever has mended it, or given it a secret again, wants to see that now. */ const dueNow = (state, at)=>({
        ...state,
        pending: state.pending.map((delivery)=>({
                ...delivery,
                retryAt: Math.min(delivery.retryAt, at)
            }))
    });
/** What happened to an endpoint that exists. */ function changed(state, event, at) {
    const version = state.version + 1;
    switch(event.type){
        case 'WebhookRegistered':
            return state;
        case 'WebhookUpdated':
            return {
                ...state,
                version,
                definition: event.data.definition
            };
        case 'WebhookDisabled':
            return {
                ...state,
                version,
                status: 'disabled'
            };
        case 'WebhookEnabled':
            {
                const { failing: _, ...fresh } = dueNow(state, at);
                const through = Math.max(state.through, event.data.skipped?.through ?? 0);
                return {
                    ...fresh,
                    version,
                    status: 'active',
                    through
                };
            }
        case 'WebhookSecretRotated':
            return {
                ...dueNow(state, at),
                version
            };
        case 'WebhookDeleted':
            return {
                status: 'deleted'
            };
        case 'WebhookReplayRequested':
            {
                const { replay, after, through } = event.data;
                return {
                    ...state,
                    version,
                    replays: [
                        ...state.replays,
                        {
                            id: replay,
                            through: after,
                            upTo: through
                        }
                    ]
                };
            }
        case 'WebhookReplayCompleted':
            return {
                ...state,
                version,
                replays: state.replays.filter(({ id })=>id !== event.data.replay)
            };
        case 'RedeliveryRequested':
            {
                const pending = {
                    ...event.data,
                    retryAt: at
                };
                return {
                    ...state,
                    pending: [
                        ...without(state, pending),
                        pending
                    ]
                };
            }
        case 'DeliverySucceeded':
        case 'DeliveryFailed':
        case 'DeliveryDeadLettered':
            return tried(state, event, at);
        default:
            return unreachable(event);
    }
}
export function evolveWebhook(state, event, at) {
    if (event.type === 'WebhookRegistered') {
        const { id, definition, after } = event.data;
        return {
            status: 'active',
            id,
            definition,
            version: 1,
            through: after,
            replays: [],
            pending: []
        };
    }
    return 'id' in state ? changed(state, event, at) : state;
}

//# sourceMappingURL=evolve.js.map