import { unreachable } from '#lib/domain/kernel';
const noPause = {
    pauseCause: null,
    pauseNote: null,
    pausedAt: null,
    pausedUntil: null
};
const closed = {
    circuit: 'closed',
    circuitUntil: null,
    circuitOpened: 0,
    circuitFailures: 0,
    circuitMessage: null
};
const fresh = (id, tenant, at)=>({
        id,
        tenant,
        limits: null,
        ...noPause,
        ...closed,
        updatedAt: at
    });
function changed(row, event) {
    switch(event.type){
        case 'ProviderLimitsChanged':
            return {
                ...row,
                limits: event.data.limits
            };
        case 'ProviderPaused':
            {
                const { cause, note, until } = event.data;
                return {
                    ...row,
                    pauseCause: cause,
                    pauseNote: note ?? null,
                    pausedAt: event.metadata.at,
                    pausedUntil: until ?? null
                };
            }
        case 'ProviderResumed':
            return {
                ...row,
                ...noPause
            };
        case 'CircuitOpened':
            {
                const { failures, until, opened, message } = event.data;
                return {
                    ...row,
                    circuit: 'open',
                    circuitUntil: until,
                    circuitOpened: opened,
                    circuitFailures: failures,
                    circuitMessage: message
                };
            }
        case 'CircuitClosed':
            return {
                ...row,
                ...closed
            };
        default:
            return unreachable(event);
    }
}
/** `providers`: limits, pauses and circuits as last set. */ export const providers = {
    name: 'providers',
    apply (event, id, rows) {
        const { tenant, at } = event.metadata;
        rows.providers.put(id, {
            ...changed(rows.providers.get(id) ?? fresh(id, tenant, at), event),
            tenant,
            updatedAt: at
        });
    }
};

//# sourceMappingURL=projection.js.map