import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { policyDefaults, type ScheduleDefinition } from '#lib/domain/schedule';
import { definition } from '#lib/domain/testing';
import { currentData, storedData } from './index.js';

const stored = (whole: ScheduleDefinition): { readonly definition: object } =>
  storedData('ScheduleCreated', { id: 's1', definition: whole }) as { definition: object };
const read = (data: object, version: number): object => currentData('ScheduleCreated', version, data);

/** Each part as it is assumed, nearly so, or anything. */
const whole: fc.Arbitrary<ScheduleDefinition> = fc
  .record(
    {
      name: fc.string(),
      maxRuns: fc.nat(),
      priority: fc.constantFrom('low', 'normal', 'high', 'critical'),
      overlap: fc.constantFrom('skip', 'buffer_one', 'allow_all'),
      bufferCap: fc.constantFrom(100, 99),
      catchUp: fc.constantFrom<ScheduleDefinition['catchUp']>(
        policyDefaults.catchUp,
        { ...policyDefaults.catchUp },
        { ...policyDefaults.catchUp, cap: 1 },
      ),
      retry: fc.constantFrom({ ...policyDefaults.retry }, { ...policyDefaults.retry, factor: 1 }),
      retryVersusNext: fc.constantFrom('merge', 'replace'),
      snooze: fc.record({ max: fc.constantFrom(20, 0), totalMs: fc.constantFrom(604_800_000, 0) }),
      autoPause: fc.record({ failures: fc.constantFrom(30, 0), days: fc.constantFrom(7, 1) }),
      timeoutMs: fc.constantFrom(600_000, 1),
    },
    { requiredKeys: [] },
  )
  .chain((parts) =>
    fc
      .record({
        gap: fc.constantFrom<'shift' | 'skip'>('shift', 'skip'),
        spreadMs: fc.constantFrom(0, 1),
        excludedDates: fc.constantFrom<readonly string[]>([], ['2027-01-01']),
      })
      .map((more) => {
        const base = definition();
        return { ...base, ...parts, recurrence: { ...base.recurrence, ...more } } as ScheduleDefinition;
      }),
  );

describe('a schedule’s definition in the log', () => {
  test('is read back as it was, whichever parts of it are assumed', () => {
    fc.assert(
      fc.property(whole, (given) => {
        const written = JSON.parse(JSON.stringify(stored(given))) as object;
        expect(read(written, 2)).toEqual({ id: 's1', definition: given });
      }),
    );
  });

  test('holds no policy that nobody chose', () => {
    const { name: _, ...plain } = definition();
    expect(Object.keys(stored({ ...plain, ...policyDefaults }).definition).sort()).toEqual([
      'connection',
      'operation',
      'provider',
      'recurrence',
      'user',
    ]);
  });

  test('of version 1, with everything written out, means what it says', () => {
    const given = { ...definition(), timeoutMs: 1, priority: 'low' as const };
    expect(read({ id: 's1', definition: given }, 1)).toEqual({ id: 's1', definition: given });
  });
});
