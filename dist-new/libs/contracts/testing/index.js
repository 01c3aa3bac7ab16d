/** Of an executor that has room for ten attempts, and nothing to do. */ export const idleHeartbeat = (executor, { capacity = 10, at = 0 } = {})=>({
        executor,
        at,
        running: [],
        resources: {
            capacity,
            running: 0,
            queued: 0,
            cpu: 0,
            rssBytes: 0,
            loopDelayMs: 0,
            overloaded: false,
            completed: 0,
            refused: 0
        }
    });

//# sourceMappingURL=index.js.map