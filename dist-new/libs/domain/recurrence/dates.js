import { DAY_MS, indexOfWeekday, weekdayIndex } from './wall-time.js';
/**
 * In months. Leap years and weekdays together come round after 28 years, or 40 when a century year that is no leap
 * year lies between: a date that is not met within 45 years does not exist.
 */ const HORIZON_MONTHS = 12 * 45;
export const everyDay = (from)=>from;
export function weekdayDates(rule) {
    const named = new Set(rule.weekdays.map(indexOfWeekday));
    // By weekday of the day asked about: how many days ahead the next one is.
    const ahead = [
        0,
        1,
        2,
        3,
        4,
        5,
        6
    ].map((weekday)=>[
            0,
            1,
            2,
            3,
            4,
            5,
            6
        ].find((days)=>named.has((weekday + days) % 7)));
    return (from)=>{
        const days = ahead[weekdayIndex(from)];
        return days === undefined ? undefined : from + days * DAY_MS;
    };
}
/** The day of the month that a spec names, if that month has it. The month is given by its first date and its length in days. */ function dayOf(spec, first, length, shortMonth) {
    if (spec === 'last') return length;
    if (typeof spec === 'number') return spec <= length ? spec : shortMonth === 'clamp' ? length : undefined;
    const wanted = indexOfWeekday(spec.weekday);
    const firstOfThem = 1 + (wanted - weekdayIndex(first) + 7) % 7;
    if (spec.nth === 'last') return firstOfThem + 7 * Math.floor((length - firstOfThem) / 7);
    const day = firstOfThem + (spec.nth - 1) * 7;
    return day <= length ? day : undefined;
}
/**
 * Dates of a rule that judges each month by itself. Which days that is depends on nothing but the month's length and
 * the weekday of its first day: there are 28 such shapes, and each is asked about once.
 * @param inMonth Whether the rule names a month at all, counted from 0.
 */ export function datesByMonth(daysOf, inMonth = ()=>true) {
    const known = [];
    return (from)=>{
        const date = new Date(from);
        const [year, month] = [
            date.getUTCFullYear(),
            date.getUTCMonth()
        ];
        let first = Date.UTC(year, month);
        let passed = date.getUTCDate() - 1;
        for(let ahead = 0; ahead < HORIZON_MONTHS; ahead += 1){
            const following = Date.UTC(year, month + ahead + 1);
            if (inMonth((month + ahead) % 12)) {
                const length = Math.round((following - first) / DAY_MS);
                const shape = (length - 28) * 7 + weekdayIndex(first);
                const days = (known[shape] ??= daysOf(first, length)) >>> passed;
                if (days !== 0) return first + (passed + 31 - Math.clz32(days & -days)) * DAY_MS;
            }
            first = following;
            passed = 0;
        }
        return undefined;
    };
}
/** Each month from its own first day, never chained: a clamped 28 February is followed by 31 March. */ export const monthDates = (rule)=>datesByMonth((first, length)=>{
        let days = 0;
        for (const spec of rule.days){
            const day = dayOf(spec, first, length, rule.shortMonth);
            if (day !== undefined && day >= 1) days |= 1 << day - 1;
        }
        return days;
    });

//# sourceMappingURL=dates.js.map