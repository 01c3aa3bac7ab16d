import { minorDigits } from '../kit/index.js';
/** More places than OpenAI sends, and few enough that an exponent cannot ask for a gigabyte of zeros. */ const MAX_PLACES = 60;
/**
 * Reads `amount.value`: a day's cost has fractions of a cent, so it is rounded half to even, which over many days
 * leans to neither side, and kept as it was in `exact`. Undefined when it is no amount, or leaves the safe integers.
 */ export function amountOf(value, currency) {
    const code = currency.trim().toUpperCase();
    const exact = plainDecimal(typeof value === 'number' ? String(value) : value.trim());
    if (exact === undefined || !/^[A-Z]{3}$/.test(code)) return undefined;
    const minor = Number(roundedHalfEven(exact, minorDigits(code)));
    return Number.isSafeInteger(minor) ? {
        minor,
        currency: code,
        exact
    } : undefined;
}
/** `4.2e-7` as `0.00000042`, without trailing zeros; undefined for what is no decimal number. */ export function plainDecimal(text) {
    const match = /^(-?)(\d{1,40})(?:\.(\d{0,60}))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
    if (match === null) return undefined;
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
    const shift = Number(exponent);
    if (Math.abs(shift) > MAX_PLACES) return undefined;
    const digits = `${'0'.repeat(Math.max(-shift, 0))}${whole}${fraction}${'0'.repeat(Math.max(shift, 0))}`;
    // Where the point stands, counted from the left, after zeros were put before it.
    const point = Math.max(-shift, 0) + whole.length + shift;
    const before = digits.slice(0, point).replace(/^0+(?=\d)/, '');
    const after = digits.slice(point).replace(/0+$/, '');
    const plain = after === '' ? before : `${before}.${after}`;
    return plain === '0' ? plain : `${sign}${plain}`;
}
/** Of a plain decimal, in units of its `digits`-th place. */ function roundedHalfEven(plain, digits) {
    const negative = plain.startsWith('-');
    const [whole = '0', fraction = ''] = plain.replace('-', '').split('.');
    const kept = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
    const rest = fraction.slice(digits);
    const half = `5${'0'.repeat(Math.max(rest.length - 1, 0))}`;
    const up = rest > half || rest === half && kept % 2n === 1n;
    const rounded = up ? kept + 1n : kept;
    return negative ? -rounded : rounded;
}

//# sourceMappingURL=amount.js.map