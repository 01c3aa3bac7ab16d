import { DAY } from '#lib/domain/kernel';
const DATE_LENGTH = 'YYYY-MM-DD'.length;
/** The day, in UTC. */ export const dayOf = (at)=>new Date(at).toISOString().slice(0, DATE_LENGTH);
export const laterDate = (a, b)=>a === null || b !== null && b > a ? b : a;
/** Days later; fewer than none: earlier. */ export const daysAfter = (day, days)=>dayOf(Date.parse(day) + days * DAY);
/** A day or an instant as it was told; null where it is neither (`20.11.2026`). */ export function readable(told) {
    return told !== null && /^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(told) && !Number.isNaN(Date.parse(told)) ? told : null;
}
/** Its day alone. */ export const readableDay = (told)=>readable(told)?.slice(0, DATE_LENGTH) ?? null;
/** `3 month` is three months; anything else that cannot be read is no interval. */ export function periodOf(interval) {
    const match = /^(?:(\d{1,3}) )?(day|week|month|year)s?$/.exec(interval);
    if (match === null) return undefined;
    const count = Number(match[1] ?? 1);
    switch(match[2]){
        case 'day':
            return {
                months: 0,
                days: count
            };
        case 'week':
            return {
                months: 0,
                days: 7 * count
            };
        case 'month':
            return {
                months: count,
                days: 0
            };
        default:
            return {
                months: 12 * count,
                days: 0
            };
    }
}
/** `on`: the day of the month that is meant where the month has it; told of a shorter one, it is not seen in the date. */ export function shifted(from, { months, days }, count, on) {
    const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
    const last = new Date(Date.UTC(year, month - 1 + months * count + 1, 0)).getUTCDate();
    const shiftedDay = Date.UTC(year, month - 1 + months * count, Math.min(on ?? day, last));
    return dayOf(shiftedDay + days * count * DAY);
}
/** The last day of its month. */ export function isMonthEnd(day) {
    return daysAfter(day, 1).endsWith('-01');
}

//# sourceMappingURL=dates.js.map