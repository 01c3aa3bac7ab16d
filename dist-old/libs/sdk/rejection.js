/** What other doors call an Idempotency-Key is a requestKey here. */ const inOwnWords = (rejection)=>rejection.reason === 'idempotency_key_reused' ? {
        ...rejection,
        message: 'this requestKey was used for another request; take a new one',
        field: 'requestKey'
    } : rejection;
/**
 * What was refused and why, as an error: `reason` comes from a closed list, `message` says what would be right, `field`
 * where one is to blame. Of input that is not valid (`invalid_request`) `details.errors` has every field that was wrong,
 * each with a `message` and a `code`; of a schedule that may not be as it is `details.findings` has all that was found.
 */ export class RequestRejected extends Error {
    constructor(rejection){
        const { reason, message, field, details = {} } = inOwnWords(rejection);
        super(message), this.name = 'RequestRejected';
        this.reason = reason;
        this.field = field;
        this.details = details;
    }
}
/** @throws {RequestRejected} */ export function accepted(answer) {
    if (!answer.ok) throw new RequestRejected(answer.rejection);
    return answer;
}

//# sourceMappingURL=rejection.js.map