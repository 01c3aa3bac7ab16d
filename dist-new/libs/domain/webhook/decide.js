import { accept, isDeepStrictEqual, reject, unreachable } from '#lib/domain/kernel';
import { evolveWebhook } from './evolve.js';
import { reportDeliveries } from './report.js';
/** Replays of one endpoint at the same time. */ const MOST_REPLAYS = 10;
const noted = (note)=>note === undefined ? {} : {
        note
    };
function register({ id, definition, after }, state) {
    if (state.status === 'none') return accept({
        type: 'WebhookRegistered',
        data: {
            id,
            definition,
            after
        }
    });
    return reject('webhook_exists', `webhook ${id} exists already, or did`);
}
/**
 * One that is not disabled is tried again at once where it is failing: its receiver is back, and the next try may be a day away. What was
 * pending is over for whoever wants to be told of nothing that happened before.
 */ function enable({ skipTo }, state) {
    const { id, through, pending } = state;
    if (state.status === 'active' && (state.failing === undefined || pending.length === 0)) return reject('webhook_enabled', `webhook ${id} is not disabled, and is not failing; nothing was skipped`);
    if (skipTo === undefined || skipTo <= through) return accept({
        type: 'WebhookEnabled',
        data: {
            id
        }
    });
    const skipped = pending.map(({ retryAt: _, ...delivery })=>dropped(delivery));
    const data = {
        id,
        skipped: {
            after: through,
            through: skipTo
        }
    };
    return accept(...skipped, {
        type: 'WebhookEnabled',
        data
    });
}
const dropped = (delivery)=>({
        type: 'DeliveryDeadLettered',
        data: {
            ...delivery,
            message: 'skipped on request',
            reason: 'skipped'
        }
    });
function replay({ replay: lane, after, through }, state) {
    const { id, replays } = state;
    if (replays.some((known)=>known.id === lane)) return accept();
    if (through <= after) return reject('invalid_replay', `through (${through}) must be a later position than after (${after}); no more than the log has is replayed`, {
        field: 'through'
    });
    if (replays.length >= MOST_REPLAYS) return reject('too_many_replays', `webhook ${id} has ${MOST_REPLAYS} replays going on; wait for one of them`);
    return accept({
        type: 'WebhookReplayRequested',
        data: {
            id,
            replay: lane,
            after,
            through
        }
    });
}
function onLiving(command, state) {
    const { id } = state;
    switch(command.type){
        case 'UpdateWebhook':
            {
                const { definition } = command;
                return isDeepStrictEqual(definition, state.definition) ? accept() : accept({
                    type: 'WebhookUpdated',
                    data: {
                        id,
                        definition
                    }
                });
            }
        case 'DisableWebhook':
            return state.status === 'disabled' ? accept() : accept({
                type: 'WebhookDisabled',
                data: {
                    id,
                    cause: 'request',
                    ...noted(command.note)
                }
            });
        case 'EnableWebhook':
            return enable(command, state);
        case 'RotateWebhookSecret':
            {
                const { previousUntil } = command;
                return accept({
                    type: 'WebhookSecretRotated',
                    data: {
                        id,
                        previousUntil
                    }
                });
            }
        case 'DeleteWebhook':
            return accept({
                type: 'WebhookDeleted',
                data: {
                    id,
                    ...noted(command.note)
                }
            });
        case 'ReplayWebhook':
            return replay(command, state);
        case 'CompleteWebhookReplay':
            return state.replays.some((lane)=>lane.id === command.replay) ? accept({
                type: 'WebhookReplayCompleted',
                data: {
                    id,
                    replay: command.replay
                }
            }) : accept();
        case 'RedeliverEvent':
            return accept({
                type: 'RedeliveryRequested',
                data: {
                    ...command.delivery,
                    attempt: 0
                }
            });
        case 'ReportDeliveries':
            return reportDeliveries(state, command);
        default:
            return unreachable(command);
    }
}
function decide(command, state) {
    if (command.type === 'RegisterWebhook') return register(command, state);
    if (!('id' in state)) {
        // What was on its way when it was deleted has nowhere to be told.
        if (command.type === 'ReportDeliveries' || command.type === 'CompleteWebhookReplay') return accept();
        return reject('webhook_not_found', 'there is no such webhook');
    }
    const { ifVersion } = command;
    if (ifVersion !== undefined && ifVersion !== state.version) return reject('stale_version', `the webhook is at version ${state.version}, not ${ifVersion}: read it again`, {
        details: {
            version: state.version
        }
    });
    return onLiving(command, state);
}
/** An endpoint that is told of events, and what became of each delivery to it. */ export const webhook = {
    initialState: {
        status: 'none'
    },
    decide,
    evolve: evolveWebhook
};

//# sourceMappingURL=decide.js.map