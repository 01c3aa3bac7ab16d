/** Names of streams. The tenant is part of a connection's name, since callers choose connection ids. */ export const streamPrefixes = {
    schedule: 'schedule-',
    connection: 'connection-',
    provider: 'provider-',
    conflict: 'conflict-',
    subscription: 'subscription-',
    parking: 'parked-',
    webhook: 'webhook-'
};
export const scheduleStream = (id)=>streamPrefixes.schedule + id;
export const connectionStream = (tenant, id)=>`${streamPrefixes.connection}${tenant}.${id}`;
/** The connection of a tenant that a stream is of. Cut by length: tenants of old may hold a dot. */ export const connectionOf = (stream, tenant)=>stream.slice(connectionStream(tenant, '').length);
export const providerStream = (id)=>streamPrefixes.provider + id;
/** A user's subscription to one service. Tenants hold no dot, so that the name can be taken apart. */ export const subscriptionStream = (tenant, user, id)=>`${streamPrefixes.subscription}${tenant}.${user}.${id}`;
/** One event that one handler could not take. */ export const parkingStream = (id)=>streamPrefixes.parking + id;
export const webhookStream = (id)=>streamPrefixes.webhook + id;
export const conflictStream = (id)=>streamPrefixes.conflict + id;
const entries = Object.entries(streamPrefixes);
/** Which aggregate a stream belongs to, and what identifies it there. */ export function parseStream(stream) {
    for (const [kind, prefix] of entries){
        if (stream.startsWith(prefix)) return {
            kind,
            id: stream.slice(prefix.length)
        };
    }
    return undefined;
}

//# sourceMappingURL=index.js.map