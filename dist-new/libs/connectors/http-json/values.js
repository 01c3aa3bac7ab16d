import { pointer } from '../kit/index.js';
import { decimalMoney } from './decimal.js';
/** Longer texts are cut: a record is a row, not a document. */ const LONGEST = 2_000;
export function convert(item, field) {
    const raw = pointer(item, field.pointer);
    if (raw === undefined || raw === null || raw === '') return {
        value: null
    };
    switch(field.as){
        case 'minor_units':
            return money(item, raw, field.currency ?? '');
        case 'date':
            return wrapped(dateOf(raw));
        case 'instant':
            return wrapped(instantOf(raw));
        case 'number':
            return wrapped(numberOf(raw));
        case 'text':
            return wrapped(inWords(field, typeof raw === 'object' ? undefined : String(raw).slice(0, LONGEST)));
        case 'plain':
            return wrapped(inWords(field, plainOf(raw)));
    }
}
function inWords({ words = {} }, value) {
    const word = String(value);
    return Object.hasOwn(words, word) ? words[word] : value;
}
const wrapped = (value)=>value === undefined ? undefined : {
        value
    };
function money(item, raw, currency) {
    const code = currency.startsWith('/') ? pointer(item, currency) : currency;
    const read = typeof code === 'string' ? decimalMoney(raw, code) : undefined;
    return read === undefined ? undefined : {
        value: read.minor,
        currency: read.currency
    };
}
function plainOf(raw) {
    if (typeof raw === 'string') return raw.slice(0, LONGEST);
    return typeof raw === 'number' || typeof raw === 'boolean' ? raw : undefined;
}
function numberOf(raw) {
    const isDecimal = typeof raw === 'string' && /^-?\d+(?:\.\d+)?$/.test(raw.trim());
    const number = typeof raw === 'number' || isDecimal ? Number(raw) : Number.NaN;
    return Number.isFinite(number) ? number : undefined;
}
/** A day as the service writes it: moving 23:30 in New York to Greenwich would put a bill on another day. */ function dateOf(raw) {
    if (typeof raw !== 'string') return instantOf(raw)?.slice(0, 10);
    const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T ]\d{2}:\d{2})/.exec(raw.trim())?.[1];
    return day !== undefined && isDay(day) ? day : undefined;
}
/** The calendar's own test: the 30th of February comes back as the 2nd of March. */ const isDay = (day)=>{
    const at = Date.parse(`${day}T00:00:00Z`);
    return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};
/** Under 10¹¹ a number means seconds: as milliseconds it would be before 1973, as seconds it reaches the year 5138. */ const SECONDS_BELOW = 100_000_000_000;
export function instantOf(raw) {
    if (typeof raw === 'number') {
        const millis = Math.abs(raw) < SECONDS_BELOW ? raw * 1_000 : raw;
        const date = new Date(millis);
        return Number.isNaN(date.getTime()) || millis < 0 || date.getUTCFullYear() > 9_999 ? undefined : date.toISOString();
    }
    if (typeof raw !== 'string') return undefined;
    const text = raw.trim();
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return isDay(text) ? text : undefined;
    // Without an offset nobody knows when it was.
    if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
    const at = Date.parse(text.replace(' ', 'T'));
    return Number.isNaN(at) || !isDay(text.slice(0, 10)) ? undefined : new Date(at).toISOString();
}

//# sourceMappingURL=values.js.map