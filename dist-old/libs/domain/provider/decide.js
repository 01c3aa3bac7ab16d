import { accept, reject, unreachable } from '#lib/domain/kernel';
import { limitsOf } from './catalogue.js';
function pause(command, state) {
    const { provider, cause, note, until, now } = command;
    if (until !== undefined && until <= now) return reject('invalid_pause', 'until must lie in the future', {
        field: 'until'
    });
    if (state.pause !== undefined) {
        // A person's pause stands; our own probe timer may be lengthened.
        if (state.pause.cause === 'request' && cause !== 'request') return accept();
        if (state.pause.cause === cause && cause === 'request' && state.pause.until === until) return accept();
    }
    const data = {
        provider,
        cause,
        ...note === undefined ? {} : {
            note
        },
        ...until === undefined ? {} : {
            until
        }
    };
    return accept({
        type: 'ProviderPaused',
        data
    });
}
/** Opens, or opens again for longer when a probe failed. A count taken before the last opening is stale and ignored. */ function openCircuit(command, state) {
    const { provider, failures, message, now } = command;
    const { breaker } = limitsOf(provider, state);
    const before = state.circuit.status === 'open' ? state.circuit.opened : 0;
    if (command.opened !== before) return accept();
    if (state.circuit.status === 'open' && now < state.circuit.until) return accept();
    const openMs = Math.min(breaker.openMs * 2 ** before, breaker.maxOpenMs);
    return accept({
        type: 'CircuitOpened',
        data: {
            provider,
            failures,
            until: now + openMs,
            opened: before + 1,
            message
        }
    });
}
function decide(command, state) {
    const { provider } = command;
    switch(command.type){
        case 'ChangeProviderLimits':
            return accept({
                type: 'ProviderLimitsChanged',
                data: {
                    provider,
                    limits: command.limits
                }
            });
        case 'PauseProvider':
            return pause(command, state);
        case 'ResumeProvider':
            if (state.pause === undefined) return command.automatic ? accept() : reject('not_paused', `provider ${provider} is not paused`);
            // It was extended since whoever asks has looked.
            if (command.automatic && !((state.pause.until ?? Infinity) <= command.now)) return accept();
            return accept({
                type: 'ProviderResumed',
                data: {
                    provider,
                    automatic: command.automatic
                }
            });
        case 'OpenCircuit':
            return openCircuit(command, state);
        case 'CloseCircuit':
            return state.circuit.status === 'closed' ? accept() : accept({
                type: 'CircuitClosed',
                data: {
                    provider
                }
            });
        default:
            return unreachable(command);
    }
}
const unpaused = ({ pause: _, ...state })=>state;
export function evolveProvider(state, event, at) {
    switch(event.type){
        case 'ProviderLimitsChanged':
            return {
                ...state,
                limits: event.data.limits
            };
        case 'ProviderPaused':
            {
                const { provider: _, ...pause } = event.data;
                return {
                    ...state,
                    pause: {
                        ...pause,
                        at
                    }
                };
            }
        case 'ProviderResumed':
            return unpaused(state);
        case 'CircuitOpened':
            {
                const { provider: _, ...circuit } = event.data;
                return {
                    ...state,
                    circuit: {
                        status: 'open',
                        ...circuit
                    }
                };
            }
        case 'CircuitClosed':
            return {
                ...state,
                circuit: {
                    status: 'closed'
                }
            };
        default:
            return unreachable(event);
    }
}
export const provider = {
    initialState: {
        circuit: {
            status: 'closed'
        }
    },
    decide,
    evolve: evolveProvider
};

//# sourceMappingURL=decide.js.map