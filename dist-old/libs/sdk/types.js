/** Names for the operation types, as callers write them. */ export const SyncOperationType = {
    FULL_SYNC: 'full_sync',
    INCREMENTAL_SYNC: 'incremental_sync'
};
/** Names for the priorities, lowest first. */ export const SyncPriority = {
    LOW: 'low',
    NORMAL: 'normal',
    HIGH: 'high',
    CRITICAL: 'critical'
};

//# sourceMappingURL=types.js.map