import { minorDigits, parseMoney } from '../../kit/index.js';
/** Whole units and decimals: without groups, in groups of three, or as in India of two before the last three. */ const STYLES = [
    /^(?<whole>\d+)(?:[.,](?<decimals>\d+))?$/,
    /^(?<whole>[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?<decimals>\d+))?$/,
    /^(?<whole>[1-9]\d{0,2}(?:\.\d{3})+)(?:,(?<decimals>\d+))?$/,
    /^(?<whole>[1-9]\d{0,2}(?:[ \u00a0\u202f']\d{3})+)(?:[.,](?<decimals>\d+))?$/,
    /^(?<whole>[1-9]\d?(?:,\d{2})+,\d{3})(?:\.(?<decimals>\d+))?$/
];
/**
 * `89.90` and `89,90`, but not `1.234`, which is either a thousand or a little more than one, unless the currency has three
 * decimals or none.
 */ export function strictMoney(amount, currency) {
    const code = currency.toUpperCase();
    const [, sign = '', text = ''] = /^([+-]?)(.*)$/s.exec(amount) ?? [];
    if (!/^[A-Z]{3}$/.test(code)) return undefined;
    const digits = minorDigits(code);
    if (/^\d+[.,]\d{3}$/.test(text) && digits !== 3) {
        const group = digits === 0 && /^[1-9]\d{0,2}\D/.test(text);
        return group ? parseMoney(`${sign}${text.replace(/\D/, '')}`, code) : undefined;
    }
    const parts = STYLES.map((style)=>style.exec(text)?.groups).find((found)=>found !== undefined);
    if (parts === undefined) return undefined;
    const decimals = (parts['decimals'] ?? '').replace(/0+$/, '');
    if (decimals.length > digits) return undefined;
    return parseMoney(`${sign}${parts['whole']?.replace(/\D/g, '')}.${decimals.padEnd(digits, '0')}`, code);
}

//# sourceMappingURL=strict-money.js.map