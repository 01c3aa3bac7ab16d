import { countLoad } from '../load/count.js';
const noPause = {
    pauseCause: null,
    pauseNote: null,
    pausedUntil: null,
    pausedAt: null
};
/** The columns that repeat what the definition says. */ const ofDefinition = (definition)=>({
        priority: definition.priority,
        name: definition.name ?? null,
        frequency: definition.recurrence.frequency,
        zone: definition.recurrence.zone,
        definition
    });
function created(event, id) {
    const { definition } = event.data;
    const { at, tenant } = event.metadata;
    const { user, connection, provider, operation } = definition;
    return {
        id,
        tenant,
        user,
        connection,
        provider,
        operation,
        ...ofDefinition(definition),
        status: 'active',
        ...noPause,
        generation: 1,
        version: 1,
        createdAt: at,
        updatedAt: at
    };
}
/** As the aggregate merges it: a field set to null is taken away. */ function updated(row, event) {
    const merged = {
        ...row.definition,
        ...event.data.changes
    };
    const definition = Object.fromEntries(Object.entries(merged).filter(([, value])=>value !== undefined && value !== null));
    return {
        ...row,
        ...ofDefinition(definition),
        generation: event.data.generation
    };
}
function changed(row, event) {
    switch(event.type){
        case 'ScheduleUpdated':
            return updated(row, event);
        case 'SchedulePaused':
            {
                const { cause, note, until } = event.data;
                const pause = {
                    pauseCause: cause,
                    pauseNote: note ?? null,
                    pausedUntil: until ?? null,
                    pausedAt: event.metadata.at
                };
                return {
                    ...row,
                    ...pause,
                    status: 'paused'
                };
            }
        case 'ScheduleResumed':
            return {
                ...row,
                ...noPause,
                status: 'active'
            };
        case 'ScheduleCompleted':
            return {
                ...row,
                status: 'completed'
            };
        case 'ScheduleDeleted':
            return {
                ...row,
                status: 'deleted'
            };
        default:
            // Runs and occurrences: what becomes of a schedule is in its activity.
            return undefined;
    }
}
/** `sync_schedules`: what each schedule is, and `sync_load`: how many are due together. Deleted ones stay, as the record of what there was. */ export const schedules = {
    name: 'sync_schedules',
    apply (event, id, rows) {
        if (event.type === 'ScheduleCreated') {
            if (rows.schedules.before(id, event) !== undefined) return;
            const row = created(event, id);
            rows.schedules.put(id, row);
            countLoad(rows, undefined, row);
            return;
        }
        // Most events are about runs: they are told from the others before the row is looked up.
        if (!event.type.startsWith('Schedule')) return;
        const row = rows.schedules.get(id);
        if (row === undefined || row.status === 'deleted') return;
        const next = changed(row, event);
        if (next === undefined) return;
        // Deletion is the end, not another version: the aggregate does not count it either.
        const version = event.type === 'ScheduleDeleted' ? row.version : row.version + 1;
        rows.schedules.put(id, {
            ...next,
            version,
            updatedAt: event.metadata.at
        });
        countLoad(rows, row, next);
    }
};

//# sourceMappingURL=projection.js.map