export const command = (run)=>({
        kind: 'command',
        run
    });
export const query = (run)=>({
        kind: 'query',
        run
    });

//# sourceMappingURL=operation.js.map