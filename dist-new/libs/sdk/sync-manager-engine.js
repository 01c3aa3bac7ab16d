const countsOf = (result)=>({
        read: result.recordsRead ?? result.recordsWritten ?? 0,
        written: result.recordsWritten ?? 0,
        rejected: result.recordsRejected ?? 0
    });
/** The caller's sync manager as the executor's engine. */ export class SyncManagerEngine {
    constructor(manager){
        this.manager = manager;
    }
    async sync(task, context) {
        const result = await this.manager.sync({
            connectionId: task.connection,
            userId: task.user,
            providerId: task.provider,
            operationType: task.operation,
            scheduleId: task.schedule,
            runId: task.run,
            attempt: task.attempt,
            dueAt: new Date(task.nominal),
            state: task.state,
            signal: context.signal,
            checkpoint: (state)=>context.checkpoint(state, {
                    read: 0,
                    written: 0,
                    rejected: 0
                }),
            progress: (done, total)=>context.progress(done, total)
        }) ?? {};
        if (result.snoozeMs !== undefined) {
            return {
                kind: 'snoozed',
                class: 'DATA_NOT_READY',
                delayMs: result.snoozeMs,
                message: 'the sync manager asked for more time'
            };
        }
        return {
            kind: 'succeeded',
            counts: countsOf(result),
            ...result.state === undefined ? {} : {
                state: result.state
            }
        };
    }
}

//# sourceMappingURL=sync-manager-engine.js.map