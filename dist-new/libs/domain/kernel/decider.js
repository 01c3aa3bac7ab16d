export const accept = (...events)=>({
        accepted: true,
        events
    });
export const reject = (reason, message, more = {})=>({
        accepted: false,
        rejection: {
            reason,
            message,
            ...more
        }
    });
/** Closes a `switch` over a union: the compiler objects when a case is missing. */ export function unreachable(value) {
    throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

//# sourceMappingURL=decider.js.map