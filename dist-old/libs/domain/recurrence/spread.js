import { next } from './next.js';
/** FNV-1a, 32 bits, then a final mix: neighbouring ids end up far apart. */ function fraction(seed) {
    let hash = 0x811c9dc5;
    for(let index = 0; index < seed.length; index += 1)hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ hash >>> 16, 0x85ebca6b);
    hash = Math.imul(hash ^ hash >>> 13, 0xc2b2ae35);
    return ((hash ^ hash >>> 16) >>> 0) / 2 ** 32;
}
/**
 * When an occurrence takes effect: its nominal time plus the schedule's own share of the spread. The share follows
 * from the seed (the schedule's id), so it is the same for every occurrence and on every machine, and it never
 * reaches the next occurrence.
 */ export function effective(recurrence, nominal, seed) {
    if (recurrence.spreadMs <= 0) return nominal;
    const following = next(recurrence, nominal);
    const room = following === undefined ? recurrence.spreadMs : Math.min(recurrence.spreadMs, following - nominal);
    return nominal + Math.floor(fraction(seed) * room);
}

//# sourceMappingURL=spread.js.map