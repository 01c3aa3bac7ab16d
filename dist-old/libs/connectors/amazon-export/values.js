import { MINUTE } from '#lib/domain/kernel';
import { ConnectorError } from '../kit/index.js';
import { strictMoney } from './upload/index.js';
/** Blank cells and the texts that Amazon writes in their place are null. */ export function cell(text) {
    const trimmed = text?.trim() ?? '';
    return /^(|n\/a|null|not (available|applicable))$/i.test(trimmed) ? null : trimmed;
}
export function yesNo(text) {
    const said = cell(text)?.toLowerCase() ?? null;
    if (said === null) return null;
    if (said === 'yes' || said === 'true') return true;
    return said === 'no' || said === 'false' ? false : undefined;
}
/** A currency is only missed where there is an amount. */ export function moneyOf(amount, currency) {
    const text = cell(amount);
    return text === null ? null : strictMoney(text, cell(currency) ?? '');
}
/** Undefined when the currencies differ. */ export function plus(sum, amount) {
    if (sum === null || amount === null) return sum ?? amount;
    return sum.currency === amount.currency ? {
        ...sum,
        minor: sum.minor + amount.minor
    } : undefined;
}
/** `1 Year`, `30 Day`, `12 Month`, as `year`, `month`, `week` where it is one, and as Amazon says it where not. */ export function intervalOf(text) {
    const said = cell(text)?.toLowerCase() ?? null;
    const match = /^(\d+)\s*(day|week|month|year)s?$/.exec(said ?? '');
    if (match === null) return said;
    const [count, unit] = [
        Number(match[1]),
        match[2]
    ];
    if (count === 1 && unit !== 'day') return unit ?? null;
    if (unit === 'day' && count === 7) return 'week';
    if (unit === 'day' && count >= 28 && count <= 31) return 'month';
    const year = unit === 'day' && (count === 365 || count === 366) || unit === 'month' && count === 12;
    return year ? 'year' : said;
}
const SECONDS_LENGTH = 'YYYY-MM-DDTHH:MM:SS'.length;
const MONTHS = [
    'jan',
    'feb',
    'mar',
    'apr',
    'may',
    'jun',
    'jul',
    'aug',
    'sep',
    'oct',
    'nov',
    'dec'
];
const TIME = String.raw`(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?:Z|UTC|GMT|([+-]\d{2}:?\d{2}))?)?`;
const ISO = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${TIME}$`, 'i');
const DOTS = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})${TIME}$`, 'i');
const SLASHES = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${TIME}$`, 'i');
const DAY_NAME = new RegExp(String.raw`^(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})${TIME}$`, 'i');
const NAME_DAY = new RegExp(String.raw`^([a-z]{3})[a-z]* (\d{1,2}),? (\d{4})${TIME}$`, 'i');
/** The date of a cell, in any style whose reading is certain. @throws {ConnectorError} CONFIG: day or month first? */ export const dateOf = (text, order)=>{
    const read = momentOf(text, order);
    return read === null || read === undefined ? read : read.date;
};
/** Date and time as ISO 8601 in UTC. Amazon names no time zone for what it does not mark; it is taken as UTC. */ export function instantOf(text, order) {
    const read = momentOf(text, order);
    if (read === null || read === undefined) return read;
    if (read.time === undefined) return read.date;
    const [hour = 0, minute = 0, second = 0] = read.time.split(':').map(Number);
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    const [, sign = '+', hours = 0, minutes = 0] = /^([+-])(\d{2}):?(\d{2})$/.exec(read.offset ?? '') ?? [];
    const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
    const at = Date.parse(`${read.date}T${two(hour)}:${two(minute)}:${two(second)}Z`) - ahead;
    return `${new Date(at).toISOString().slice(0, SECONDS_LENGTH)}Z`;
}
function momentOf(text, order) {
    const said = cell(text);
    if (said === null) return null;
    const iso = ISO.exec(said);
    if (iso !== null) return moment(iso.slice(1, 4), iso[4], iso[5]);
    const dots = DOTS.exec(said);
    if (dots !== null) return moment(dots.slice(1, 4).reverse(), dots[4], dots[5]);
    const slashes = SLASHES.exec(said);
    if (slashes !== null) return slashed(slashes, order);
    const named = DAY_NAME.exec(said);
    if (named !== null) return moment([
        named[3],
        monthOf(named[2]),
        named[1]
    ], named[4], named[5]);
    const american = NAME_DAY.exec(said);
    if (american === null) return undefined;
    return moment([
        american[3],
        monthOf(american[1]),
        american[2]
    ], american[4], american[5]);
}
function slashed([, a, b, year, time, offset], order) {
    const [dayFirst, monthFirst] = [
        moment([
            year,
            b,
            a
        ], time, offset),
        moment([
            year,
            a,
            b
        ], time, offset)
    ];
    if (order !== undefined) return order === 'day-first' ? dayFirst : monthFirst;
    if (dayFirst === undefined || monthFirst === undefined || dayFirst.date === monthFirst.date) return dayFirst ?? monthFirst;
    throw new ConnectorError('CONFIG', 'dates can be read as day first or month first: set dateFormat to day-first or month-first', {
        code: 'dates_ambiguous'
    });
}
const two = (value)=>String(value).padStart(2, '0');
const monthOf = (name = '')=>String(MONTHS.indexOf(name.toLowerCase()) + 1);
function moment([year = '', month = '', day = ''], time, offset) {
    const [y, m, d] = [
        Number(year),
        Number(month),
        Number(day)
    ];
    const date = new Date(Date.UTC(y, m - 1, d));
    const exists = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
    return exists ? {
        date: `${year}-${two(m)}-${two(d)}`,
        time,
        offset
    } : undefined;
}

//# sourceMappingURL=values.js.map