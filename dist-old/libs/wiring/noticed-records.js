/** Tells of each batch once it is stored. */ export const noticed = (records, written)=>({
        ...records.identity === undefined ? {} : {
            identity: records.identity
        },
        async write (scope, batch, at) {
            const counts = await records.write(scope, batch, at);
            written(scope);
            return counts;
        },
        users: (of)=>records.users(of),
        subscriptions: (filter)=>records.subscriptions(filter),
        charges: (filter)=>records.charges(filter),
        usage: (filter)=>records.usage(filter),
        counts: (filter)=>records.counts(filter),
        forget: (tenant, connection)=>records.forget(tenant, connection),
        close: ()=>records.close()
    });

//# sourceMappingURL=noticed-records.js.map