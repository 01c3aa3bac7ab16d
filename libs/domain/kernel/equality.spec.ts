import { expect, test } from '@jest/globals';
import { isDeepStrictEqual } from './equality.js';

test.each([
  [
    { a: 1, b: [{ c: null }] },
    { b: [{ c: null }], a: 1 },
  ],
  [{ a: 1, b: undefined }, { a: 1 }],
  [{ a: 1 }, { a: 1, b: undefined }],
  [Number.NaN, Number.NaN],
])('given values that say the same, however they are written, they are equal: %j, %j', (left, right) => {
  expect(isDeepStrictEqual(left, right)).toBe(true);
});

test.each([
  [{ a: 1 }, { a: '1' }],
  [{ a: 1 }, { a: 1, b: null }],
  [{ a: null }, {}],
  [[1, 2], [1]],
  [[1], { 0: 1 }],
  [{}, null],
  [{ constructor: undefined, a: 1 }, { a: 2 }],
  [{}, { toString: 1 }],
])('given values that differ somewhere, they are not: %j, %j', (left, right) => {
  expect(isDeepStrictEqual(left, right)).toBe(false);
  expect(isDeepStrictEqual(right, left)).toBe(false);
});
