import { ConnectorError } from '../kit/index.js';
import { calendarDate } from './values.js';
/**
 * Finds out in which order a `Title,Date` file writes its dates. The order follows the account's language:
 * `24.01.23`, `2021-12-15`, `12/04/2022` (day first) and `4/21/25` (month first) were all reported
 * (leepeuker/movary#259, jensb89/Netflix-to-Trakt-Import#4). They are the short dates of Unicode's CLDR, which in Korean and
 * Basque begin with a year of two digits. Never guessed: a wrong guess would move plays by months or years.
 */ export class DateOrderFinder {
    #possible;
    #seen;
    #impossible;
    /** `latest`: the last day on which anything can have been watched. */ constructor(latest){
        this.latest = latest;
        this.#possible = new Set();
        this.#seen = false;
        this.#impossible = false;
    }
    see(text) {
        if (partsOf(text) === undefined) return;
        const orders = ORDERS.filter((order)=>!(order === 'year-first' && TIGHT.test(text)) && titleDate(text, order, this.latest) !== undefined);
        if (orders.length === 0) {
            this.#impossible = true;
            return;
        }
        if (!this.#seen) for (const order of orders)this.#possible.add(order);
        else for (const order of this.#possible)if (!orders.includes(order)) this.#possible.delete(order);
        this.#seen = true;
    }
    /**
   * Undefined when there were no dates. @throws {ConnectorError} CONFIG: ambiguous, more than one order in a file, or days on
   * which nothing can have been watched.
   */ found() {
        const [first, ...others] = this.#possible;
        if (!this.#seen && this.#impossible) throw refused('dates_impossible', IMPOSSIBLE);
        if (!this.#seen || first !== undefined && others.length === 0) return first;
        throw first === undefined ? refused('dates_mixed', `its dates contradict each other: ${SET}`) : refused('dates_ambiguous', `its dates can be read in more than one order: ${SET}`);
    }
}
const ORDERS = [
    'day-first',
    'month-first',
    'year-first'
];
const SET = 'set dateFormat to day-first, month-first or year-first';
/** `24.01.23`: no language of CLDR writes a year of two digits first with bare dots, Korean has spaces behind them. */ const TIGHT = /^\s*\d{2}\.\d/;
const IMPOSSIBLE = 'its dates lie before Netflix or ahead of today, as in another calendar: switch the account to English and download it again';
/** Netflix streams since 2007. */ const FIRST = '2007';
const refused = (code, why)=>new ConnectorError('CONFIG', why, {
        code
    });
/**
 * `YYYY-MM-DD`, or undefined when the text is no date in that order, or one before Netflix or after `latest`. Two-digit years
 * are 20yy.
 */ export function titleDate(text, order, latest) {
    const parts = partsOf(text);
    if (parts === undefined) return undefined;
    const [a, b, c] = parts;
    const [year, month, day] = order === 'year-first' ? [
        a,
        b,
        c
    ] : order === 'day-first' ? [
        c,
        b,
        a
    ] : [
        c,
        a,
        b
    ];
    // A year has two digits or four, and nothing else has four.
    if (month.long || day.long || year.digits === 1) return undefined;
    const date = calendarDate(year.long ? year.value : 2000 + year.value, month.value, day.value);
    return date === undefined || date < FIRST || date > latest ? undefined : date;
}
function partsOf(text) {
    const match = /^(\d{1,4})[./-]\s*(\d{1,2})[./-]\s*(\d{1,4})\.?$/.exec(text.trim());
    if (match === null) return undefined;
    const part = (text = '')=>({
            value: Number(text),
            digits: text.length,
            long: text.length > 2
        });
    return [
        part(match[1]),
        part(match[2]),
        part(match[3])
    ];
}

//# sourceMappingURL=title-dates.js.map