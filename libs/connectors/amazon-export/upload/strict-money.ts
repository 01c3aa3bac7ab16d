import { minorDigits, parseMoney, type Money } from '../../kit/index.js';

/** An amount with at most one decimal separator, or with groups of three before another one. */
const AMOUNT = /^[+-]?(\d+([.,]\d+)?|[1-9]\d{0,2}(,\d{3})+\.\d+|[1-9]\d{0,2}(\.\d{3})+,\d+)$/;

/** `89.90` and `89,90`, but not `1.234`, which is either a thousand or a little more than one. */
export function strictMoney(amount: string, currency: string): Money | undefined {
  const code = currency.toUpperCase();
  if (!AMOUNT.test(amount) || !/^[A-Z]{3}$/.test(code)) return undefined;
  const ambiguous = /^[+-]?\d+[.,]\d{3}$/.test(amount) && minorDigits(code) !== 3;
  return ambiguous ? undefined : parseMoney(amount, code);
}
