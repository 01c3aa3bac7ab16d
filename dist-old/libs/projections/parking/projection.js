import { unreachable } from '#lib/domain/kernel';
/** `parked_events`: one row for each event that waits to be taken by a saga. Those that were are in the log alone. */ export const parkedEvents = {
    name: 'parked_events',
    apply (event, id, rows) {
        const row = rows.parkedEvents.get(id);
        switch(event.type){
            case 'EventParked':
                {
                    const { at, tenant } = event.metadata;
                    rows.parkedEvents.put(id, {
                        ...event.data,
                        tenant: row?.tenant ?? tenant,
                        status: 'parked',
                        firstParkedAt: row?.firstParkedAt ?? at,
                        lastParkedAt: at,
                        times: (row?.times ?? 0) + 1
                    });
                    return;
                }
            case 'ReplayRequested':
                if (row !== undefined) rows.parkedEvents.put(id, {
                    ...row,
                    status: 'replaying'
                });
                return;
            case 'EventReplayed':
                rows.parkedEvents.delete(id);
                return;
            default:
                unreachable(event);
        }
    }
};

//# sourceMappingURL=projection.js.map