/**
 * The slow reference that the fast search is held against: it walks every minute of every date, asks of each whether
 * the rule names it, and asks Temporal when that is. It shares no code with the implementation, only the types. Made
 * for windows of days, and for cron expressions of numbers, stars, lists, ranges, steps, `L` and `#`.
 */ const DAYS = [
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
    'sunday'
];
const pad = (value)=>String(value).padStart(2, '0');
/** Whether a cron field of plain numbers names a value. */ function names(field, value, least) {
    return field.split(',').some((part)=>{
        const [range = '', step = '1'] = part.split('/');
        const [low = '', high = low] = range.split('-');
        if (range === '*') return (value - least) % Number(step) === 0;
        return value >= Number(low) && value <= Number(high) && (value - Number(low)) % Number(step) === 0;
    });
}
function dayOfMonthNamed(field, date) {
    return field.split(',').some((part)=>part === 'L' ? date.day === date.daysInMonth : names(part, date.day, 1));
}
function weekdayNamed(field, date) {
    return field.split(',').some((part)=>{
        const [weekday = '', nth] = part.split('#');
        if (nth !== undefined) return Number(weekday) % 7 === date.dayOfWeek % 7 && Math.ceil(date.day / 7) === Number(nth);
        if (part.endsWith('L')) return Number(part.slice(0, -1)) % 7 === date.dayOfWeek % 7 && date.day + 7 > date.daysInMonth;
        return names(part, date.dayOfWeek % 7, 0) || date.dayOfWeek === 7 && names(part, 7, 0);
    });
}
function monthDayNamed(spec, shortMonth, { day, dayOfWeek, daysInMonth }) {
    if (spec === 'last') return day === daysInMonth;
    if (typeof spec === 'number') return day === spec || shortMonth === 'clamp' && day === daysInMonth && spec > daysInMonth;
    if (DAYS[dayOfWeek - 1] !== spec.weekday) return false;
    return spec.nth === 'last' ? day + 7 > daysInMonth : Math.ceil(day / 7) === spec.nth;
}
function dateNamed(recurrence, date) {
    switch(recurrence.frequency){
        case 'weekly':
            return recurrence.weekdays.some((weekday)=>weekday === DAYS[date.dayOfWeek - 1]);
        case 'monthly':
            return recurrence.days.some((day)=>monthDayNamed(day, recurrence.shortMonth, date));
        case 'cron':
            {
                const [day = '', month = '', weekday = ''] = recurrence.expression.split(' ').slice(-3);
                if (!names(month, date.month, 1)) return false;
                if (day !== '*' && weekday !== '*') return dayOfMonthNamed(day, date) || weekdayNamed(weekday, date);
                return dayOfMonthNamed(day, date) && weekdayNamed(weekday, date);
            }
        default:
            return true;
    }
}
/** Every time of day that the rule names, as `HH:MM:SS`. */ function timesNamed(recurrence) {
    const found = [];
    for(let minuteOfDay = 0; minuteOfDay < 1_440; minuteOfDay += 1){
        const [hour, minute] = [
            Math.floor(minuteOfDay / 60),
            minuteOfDay % 60
        ];
        const text = `${pad(hour)}:${pad(minute)}`;
        if (recurrence.frequency === 'hourly' && minute === recurrence.minute) found.push(`${text}:00`);
        if ('times' in recurrence) {
            for (const time of recurrence.times)if (time.startsWith(text)) found.push(time.length === 5 ? `${time}:00` : time);
        }
        if (recurrence.frequency !== 'cron') continue;
        const fields = recurrence.expression.split(' ');
        const [second = '', minutes = '', hours = ''] = fields.length === 5 ? [
            '0',
            ...fields
        ] : fields;
        if (!names(minutes, minute, 0) || !names(hours, hour, 0)) continue;
        for(let value = 0; value < 60; value += 1)if (names(second, value, 0)) found.push(`${text}:${pad(value)}`);
    }
    return found;
}
const wildcard = (recurrence)=>recurrence.frequency === 'hourly' || recurrence.frequency === 'cron' && recurrence.expression.split(' ').slice(-5, -3).some((field)=>field.startsWith('*'));
/** When a wall time is due: Temporal says which instants it may stand for, the policies choose. */ function instantsOf(recurrence, wall, elapsed) {
    const [earlier, later] = [
        'earlier',
        'later'
    ].map((disambiguation)=>wall.toZonedDateTime(recurrence.zone, {
            disambiguation
        }).epochMilliseconds);
    if (earlier === undefined || later === undefined || earlier === later) return [
        earlier ?? 0
    ];
    const real = wall.toZonedDateTime(recurrence.zone).toPlainDateTime().equals(wall);
    if (!real) return elapsed || recurrence.gap === 'skip' ? [] : [
        later
    ];
    if (elapsed || recurrence.fold === 'both') return [
        earlier,
        later
    ];
    return [
        recurrence.fold === 'first' ? earlier : later
    ];
}
function excluded(recurrence, instant) {
    if (recurrence.excludedDates.length === 0 && recurrence.blackouts.length === 0) return false;
    const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(recurrence.zone);
    if (recurrence.excludedDates.includes(wall.toPlainDate().toString())) return true;
    const time = wall.toPlainTime().toString().slice(0, 8);
    const [today, yesterday] = [
        DAYS[wall.dayOfWeek - 1],
        DAYS[(wall.dayOfWeek + 5) % 7]
    ];
    return recurrence.blackouts.some(({ weekdays, from, to })=>{
        const on = (day)=>weekdays.some((weekday)=>weekday === day);
        if (from < to) return on(today) && time >= `${from}:00` && time < `${to}:00`;
        return on(today) && time >= `${from}:00` || on(yesterday) && time < `${to}:00`;
    });
}
/** Every nominal instant in (after, to], ascending. */ export function allBetween(recurrence, after, to) {
    const found = new Set();
    if (recurrence.frequency === 'interval') {
        for(let instant = Math.ceil(after / 1_000) * 1_000; instant <= to; instant += 1_000)if ((instant - recurrence.anchor) % (recurrence.everySeconds * 1_000) === 0) found.add(instant);
    } else {
        const dateOf = (instant)=>Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(recurrence.zone).toPlainDate();
        const [times, elapsed] = [
            timesNamed(recurrence),
            wildcard(recurrence)
        ];
        const last = dateOf(to).add({
            days: 1
        });
        for(let date = dateOf(after).subtract({
            days: 2
        }); Temporal.PlainDate.compare(date, last) <= 0;){
            for (const time of dateNamed(recurrence, date) ? times : [])for (const instant of instantsOf(recurrence, date.toPlainDateTime(time), elapsed))found.add(instant);
            date = date.add({
                days: 1
            });
        }
    }
    const { start = -Infinity, end = Infinity } = recurrence;
    return [
        ...found
    ].filter((instant)=>instant > after && instant <= to && instant >= start && instant < end).filter((instant)=>!excluded(recurrence, instant)).sort((a, b)=>a - b);
}

//# sourceMappingURL=reference.js.map