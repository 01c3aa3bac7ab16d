import { DAY, SECOND } from '#lib/domain/kernel';
/** No provider may park a run longer than this; what asks for more is asked again then. */ export const LONGEST_DELAY = DAY;
const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)/i;
/** The end of a date as C's asctime() writes it, the oldest of HTTP's three forms: it names no zone, and means UTC (§5.6.7). */ const ASCTIME = /:\d\d \d{4}$/;
/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): whole seconds, or an HTTP date. A date is measured against the answer's own
 * `Date` header where it has one, so that a clock that is wrong here or there does not matter.
 * Answers milliseconds in 0 … 24 h, or undefined where the header says nothing readable.
 */ export function retryAfter(value, date, now) {
    const text = value?.trim() ?? '';
    if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * SECOND), LONGEST_DELAY);
    if (!WEEKDAY.test(text)) return undefined;
    const until = httpDate(text);
    if (Number.isNaN(until)) return undefined;
    const theirs = httpDate(date?.trim() ?? '');
    return Math.min(Math.max(until - (Number.isNaN(theirs) ? now : theirs), 0), LONGEST_DELAY);
}
const httpDate = (text)=>Date.parse(ASCTIME.test(text) ? `${text} GMT` : text);

//# sourceMappingURL=retry-after.js.map