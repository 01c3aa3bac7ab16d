/** An amount in minor units and its ISO 4217 code. */ /**
 * Those whose minor unit is not a hundredth, by ISO 4217's list one. Not as `Intl` has it: that follows CLDR, which gives
 * forint, rupiah and pesos no decimals because nobody writes them, and changes with Node.
 */ const digitsByCurrency = new Map([
    {
        digits: 0,
        codes: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    },
    {
        digits: 3,
        codes: 'BHD IQD JOD KWD LYD OMR TND'
    },
    {
        digits: 4,
        codes: 'CLF UYW'
    }
].flatMap(({ digits, codes })=>codes.split(' ').map((code)=>[
            code,
            digits
        ])));
/**
 * Reads a decimal amount without floating point: `12.99`, `12,99`, `1,234.50`, `-3`. A single separator followed by
 * exactly three digits is a thousands separator unless the currency has three decimals. Undefined when it is not an
 * amount, has more decimals than the currency, or leaves the safe integers.
 */ export function parseMoney(amount, currency) {
    const code = currency.trim().toUpperCase();
    if (!/^[A-Z]{3}$/.test(code)) return undefined;
    const digits = minorDigits(code);
    const match = /^([+-]?)(\d[\d.,' \u00a0]*)$/.exec(amount.trim());
    const [whole, fraction] = split(match?.[2] ?? '', digits);
    if (match === null || whole === undefined || fraction === undefined || !/^\d*$/.test(fraction)) return undefined;
    if (fraction.slice(digits).replace(/0+$/, '') !== '') return undefined;
    const units = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
    if (!Number.isSafeInteger(units)) return undefined;
    return {
        minor: match[1] === '-' && units !== 0 ? -units : units,
        currency: code
    };
}
/** Decimals of a currency, by ISO 4217: 2 for EUR and HUF, 0 for JPY, 3 for KWD; 2 when unknown. */ export const minorDigits = (currency)=>digitsByCurrency.get(currency) ?? 2;
function split(text, digits) {
    const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
    if (last === -1) return [
        plain(text),
        ''
    ];
    const fraction = text.slice(last + 1);
    const separators = text.replace(/[^.,]/g, '');
    const grouping = fraction.length === 3 && digits !== 3 && new Set(separators).size === 1;
    return grouping ? [
        plain(text),
        ''
    ] : [
        plain(text.slice(0, last)),
        fraction
    ];
}
const plain = (text)=>text.replace(/\D/g, '');

//# sourceMappingURL=money.js.map