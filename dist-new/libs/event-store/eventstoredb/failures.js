import { ErrorType } from '@eventstore/db-client';
import { eventTooLarge, isEventStoreError, storeUnavailable, storeUnsafe, wrongExpectedRevision } from '../port/index.js';
const INVALID_ARGUMENT = 3;
const UNAUTHENTICATED = 16;
const typeOf = (error)=>error.type;
export const isStreamNotFound = (error)=>typeOf(error) === ErrorType.STREAM_NOT_FOUND;
export const isNotLeader = (error)=>typeOf(error) === ErrorType.NOT_LEADER;
/**
 * The client's errors in the port's words. What is not known to be a refusal is an outage: nothing can be said about
 * its outcome, and the same ids may be appended again.
 */ export function asStoreError(error, about = {}) {
    if (isEventStoreError(error)) return error;
    const { stream = '$all', expected = -1, bytes = 0 } = about;
    const { message, code, actualVersion, maxAppendSize } = error;
    switch(typeOf(error)){
        case ErrorType.WRONG_EXPECTED_VERSION:
            return wrongExpectedRevision(stream, expected, typeof actualVersion === 'bigint' ? Number(actualVersion) : -1);
        case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
            return eventTooLarge(`append to ${stream}`, bytes, maxAppendSize ?? 0);
        case ErrorType.ACCESS_DENIED:
            return code === UNAUTHENTICATED ? storeUnavailable('EventStoreDB does not know the user, or the password is wrong') : denied(stream);
        case ErrorType.STREAM_DELETED:
            return storeUnsafe(`stream ${stream} was deleted for good in EventStoreDB: its id cannot be used again`);
        default:
            return isInvalidPosition(error) ? storeUnsafe('EventStoreDB has nothing at the position asked for: it is of another log') : storeUnavailable(String(message).slice(0, 300));
    }
}
/** It may be there again in a moment: a server that starts denies all. At the opening it is told, and nothing is opened. */ const denied = (stream)=>storeUnavailable(`EventStoreDB denies access to ${stream}: the user needs $r on $all (by default only $admins have it), and $r, $w and $mw on every stream`);
/** A position that was never given out. It has no type of its own. */ export const isInvalidPosition = (error)=>error.code === INVALID_ARGUMENT && String(error.message).includes('invalid position');
const transport = new Set([
    // After an outage the client throws plain errors with a gRPC status and no type.
    undefined,
    ErrorType.TIMEOUT,
    ErrorType.DEADLINE_EXCEEDED,
    ErrorType.UNAVAILABLE,
    ErrorType.CANCELLED,
    ErrorType.UNKNOWN
]);
/** Says something about the way to the server, as against the request: a new connection may mend it. */ export const isTransportTrouble = (error)=>transport.has(typeOf(error)) && error.code !== INVALID_ARGUMENT && !isEventStoreError(error);

//# sourceMappingURL=failures.js.map