/** What was asked is answered by then, or cut off; of what a supervisor grants, the rest is for runs. */ const CLOSES_WITHIN = 2_000;
/**
 * Before the routes are made. Returns what is to be called when closing begins, and what it returns when it is over:
 * from then on each connection ends with its answer, and none holds the end up for longer than that.
 */ export function endConnections(fastify, timers) {
    let closing = false;
    fastify.addHook('onSend', (_request, reply, _payload, done)=>{
        if (closing) reply.header('connection', 'close');
        done();
    });
    return ()=>{
        closing = true;
        return timers.after(CLOSES_WITHIN, ()=>fastify.server.closeAllConnections());
    };
}

//# sourceMappingURL=closing.js.map