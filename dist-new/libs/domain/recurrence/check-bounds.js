import { DAY, iso } from '#lib/domain/kernel';
import { checkTime, checkWeekdays, LAST_INSTANT } from './check-rule.js';
import { error } from './finding.js';
import { isoDate, parseDate, timeOfDay } from './wall-time.js';
import { isZone } from './zone.js';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** 30 February has the right digits, but comes back as another date. */ const isDate = (text)=>{
    const parsed = DATE.test(text) ? parseDate(text) : Number.NaN;
    return !Number.isNaN(parsed) && isoDate(parsed) === text;
};
const isInstant = (value)=>Number.isInteger(value) && Math.abs(value) <= LAST_INSTANT;
function checkBlackout(blackout, field) {
    const { weekdays, from, to } = blackout;
    const findings = [
        ...checkWeekdays(weekdays, `${field}.weekdays`),
        ...checkTime(from, `${field}.from`),
        ...checkTime(to, `${field}.to`)
    ];
    if (findings.length === 0 && timeOfDay(from) === timeOfDay(to)) findings.push(error('empty_blackout', field, `from and to are both ${from}: a window needs a length (00:00 to 23:59:59 is nearly a day; for whole dates use excludedDates)`));
    return findings;
}
function checkSpan({ start, end }) {
    const findings = [];
    for (const [field, instant] of Object.entries({
        start,
        end
    })){
        if (instant !== undefined && !isInstant(instant)) findings.push(error('invalid_instant', field, `${instant} is no instant; ${field} is in whole milliseconds since 1970`));
    }
    if (findings.length === 0 && start !== undefined && end !== undefined && end <= start) findings.push(error('end_before_start', 'end', `end (${iso(end)}) must lie after start (${iso(start)})`));
    return findings;
}
/** What is wrong with what surrounds the rule: zone, start and end, exclusions, spread. */ export function checkBounds(recurrence) {
    const { zone, excludedDates, blackouts, spreadMs } = recurrence;
    const findings = [];
    if (!isZone(zone)) findings.push(error('unknown_zone', 'zone', `"${zone}" is not a time zone; use an IANA name like "Europe/Berlin" or "UTC"`));
    findings.push(...checkSpan(recurrence));
    for (const [index, date] of excludedDates.entries()){
        if (!isDate(date)) findings.push(error('invalid_date', `excludedDates[${index}]`, `"${date}" is not a date that exists; write YYYY-MM-DD, like 2027-12-24`));
    }
    for (const [index, blackout] of blackouts.entries())findings.push(...checkBlackout(blackout, `blackouts[${index}]`));
    if (!Number.isFinite(spreadMs) || spreadMs < 0 || spreadMs > DAY) findings.push(error('invalid_spread', 'spread', `a spread is 0 to 24 hours; ${spreadMs} ms is not`));
    return findings;
}

//# sourceMappingURL=check-bounds.js.map