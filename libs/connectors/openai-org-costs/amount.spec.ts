import { describe, expect, test } from '@jest/globals';
import { amountOf } from './amount.js';

describe('an amount', () => {
  test.each<[number | string, string, number, string]>([
    [0.42, 'usd', 42, '0.42'],
    ['0.13080438340307526171875', 'usd', 13, '0.13080438340307526171875'],
    [0.005, 'usd', 0, '0.005'],
    [0.015, 'usd', 2, '0.015'],
    ['0.0050000000000000000001', 'usd', 1, '0.0050000000000000000001'],
    ['-0.015', 'usd', -2, '-0.015'],
    [4.2e-7, 'usd', 0, '0.00000042'],
    ['1.50', 'jpy', 2, '1.5'],
    ['2.5', 'jpy', 2, '2.5'],
    ['12e1', 'usd', 12_000, '120'],
    ['-0.00', 'usd', 0, '0'],
  ])('%s %s: rounded half to even, and kept exactly', (value, currency, minor, exact) => {
    expect(amountOf(value, currency)).toEqual({ minor, exact, currency: currency.toUpperCase() });
  });

  test.each<[number | string, string]>([
    [1.5e21, 'usd'],
    ['1e999', 'usd'],
    ['', 'usd'],
    ['1,5', 'usd'],
    ['1', 'dollars'],
  ])('of %s %s: none', (value, currency) => expect(amountOf(value, currency)).toBeUndefined());
});
