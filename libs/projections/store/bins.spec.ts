import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Bins, binOf } from './bins.js';

const binsOf = (values: readonly number[]): Bins => {
  const bins = new Bins();
  for (const value of values) bins.add(binOf(value));
  return bins;
};

const lengths = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 80 });

describe('bins', () => {
  it('have the same bytes in whatever order values came, and after a round trip', () => {
    fc.assert(
      fc.property(lengths, (values) => {
        const bytes = binsOf(values).encode();
        expect(binsOf(values.toReversed()).encode()).toEqual(bytes);
        expect(Bins.decode(bytes).encode()).toEqual(bytes);
        expect(Bins.decode(bytes).count).toBe(values.length);
      }),
    );
  });

  it('merge to what all values together give', () => {
    fc.assert(
      fc.property(lengths, lengths, (some, others) => {
        const merged = binsOf(some);
        merged.merge(binsOf(others));
        expect(merged.encode()).toEqual(binsOf([...some, ...others]).encode());
      }),
    );
  });

  it('give no quantile while they are empty', () => {
    expect(new Bins().quantiles(0.5, 0.99)).toEqual([null, null]);
  });

  it('take what is not late as zero', () => {
    expect(binsOf([0, -3, 0]).quantiles(0.5)).toEqual([0]);
  });
});
