import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { flatCopy } from './flat-copy.js';

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, '\ud800', new Date(0), [1], { a: 1 }),
);

describe('a flat copy', () => {
  test('of any object is what its JSON is read back as, or there is none', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (drawn) => {
        // Prototypes differ: `dictionary` draws objects without one, too.
        const copy = flatCopy(drawn);
        if (copy !== undefined) expect(copy).toStrictEqual(JSON.parse(JSON.stringify(drawn)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('of strings, numbers, booleans and null is made, and is another object', () => {
    const source = { a: 'x', b: 1.5, c: false, d: null };
    const copy = flatCopy(source);
    expect(copy).toStrictEqual(source);
    expect(copy).not.toBe(source);
  });

  test.each([
    ['a nested object', { a: {} }],
    ['an absent value', { a: undefined }],
    ['a number that JSON cannot say', { a: Number.NaN }],
    ['an object of a class', new (class Odd {})()],
  ])('of %s is not made', (_, source) => {
    expect(flatCopy(source)).toBeUndefined();
  });
});
