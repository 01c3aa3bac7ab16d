import { callContext } from '../api/call.js';
import { problem, ProblemException } from '../api/problem.js';
import { callerOf } from './authentication.js';
/** From HTTP to a call, and from its reply back. */ /** An Idempotency-Key is bound to `body`, which is what came unless some of it must not be. */ export function contextOf(request, engine, body = request.body) {
    const given = request.headers['idempotency-key'];
    const key = Array.isArray(given) ? given.join(',') : given;
    const target = `${request.method} ${request.url}`;
    return callContext(engine, callerOf(request), {
        key,
        target,
        body
    });
}
/** The version in If-Match: `"3"`, as ETag gave it; `*` and absence mean any. */ export function ifMatch(request) {
    const given = request.headers['if-match'];
    if (given === undefined || given === '*') return undefined;
    const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(given.trim());
    if (match?.[1] === undefined) throw new ProblemException(problem(400, 'invalid_if_match', 'If-Match must be an ETag of this resource, like "3"'));
    return Number(match[1]);
}
export function callOf(request, engine) {
    const { id = '' } = request.params;
    const { body, query } = request;
    return {
        context: contextOf(request, engine),
        id,
        body,
        query,
        ifVersion: ifMatch(request)
    };
}
export function send(reply, { body, version, location }) {
    if (location !== undefined) reply.header('location', location);
    if (version !== undefined) withETag(reply, version);
    return body;
}
export const withETag = (reply, version)=>reply.header('etag', `"${version}"`);

//# sourceMappingURL=request.js.map