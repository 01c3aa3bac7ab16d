import { connectionOf, connectionStream } from '#lib/contracts/streams';
import { unreachable } from '#lib/domain/kernel';
import { KEY_SEPARATOR } from '../store/table.js';
const fresh = (tenant, id, at)=>({
        tenant,
        id,
        user: null,
        provider: null,
        connector: null,
        config: null,
        status: 'active',
        suspendCause: null,
        suspendMessage: null,
        suspendedAt: null,
        consentEndsAt: null,
        claims: [],
        registeredAt: null,
        updatedAt: at
    });
function changed(row, event) {
    const { at } = event.metadata;
    switch(event.type){
        case 'ConnectionRegistered':
            {
                const { user, provider, connector, config } = event.data;
                return {
                    ...row,
                    user,
                    provider,
                    connector: connector ?? null,
                    config: config ?? null,
                    registeredAt: row.registeredAt ?? at
                };
            }
        case 'ScheduleClaimed':
            {
                const { schedule, operation } = event.data;
                return {
                    ...row,
                    claims: [
                        ...row.claims,
                        {
                            schedule,
                            operation,
                            at
                        }
                    ]
                };
            }
        case 'ClaimReleased':
            return {
                ...row,
                claims: row.claims.filter((claim)=>claim.schedule !== event.data.schedule)
            };
        case 'ConnectionSuspended':
            {
                const { cause, message } = event.data;
                return {
                    ...row,
                    status: 'suspended',
                    suspendCause: cause,
                    suspendMessage: message,
                    suspendedAt: at
                };
            }
        case 'ConsentEnding':
            return {
                ...row,
                consentEndsAt: event.data.endsAt
            };
        case 'ConnectionRestored':
            return {
                ...row,
                status: 'active',
                suspendCause: null,
                suspendMessage: null,
                suspendedAt: null
            };
        default:
            return unreachable(event);
    }
}
/** `connections`: whose they are, whether they are in order, and which schedules hold a claim. Never their secrets. */ export const connections = {
    name: 'connections',
    apply (event, name, rows) {
        const { tenant, at } = event.metadata;
        const id = event.stream.startsWith(connectionStream(tenant, '')) ? connectionOf(event.stream, tenant) : name;
        const key = tenant + KEY_SEPARATOR + id;
        if (event.type === 'ConnectionRemoved') return rows.connections.delete(key);
        rows.connections.put(key, {
            ...changed(rows.connections.before(key, event) ?? fresh(tenant, id, at), event),
            updatedAt: at
        });
    }
};

//# sourceMappingURL=projection.js.map