export const logStatuses = [
    'buffered',
    'queued',
    'running',
    'retrying',
    'snoozed',
    'succeeded',
    'cancelled',
    'abandoned',
    'skipped',
    'missed'
];
const ended = new Set([
    'succeeded',
    'cancelled',
    'abandoned',
    'skipped',
    'missed'
]);
export const hasEnded = (status)=>ended.has(status);
/** Ends that are few among many. */ export const unlucky = new Set([
    'cancelled',
    'abandoned',
    'skipped',
    'missed'
]);
export const endedUnluckily = "status IN ('cancelled', 'abandoned', 'skipped', 'missed')";
export const logTable = {
    name: 'sync_schedule_logs',
    columns: {
        seq: 'number',
        run: 'text',
        schedule: 'text',
        tenant: 'text',
        user: 'text',
        connection: 'text',
        provider: 'text',
        trigger: 'text',
        operation: 'text',
        priority: 'text',
        generation: 'number',
        nominal: 'number',
        effective: 'number',
        queuedAt: 'number',
        startedAt: 'number',
        lastStartedAt: 'number',
        finishedAt: 'number',
        status: 'text',
        attempts: 'number',
        failures: 'number',
        snoozes: 'number',
        latenessMs: 'number',
        durationMs: 'number',
        totalMs: 'number',
        recordsRead: 'number',
        recordsWritten: 'number',
        recordsRejected: 'number',
        rejections: 'json',
        errorClass: 'text',
        errorMessage: 'text',
        errorCode: 'text',
        retryAt: 'number',
        executor: 'text',
        reason: 'text',
        blockedBy: 'text',
        first: 'number',
        count: 'number',
        exact: 'flag',
        attemptLog: 'json'
    },
    key: [
        'seq'
    ],
    fixed: [
        'run',
        'schedule',
        'tenant',
        'user',
        'connection',
        'provider',
        'trigger',
        'operation',
        'generation',
        'nominal',
        'effective'
    ],
    // The rowid (seq) ends every index entry: ordering by (nominal, seq) needs no sort.
    indexes: [
        {
            on: 'run',
            where: 'run IS NOT NULL'
        },
        {
            on: 'tenant, nominal'
        },
        {
            on: 'schedule, nominal'
        },
        {
            on: 'tenant, user, nominal'
        },
        {
            on: 'provider, last_started_at',
            where: 'last_started_at IS NOT NULL'
        },
        // Few among many: without it a page of them walks the table.
        {
            on: 'tenant, status, nominal',
            where: endedUnluckily
        },
        {
            on: 'tenant, finished_at',
            where: "status IN ('skipped', 'missed', 'abandoned')"
        }
    ],
    keep: (row)=>!hasEnded(row.status),
    capacity: 50_000
};

//# sourceMappingURL=table.js.map