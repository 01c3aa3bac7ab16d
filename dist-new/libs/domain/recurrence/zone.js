import { Recent } from './recent.js';
const ZONES_KEPT = 600;
/** More than a search of 45 years meets. */ const SEGMENTS_KEPT = 256;
/** Beyond it offsets are taken to stay as they are: rules so far ahead are guesses anyway. */ const LAST_TRANSITION = Date.UTC(2400, 0, 1);
const holds = (segment, instant)=>segment.from <= instant && instant < segment.until;
/** Offsets of one IANA zone, remembered by segment: most questions are about the same few months. */ export class Zone {
    /** Ascending, with holes. */ #segments;
    #latest;
    constructor(name){
        this.name = name;
        this.#segments = [];
        this.#latest = this.#compute(0);
    }
    segmentAt(instant) {
        if (!holds(this.#latest, instant)) this.#latest = this.#find(instant);
        return this.#latest;
    }
    toWall(instant) {
        return instant + this.segmentAt(instant).offset;
    }
    #find(instant) {
        let [low, high] = [
            0,
            this.#segments.length
        ];
        while(low < high){
            const middle = low + high >>> 1;
            if ((this.#segments[middle]?.until ?? Infinity) <= instant) low = middle + 1;
            else high = middle;
        }
        const known = this.#segments[low];
        if (known !== undefined && holds(known, instant)) return known;
        const segment = this.#compute(instant);
        if (this.#segments.length >= SEGMENTS_KEPT) this.#segments = [
            segment
        ];
        else this.#segments.splice(low, 0, segment);
        return segment;
    }
    #at(instant) {
        return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.name);
    }
    #compute(instant) {
        const here = this.#at(Math.floor(instant));
        const offset = here.offsetNanoseconds / 1e6;
        // `previous` looks strictly before: a transition that is this very instant begins the segment.
        const previous = this.#at(Math.floor(instant) + 1).getTimeZoneTransition('previous');
        const next = instant >= LAST_TRANSITION ? null : here.getTimeZoneTransition('next');
        const from = previous === null ? Number.NEGATIVE_INFINITY : previous.epochMilliseconds;
        const until = next === null ? Number.POSITIVE_INFINITY : next.epochMilliseconds;
        const before = previous === null ? offset : this.#at(from - 1).offsetNanoseconds / 1e6;
        return {
            from,
            until,
            offset,
            shift: offset - before
        };
    }
}
const zones = new Recent(ZONES_KEPT, ()=>new Map());
/** @throws {RangeError} for a name that is no IANA zone; `checkRecurrence` says so beforehand. */ export const zoneOf = (name)=>zones.of(name, ()=>new Zone(name));
/** Names only: Temporal would also take `+02:00`, or a whole date that ends in a zone. */ const ZONE_NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;
/** Whether the time zone database of this process knows the name. Case does not matter. */ export const isZone = (name)=>{
    if (!ZONE_NAME.test(name)) return false;
    try {
        zoneOf(name);
        return true;
    } catch  {
        return false;
    }
};

//# sourceMappingURL=zone.js.map