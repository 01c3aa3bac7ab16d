import { accept, reject, unreachable } from '#lib/domain/kernel';
/** A connection is one user's at one provider, once it is registered: who that is cannot change, nor can another use it. */ function mismatch({ user, provider }, { profile }) {
    if (profile === undefined || profile.user === user && profile.provider === provider) return undefined;
    return reject('connection_mismatch', `connection ${profile.id} belongs to user ${profile.user} at ${profile.provider}; that cannot change`, {
        field: profile.user === user ? 'provider' : 'user'
    });
}
function register(command, state) {
    const refused = mismatch(command, state);
    if (refused !== undefined) return refused;
    const { id, user, provider, connector, config } = command;
    const data = {
        id,
        user,
        provider,
        ...connector === undefined ? {} : {
            connector
        },
        ...config === undefined ? {} : {
            config
        }
    };
    return accept({
        type: 'ConnectionRegistered',
        data
    });
}
/** One active schedule per operation type: a second is a duplicate, whoever asks first wins. */ function claim(command, state) {
    const { schedule, operation } = command;
    const refused = mismatch(command, state);
    if (refused !== undefined) return refused;
    const holder = state.claims.find((candidate)=>candidate.operation === operation);
    if (holder?.schedule === schedule) return accept();
    if (holder !== undefined) {
        return reject('duplicate_schedule', `schedule ${holder.schedule} already does ${operation} for this connection; change or delete that one`, {
            field: 'connection',
            details: {
                schedule: holder.schedule,
                claimedAt: holder.at
            }
        });
    }
    if (state.suspension !== undefined) {
        return reject('connection_suspended', `the connection is suspended (${state.suspension.cause}): ${state.suspension.message}`, {
            field: 'connection'
        });
    }
    return accept({
        type: 'ScheduleClaimed',
        data: {
            schedule,
            operation
        }
    });
}
/** Asked for again it removes nothing, but what is to be forgotten: somebody may not have heard of it the first time. */ function remove({ records, note }, { claims, profile, suspension }) {
    const schedules = claims.map(({ schedule })=>schedule);
    if (schedules.length > 0) return reject('connection_in_use', `schedules act on the connection: delete ${schedules.join(' and ')} first`, {
        details: {
            schedules
        }
    });
    if (profile === undefined && suspension === undefined && records === 'keep') return accept();
    const data = {
        records,
        ...note === undefined ? {} : {
            note
        }
    };
    return accept({
        type: 'ConnectionRemoved',
        data
    });
}
function decide(command, state) {
    switch(command.type){
        case 'RegisterConnection':
            return register(command, state);
        case 'ClaimConnection':
            return claim(command, state);
        case 'ReleaseClaim':
            {
                const held = state.claims.find((candidate)=>candidate.schedule === command.schedule);
                if (held === undefined) return accept();
                const { schedule, reason } = command;
                return accept({
                    type: 'ClaimReleased',
                    data: {
                        schedule,
                        operation: held.operation,
                        reason
                    }
                });
            }
        case 'SuspendConnection':
            {
                if (state.suspension !== undefined) return accept();
                const { cause, message, run } = command;
                return accept({
                    type: 'ConnectionSuspended',
                    data: {
                        cause,
                        message,
                        ...run === undefined ? {} : {
                            run
                        }
                    }
                });
            }
        case 'RestoreConnection':
            if (state.suspension === undefined) return reject('not_suspended', 'the connection is not suspended');
            return accept({
                type: 'ConnectionRestored',
                data: command.note === undefined ? {} : {
                    note: command.note
                }
            });
        case 'RemoveConnection':
            return remove(command, state);
        case 'NoticeConsentEnding':
            {
                if (state.consentEndsAt === command.endsAt) return accept();
                const { endsAt } = command;
                const { user, provider } = state.profile ?? {};
                const whose = user === undefined || provider === undefined ? {} : {
                    user,
                    provider
                };
                return accept({
                    type: 'ConsentEnding',
                    data: {
                        endsAt,
                        ...whose
                    }
                });
            }
        default:
            return unreachable(command);
    }
}
const active = ({ suspension: _, ...state })=>({
        ...state,
        status: 'active'
    });
export function evolveConnection(state, event, at) {
    switch(event.type){
        case 'ConnectionRegistered':
            return {
                ...state,
                profile: event.data,
                registrations: state.registrations + 1
            };
        case 'ScheduleClaimed':
            return {
                ...state,
                claims: [
                    ...state.claims,
                    {
                        ...event.data,
                        at
                    }
                ]
            };
        case 'ClaimReleased':
            return {
                ...state,
                claims: state.claims.filter((claim)=>claim.schedule !== event.data.schedule)
            };
        case 'ConnectionSuspended':
            return {
                ...state,
                status: 'suspended',
                suspension: {
                    cause: event.data.cause,
                    message: event.data.message,
                    at
                }
            };
        case 'ConnectionRestored':
            return active(state);
        case 'ConnectionRemoved':
            return {
                status: 'active',
                claims: [],
                registrations: state.registrations
            };
        case 'ConsentEnding':
            return {
                ...state,
                consentEndsAt: event.data.endsAt
            };
        default:
            return unreachable(event);
    }
}
export const connection = {
    initialState: {
        status: 'active',
        claims: [],
        registrations: 0
    },
    decide,
    evolve: evolveConnection
};

//# sourceMappingURL=decide.js.map