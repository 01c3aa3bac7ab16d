/** An amount in minor units and its ISO 4217 code. */
export type Money = { readonly minor: number; readonly currency: string };

const digitsByCurrency = new Map<string, number>();

/**
 * Reads a decimal amount without floating point: `12.99`, `12,99`, `1,234.50`, `-3`. A single separator followed by
 * exactly three digits is a thousands separator unless the currency has three decimals. Undefined when it is not an
 * amount, has more decimals than the currency, or leaves the safe integers.
 */
export function parseMoney(amount: string, currency: string): Money | undefined {
  const code = currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) return undefined;
  const digits = minorDigits(code);
  const match = /^([+-]?)(\d[\d.,' \u00a0]*)$/.exec(amount.trim());
  const [whole, fraction] = split(match?.[2] ?? '', digits);
  if (match === null || whole === undefined || fraction === undefined || !/^\d*$/.test(fraction))
    return undefined;
  if (fraction.slice(digits).replace(/0+$/, '') !== '') return undefined;
  const units = Number(`${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(units)) return undefined;
  return { minor: match[1] === '-' && units !== 0 ? -units : units, currency: code };
}

/** Decimals of a currency, by ISO 4217 as Node's ICU has it: 2 for EUR, 0 for JPY, 3 for KWD; 2 when unknown. */
export function minorDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

function split(text: string, digits: number): readonly [whole?: string, fraction?: string] {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last === -1) return [plain(text), ''];
  const fraction = text.slice(last + 1);
  const separators = text.replace(/[^.,]/g, '');
  const grouping = fraction.length === 3 && digits !== 3 && new Set(separators).size === 1;
  return grouping ? [plain(text), ''] : [plain(text.slice(0, last)), fraction];
}

const plain = (text: string): string => text.replace(/\D/g, '');
