import { refuseUnreadable } from './unreadable-request.js';
/** A request with a body of ours has arrived by then, or is refused: whoever sends a byte a minute holds nothing. */ export const ARRIVES_WITHIN = 30_000;
/** A file takes as long as it takes, as long as something of it comes. */ const SOMETHING_WITHIN = 60_000;
/** Node's own limit counts the body too, and is the same for a few words and for two gigabytes. */ export function limitArrival(fastify, timers, files) {
    fastify.addHook('preParsing', (request, reply, payload, done)=>{
        const { raw } = request;
        const { 'content-length': length = '0', 'transfer-encoding': chunked } = request.headers;
        // Nobody reads the body of a question, and its answer may go on for days.
        if (request.method === 'GET' || request.method === 'HEAD') return done(null, payload);
        if (chunked === undefined && Number(length) === 0) return done(null, payload);
        const late = ()=>refuseUnreadable(Object.assign(new Error('late'), {
                code: 'ERR_HTTP_REQUEST_TIMEOUT'
            }), raw.socket);
        const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
        if (files.includes(type)) {
            const { socket } = raw;
            socket.setTimeout(SOMETHING_WITHIN);
            // Of the request: Node ends the connection without a word where nobody listens there.
            raw.once('timeout', late);
            payload.once('close', ()=>{
                raw.off('timeout', late);
                const answered = reply.raw.writableFinished;
                socket.setTimeout(answered ? fastify.server.keepAliveTimeout : 0);
            });
        } else if (!raw.complete) {
            const cancel = timers.after(ARRIVES_WITHIN, late);
            payload.once('end', cancel).once('close', cancel);
            reply.raw.once('close', cancel);
        }
        done(null, payload);
    });
}

//# sourceMappingURL=arrival.js.map