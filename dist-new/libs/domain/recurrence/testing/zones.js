/** Every zone that the runtime knows. */ export const allZones = Intl.supportedValuesOf('timeZone');
const FROM = Temporal.Instant.from('1970-01-01T00:00:00Z');
const TO = Temporal.Instant.from('2040-01-01T00:00:00Z');
const known = new Map();
/** The instants from 1970 to 2040 at which a zone's clocks moved or will. */ export function transitionsOf(zone) {
    const remembered = known.get(zone);
    if (remembered !== undefined) return remembered;
    const found = [];
    let at = FROM.toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    while(at !== null && at.epochMilliseconds < TO.epochMilliseconds){
        found.push(at.epochMilliseconds);
        at = at.getTimeZoneTransition('next');
    }
    known.set(zone, found);
    return found;
}

//# sourceMappingURL=zones.js.map