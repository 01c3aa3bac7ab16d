/** An instant in time: milliseconds since 1970-01-01T00:00:00Z, as stored in every event. */ export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Prints an instant as people and APIs read it: ISO 8601 in UTC. */ export const iso = (instant)=>new Date(instant).toISOString();
/** The earliest of some instants that may be absent; absent when all are. */ export function earliest(...instants) {
    let least;
    for (const instant of instants){
        if (instant !== undefined && (least === undefined || instant < least)) least = instant;
    }
    return least;
}

//# sourceMappingURL=instant.js.map