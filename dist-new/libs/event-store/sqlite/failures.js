import { EventStoreError, isEventStoreError, storageFull, storeUnavailable } from '../port/index.js';
const CORRUPT = 11;
const NOT_A_DATABASE = 26;
const damaged = (why)=>new EventStoreError('corrupt_event', `the file of the event log is damaged: ${why}`);
export const failureOf = (code, message)=>{
    if (code === 'storage_full') return storageFull();
    if (code === 'store_unavailable') return storeUnavailable(message);
    return code === 'corrupt_event' ? damaged(message) : new EventStoreError(code, message);
};
/** What a read threw, in the port's terms. Not by `instanceof`: the driver's errors may be of another realm. */ export function readFailure(error) {
    if (isEventStoreError(error)) return error;
    const { errcode, message } = error;
    if (typeof errcode !== 'number') return error;
    const isDamage = [
        CORRUPT,
        NOT_A_DATABASE
    ].includes(errcode & 0xff);
    return isDamage ? damaged(String(message)) : storeUnavailable(String(message));
}
/** A place in the log that should hold an event and does not: as loud as one that holds a wrong one. */ export const missingEvent = (where)=>new EventStoreError('corrupt_event', `an event is missing from the log ${where}`);

//# sourceMappingURL=failures.js.map