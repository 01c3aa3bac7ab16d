import { cronProblem, lateDaysOf } from './cron.js';
import { error, warning } from './finding.js';
import { weekdays } from './recurrence.js';
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
/** In milliseconds: the last instant that a date can name, either way. */ export const LAST_INSTANT = 8.64e15;
/** A century: what is rarer is a mistake. */ const MAX_INTERVAL_SECONDS = 100 * 366 * 86_400;
export const checkTime = (value, field)=>TIME.test(value) ? [] : [
        error('invalid_time', field, `"${value}" is not a time of day; write HH:MM or HH:MM:SS, 00:00 to 23:59:59`)
    ];
const checkTimes = (values)=>values.length === 0 ? [
        error('empty_list', 'times', 'no time of day is named; name at least one, like "03:00"')
    ] : values.flatMap((value, index)=>checkTime(value, `times[${index}]`));
export function checkWeekdays(values, field) {
    if (values.length === 0) return [
        error('empty_list', field, 'no weekday is named; name at least one, like "monday"')
    ];
    return values.flatMap((value, index)=>weekdays.includes(value) ? [] : [
            error('invalid_weekday', `${field}[${index}]`, `"${value}" is no weekday; one of ${weekdays.join(', ')}`)
        ]);
}
function checkDay(day, field, shortMonth) {
    if (day === 'last') return [];
    if (typeof day !== 'number') {
        const nth = day.nth === 'last' || [
            1,
            2,
            3,
            4,
            5
        ].includes(day.nth);
        if (!nth || !weekdays.includes(day.weekday)) return [
            error('invalid_day', field, `${JSON.stringify(day)} names no day; nth is 1 to 5 or "last", weekday is like "friday"`)
        ];
        return day.nth === 5 ? [
            warning('short_month', field, `not every month has a fifth ${day.weekday}: one without is left out; nth "last" is in every month`)
        ] : [];
    }
    if (!Number.isInteger(day) || day < 1 || day > 31) return [
        error('invalid_day', field, `${day} is no day of a month; 1 to 31, or "last"`)
    ];
    if (day <= 28) return [];
    const rule = shortMonth === 'clamp' ? 'its last day is taken (shortMonth: clamp)' : 'that month is left out (shortMonth: skip)';
    return [
        warning('short_month', field, `not every month has a day ${day}: where it is missing, ${rule}`)
    ];
}
function checkCron(expression) {
    const problem = cronProblem(expression);
    if (problem !== undefined) return [
        error('invalid_cron', 'expression', problem)
    ];
    const days = lateDaysOf(expression);
    return days.length === 0 ? [] : [
        warning('short_month', 'expression', `not every month has a day ${days.join(', ')}: cron leaves out a month without it; "L" is the last day of any month`)
    ];
}
/** What is wrong with the rule itself, whatever its zone and its bounds. */ export function checkRule(recurrence) {
    switch(recurrence.frequency){
        case 'hourly':
            {
                const { minute } = recurrence;
                return Number.isInteger(minute) && minute >= 0 && minute <= 59 ? [] : [
                    error('invalid_minute', 'minute', `${minute} is no minute of an hour; 0 to 59`)
                ];
            }
        case 'daily':
            return checkTimes(recurrence.times);
        case 'weekly':
            return [
                ...checkWeekdays(recurrence.weekdays, 'weekdays'),
                ...checkTimes(recurrence.times)
            ];
        case 'monthly':
            {
                const { days, shortMonth, times } = recurrence;
                const found = days.length === 0 ? [
                    error('empty_list', 'days', 'no day is named; at least one of 1–31, "last", { nth, weekday }')
                ] : days.flatMap((day, index)=>checkDay(day, `days[${index}]`, shortMonth));
                return [
                    ...found,
                    ...checkTimes(times)
                ];
            }
        case 'interval':
            return checkInterval(recurrence.everySeconds, recurrence.anchor);
        case 'cron':
            return checkCron(recurrence.expression);
    }
}
function checkInterval(everySeconds, anchor) {
    const findings = [];
    if (!Number.isInteger(everySeconds) || everySeconds < 1 || everySeconds > MAX_INTERVAL_SECONDS) findings.push(error('invalid_interval', 'every', `an interval is a whole number of seconds from 1 to a hundred years; ${everySeconds} is not`));
    if (!Number.isInteger(anchor) || Math.abs(anchor) > LAST_INSTANT) findings.push(error('invalid_anchor', 'anchor', `${anchor} is no instant; an anchor is in whole milliseconds since 1970`));
    return findings;
}

//# sourceMappingURL=check-rule.js.map