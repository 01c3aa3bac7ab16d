import { minorDigits, parseMoney } from '../kit/index.js';
/** A double keeps 15 decimal digits of what was written; a sum such as 12.989999999999998 has more by how it was reckoned. */ const DIGITS = 15;
/**
 * An amount as JSON APIs send it, a number or a plain decimal, in minor units. Unlike in exports a point is never a
 * thousands separator here: 1.234 EUR is no amount, not 1,234 EUR. Undefined when it has more decimals than its currency.
 */ export function decimalMoney(amount, currency) {
    const code = currency.trim().toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) return undefined;
    const text = typeof amount === 'number' ? String(Number(amount.toPrecision(DIGITS))) : typeof amount === 'string' ? amount.trim() : '';
    const match = /^-?\d{1,15}(?:\.(\d{1,12}))?$/.exec(text);
    if (match === null) return undefined;
    const digits = minorDigits(code);
    const fraction = (match[1] ?? '').replace(/0+$/, '');
    if (fraction.length > digits) return undefined;
    const whole = text.split('.')[0] ?? '';
    return parseMoney(digits === 0 ? whole : `${whole}.${fraction.padEnd(digits, '0')}`, code);
}

//# sourceMappingURL=decimal.js.map