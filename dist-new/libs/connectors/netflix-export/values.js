import { DAY } from '#lib/domain/kernel';
const two = (value)=>String(value).padStart(2, '0');
/** `YYYY-MM-DD` if the calendar has that day. */ export function calendarDate(year, month, day) {
    const date = new Date(Date.UTC(year, month - 1, day));
    const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return exists ? `${year}-${two(month)}-${two(day)}` : undefined;
}
/** The date of `2026-10-03`, `2026-10-03 10:11:12` or ISO 8601; undefined otherwise, also when blank. */ export function dateOf(text) {
    const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?$/.exec(text?.trim() ?? '');
    return match === null ? undefined : calendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
}
/** `YYYY-MM-DD HH:MM:SS`, which Netflix means in UTC, as ISO 8601. */ export function instantOf(text) {
    const match = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(text?.trim() ?? '');
    const date = dateOf(match?.[1]);
    return date === undefined || match === null ? undefined : `${date}T${match[2]}:${match[3]}:${match[4]}Z`;
}
/** `HH:MM:SS` in seconds. */ export function secondsOf(text) {
    const match = /^(\d{1,4}):([0-5]\d):([0-5]\d)$/.exec(text?.trim() ?? '');
    return match === null ? undefined : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}
/** The billing interval that a service period spans, both ends included or not; a part of one is none. */ export function intervalOf(start, end) {
    if (start === undefined || end === undefined) return undefined;
    const days = (Date.parse(end) - Date.parse(start)) / DAY;
    if (days >= 27 && days <= 31) return 'month';
    return days >= 364 && days <= 366 ? 'year' : undefined;
}
/** Blank cells and their textual stand-ins are null. */ export function cell(text) {
    const trimmed = text?.trim() ?? '';
    return trimmed === '' || /^(n\/a|null)$/i.test(trimmed) ? null : trimmed;
}

//# sourceMappingURL=values.js.map