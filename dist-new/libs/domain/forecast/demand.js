import { HOUR, iso, MINUTE } from '#lib/domain/kernel';
import { between } from '#lib/domain/recurrence';
import { recurrenceOf } from './pattern.js';
/** Minutes that are told of as one. */ const MINUTES_PER_SLOT = 15;
export const SLOT = MINUTES_PER_SLOT * MINUTE;
/** Occurrences of one pattern that are looked at; a cron of every second has more, and is taken to be due evenly. */ const MOST_INSTANTS = 2_000;
/** Slots that are proposed, and how far apart they are at least. */ const MOST_CALM = 3;
const APART = 2 * HOUR;
/** What schedules will ask for, by the minute. Every attempt is taken to succeed; what runs by hand is not foreseen. */ export class Demand {
    #minutes;
    /** @param from rounded down to a slot */ constructor(from, hours){
        this.from = from;
        this.from = Math.floor(from / SLOT) * SLOT;
        this.until = this.from + hours * HOUR;
        this.#minutes = new Float64Array(hours * 60);
    }
    get total() {
        return this.#minutes.reduce((sum, due)=>sum + due, 0);
    }
    add(pattern, schedules) {
        if (pattern.frequency === 'interval') {
            this.evenly(schedules * (this.until - this.from) / (pattern.everySeconds * 1_000));
            return;
        }
        const { spreadMs } = pattern;
        const { instants, more } = between(recurrenceOf(pattern), this.from - spreadMs - 1, this.until - 1, MOST_INSTANTS);
        if (more) {
            const [first = 0, last = 1] = [
                instants.at(0),
                instants.at(-1)
            ];
            this.evenly(schedules * instants.length * (this.until - this.from) / (last - first));
            return;
        }
        for (const [at, nominal] of instants.entries()){
            // An occurrence is never spread beyond the next one.
            const following = instants[at + 1] ?? Infinity;
            this.#spread(nominal, Math.min(spreadMs, following - nominal), schedules);
        }
    }
    /** So many, at any time. */ evenly(occurrences) {
        const each = occurrences / this.#minutes.length;
        for(let minute = 0; minute < this.#minutes.length; minute += 1)this.#minutes[minute] = (this.#minutes[minute] ?? 0) + each;
    }
    /** Due in [at, at + {@link SLOT}). */ dueIn(at) {
        const first = (at - this.from) / MINUTE;
        return this.#minutes.subarray(first, first + MINUTES_PER_SLOT).reduce((sum, due)=>sum + due, 0);
    }
    /** What comes of it where so much may start. Undefined: without bounds. */ against(capacity) {
        const slots = [];
        let waiting = 0;
        for(let first = 0; first < this.#minutes.length; first += MINUTES_PER_SLOT){
            const slot = this.#slot(first, waiting, capacity);
            slots.push(slot);
            waiting = slot.waiting;
        }
        const peak = slots.reduce((worst, slot)=>slot.lateMs > (worst?.lateMs ?? 0) ? slot : worst, undefined);
        const { from, until, total: due } = this;
        const crowd = peak === undefined ? {} : {
            peak,
            crowdedFrom: beginningOf(slots, peak)
        };
        return {
            from,
            until,
            due,
            slots,
            ...crowd,
            calm: calmOf(slots)
        };
    }
    #slot(first, before, capacity) {
        const perMinute = capacity === undefined ? Infinity : capacity.startsPerHour / 60;
        const burst = capacity?.burst ?? Infinity;
        let [due, waiting, lateMs] = [
            0,
            before,
            0
        ];
        for(let minute = first; minute < first + MINUTES_PER_SLOT; minute += 1){
            const now = this.#minutes[minute] ?? 0;
            due += now;
            waiting += now;
            // Its last one starts when those before it have; so many of them need not wait for the pace.
            if (now > 0 && waiting > burst) lateMs = Math.max(lateMs, (waiting - burst) / perMinute * MINUTE);
            waiting = Math.max(0, waiting - perMinute);
        }
        return {
            at: this.from + first * MINUTE,
            due,
            waiting,
            lateMs: Math.round(lateMs)
        };
    }
    #spread(nominal, width, schedules) {
        const begin = (nominal - this.from) / MINUTE;
        if (width < 1) return this.#put(Math.floor(begin), schedules);
        const end = begin + width / MINUTE;
        for(let minute = Math.floor(begin); minute < end; minute += 1){
            const share = Math.min(end, minute + 1) - Math.max(begin, minute);
            this.#put(minute, schedules * share / (end - begin));
        }
    }
    #put(minute, due) {
        if (minute >= 0 && minute < this.#minutes.length) this.#minutes[minute] = (this.#minutes[minute] ?? 0) + due;
    }
}
/** The end of a sentence about a slot that is full: when there is room. Nothing where there is none. */ export const roomInWords = (calm)=>calm.length === 0 ? '' : `; there is room at ${calm.map((at)=>iso(at).slice(11, 16)).join(', ')} UTC`;
function beginningOf(slots, peak) {
    let at = slots.indexOf(peak);
    while(at > 0 && (slots[at - 1]?.waiting ?? 0) >= 1)at -= 1;
    return slots[at]?.at ?? peak.at;
}
function calmOf(slots) {
    const quiet = slots.slice(1, 24 * 60 / MINUTES_PER_SLOT).filter(({ waiting, lateMs })=>waiting < 1 && lateMs === 0).toSorted((a, b)=>a.due - b.due || a.at - b.at);
    const chosen = [];
    for (const { at } of quiet){
        if (chosen.length === MOST_CALM) break;
        if (chosen.every((other)=>Math.abs(other - at) >= APART)) chosen.push(at);
    }
    return chosen.toSorted((a, b)=>a - b);
}

//# sourceMappingURL=demand.js.map