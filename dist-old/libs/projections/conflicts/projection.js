import { unreachable } from '#lib/domain/kernel';
function detected(row, event) {
    const { id, kind, schedules, user, connection, provider, message } = event.data;
    const { at, tenant } = event.metadata;
    return {
        id,
        tenant: row?.tenant ?? tenant,
        kind,
        schedules,
        user: user ?? null,
        connection: connection ?? null,
        provider: provider ?? null,
        message,
        status: 'open',
        firstDetectedAt: row?.firstDetectedAt ?? at,
        lastDetectedAt: at,
        times: (row?.times ?? 0) + 1,
        resolvedAt: null,
        resolution: null,
        note: null
    };
}
/** `sync_schedule_conflicts`: one row per conflict, however often it was raised. */ export const conflicts = {
    name: 'sync_schedule_conflicts',
    apply (event, id, rows) {
        const row = rows.conflicts.before(id, event);
        switch(event.type){
            case 'ConflictDetected':
                rows.conflicts.put(id, detected(row, event));
                return;
            case 'ConflictAcknowledged':
                if (row !== undefined) rows.conflicts.put(id, {
                    ...row,
                    status: 'acknowledged',
                    note: event.data.note ?? null
                });
                return;
            case 'ConflictResolved':
                {
                    const { resolution } = event.data;
                    if (row !== undefined) rows.conflicts.put(id, {
                        ...row,
                        status: 'resolved',
                        resolution,
                        resolvedAt: event.metadata.at
                    });
                    return;
                }
            default:
                unreachable(event);
        }
    }
};

//# sourceMappingURL=projection.js.map