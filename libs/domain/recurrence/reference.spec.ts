import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { between, countBetween, latest, next, type Recurrence, type Rule } from './index.js';
import { allBetween } from './testing/reference.js';
import { blackouts, policies, rules, sparseRules } from './testing/rules.js';
import { allZones, transitionsOf } from './testing/zones.js';

/** Questions put to both; `RECURRENCE_CASES` asks more of them. */
// oxlint-disable-next-line house/pure -- how long to search is for whoever runs the test to say
const CASES = Number(process.env['RECURRENCE_CASES'] ?? 40_000);
/** Of one draw: so many expected instants are asked for one by one, and so many probes in between. */
const ASKED = 24;
const HOUR = 3_600_000;

const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });

const drawOf = (rule: typeof rules) =>
  fc.record({
    rule,
    policy: policies,
    blackouts,
    zone: fc.constantFrom(...allZones),
    transition: fc.nat(),
    start: fc.option(fc.double({ min: 0, max: 0.5, noNaN: true }), { nil: undefined, freq: 3 }),
    end: fc.option(fc.double({ min: 0.5, max: 1, noNaN: true }), { nil: undefined, freq: 3 }),
    excluded: fc.subarray([-1, 0, 1], { maxLength: 2 }),
    fractions,
  });

type Draw = ReturnType<typeof drawOf> extends fc.Arbitrary<infer T> ? T : never;
type Window = { readonly from: number; readonly to: number; readonly middle: number };

/** Days around one of the zone's transitions, four unless told; around an ordinary day where it has none. */
function windowOf({ zone, transition }: Draw, hours = 46): Window {
  const transitions = transitionsOf(zone);
  const middle = transitions[transition % Math.max(transitions.length, 1)] ?? (transition % 2e9) * 1_000;
  return { from: Math.max(middle - 50 * HOUR, 0), to: middle + hours * HOUR, middle };
}

function recurrenceOf(drawn: Draw, { from, to, middle }: Window): Recurrence {
  const date = (days: number): string =>
    Temporal.Instant.fromEpochMilliseconds(middle + days * 24 * HOUR)
      .toZonedDateTimeISO(drawn.zone)
      .toPlainDate()
      .toString();
  const within = (fraction: number): number => Math.floor(from + fraction * (to - from));
  // One monthly rule in three names the very date on which the clocks change: chance seldom would.
  const rule: Rule =
    drawn.rule.frequency === 'monthly' && drawn.transition % 3 === 0
      ? { ...drawn.rule, days: [Number(date(0).slice(-2))] }
      : drawn.rule;
  return {
    ...rule,
    ...drawn.policy,
    zone: drawn.zone,
    blackouts: drawn.blackouts,
    // One draw in eight names excluded dates: else nearly every window would have lost its interesting night.
    excludedDates: drawn.transition % 8 === 0 ? drawn.excluded.map(date) : [],
    spreadMs: 0,
    ...(drawn.start === undefined ? {} : { start: within(drawn.start) }),
    ...(drawn.end === undefined ? {} : { end: within(drawn.end) }),
  };
}

/** Compares over one window, and returns how many questions that were. */
function compare(drawn: Draw, window = windowOf(drawn)): number {
  const { from, to } = window;
  const recurrence = recurrenceOf(drawn, window);
  const expected = allBetween(recurrence, from, to);
  expect(between(recurrence, from, to, Infinity)).toEqual({ instants: expected, more: false });
  expect(latest(recurrence, to, from)).toBe(expected.at(-1));
  expect(countBetween(recurrence, from, to, 1_000_000).count).toBe(expected.length);
  const probes = [
    ...expected.slice(0, ASKED).flatMap((instant) => [instant - 1, instant]),
    ...drawn.fractions.map((fraction) => Math.floor(from + fraction * (to - from))),
  ];
  for (const after of probes) {
    const first = expected.find((instant) => instant > after);
    const found = next(recurrence, after);
    // Past the window's last one the reference knows only that the next lies beyond it.
    if (first === undefined) expect(found === undefined || found > to).toBe(true);
    else expect(found).toBe(first);
  }
  return expected.length + probes.length + 2;
}

test('given any rule in any zone, near any change of its clocks, every occurrence is the reference’s', () => {
  const questions = { asked: 0 };
  for (let seed = 1; questions.asked < CASES; seed += 1) {
    fc.assert(
      fc.property(drawOf(rules), (drawn) => {
        questions.asked += compare(drawn);
      }),
      { seed, numRuns: 200 },
    );
  }
  expect(questions.asked).toBeGreaterThanOrEqual(CASES);
}, 3_600_000);

test('given rules of few dates, every occurrence of the six years after a change of clocks is the reference’s', () => {
  fc.assert(
    fc.property(drawOf(sparseRules), (drawn) => {
      expect(compare(drawn, windowOf(drawn, 6 * 8_766))).toBeGreaterThan(0);
    }),
    { seed: 1, numRuns: 300 },
  );
});

const sweep: Recurrence = {
  frequency: 'daily',
  times: [
    '00:00',
    '00:30',
    '01:00',
    '01:30',
    '02:00',
    '02:15',
    '02:30',
    '03:00',
    '09:00',
    '23:30',
    '23:59:59',
  ],
  zone: 'UTC',
  excludedDates: [],
  blackouts: [],
  gap: 'shift',
  fold: 'first',
  spreadMs: 0,
};

test('given every zone, its biggest forward and backward changes agree with the reference under every policy', () => {
  for (const zone of allZones) {
    const offset = (instant: number): number =>
      Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds;
    const shifts = transitionsOf(zone).map((at) => ({ at, shift: offset(at) - offset(at - 1) }));
    shifts.sort((a, b) => a.shift - b.shift);
    for (const at of new Set([shifts[0]?.at, shifts.at(-1)?.at])) {
      if (at === undefined) continue;
      for (const [gap, fold] of [
        ['shift', 'first'],
        ['skip', 'last'],
        ['shift', 'both'],
      ] as const) {
        const recurrence = { ...sweep, zone, gap, fold };
        const [from, to] = [Math.max(at - 40 * HOUR, 0), at + 40 * HOUR];
        const { instants } = between(recurrence, from, to, Infinity);
        expect({ zone, instants }).toEqual({ zone, instants: allBetween(recurrence, from, to) });
      }
    }
  }
});
