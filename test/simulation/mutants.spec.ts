import { expect, it } from '@jest/globals';
import type { NewEvent } from '#lib/event-store/port';
import type { Property } from '../support/faults/checker.js';
import type { Mutate } from './faulty-store.js';
import type { FaultKind } from './troubles.js';
import { simulate } from './simulate.js';

const again = (event: NewEvent): NewEvent => ({ ...event, id: event.id.replace(/^0/, 'a') });
const doubled =
  (type: string): Mutate =>
  (events) =>
    events.flatMap((event) => (event.type === type ? [event, again(event)] : [event]));
const without =
  (type: string): Mutate =>
  (events) =>
    events.filter((event) => event.type !== type);
const early =
  (type: string): Mutate =>
  (events) =>
    events.map((event) =>
      event.type === type
        ? { ...event, metadata: { ...event.metadata, at: event.metadata.at - 5_000 } }
        : event,
    );
/** Of one schedule: its first decision is kept, so that it is known to be alive. */
const neverDecided: Mutate = (events) =>
  events.some(
    ({ type, data }) =>
      type === 'OccurrenceSkipped' || (type === 'RunQueued' && 'nominal' in (data as object)),
  )
    ? []
    : events;
const endless: Mutate = (events) =>
  events.filter(({ type }) => !/^Run(Failed|Succeeded|Abandoned)$/.test(type));
const lost: Mutate = (events) => (events[0]?.type === 'SchedulePaused' ? undefined : events);

/** Defects, and the property that must name each. */
const mutants: readonly (readonly [string, Property, Mutate, (readonly FaultKind[])?])[] = [
  ['an occurrence decided twice', 'P1', doubled('OccurrenceSkipped')],
  ['an occurrence run twice', 'P1', doubled('RunQueued')],
  ['a decision ahead of its time', 'P2', early('RunQueued')],
  ['a claim granted twice', 'P8', doubled('RunStarted')],
  ['a claim granted, and not recorded', 'P8', without('RunStarted')],
  ['an acknowledged pause that is lost', 'P13', lost],
  ['a success that is never recorded', 'P21', without('RunSucceeded')],
  ['an attempt that ends twice', 'P22', doubled('RunSucceeded')],
  ['a run that ends twice', 'P26', doubled('RunSucceeded')],
  ['occurrences that are never decided', 'P27', neverDecided],
  ['a run given up twice', 'P26', doubled('RunAbandoned'), ['provider', 'oversized']],
  ['a start that never ends', 'P21', endless],
];

/** A story may pass by without what the defect is about: then the next one is told. */
const SEEDS = 8;

it.each(mutants)('%s is seen as %s', async (_name, property, mutate, kinds = ['clients']) => {
  const named = new Set<Property>();
  for (let seed = 5; seed < 5 + SEEDS && !named.has(property); seed += 1) {
    const told = await simulate({ seed, mode: 'embedded', days: 2, schedules: 4, kinds, mutate });
    for (const { property: blamed, violations } of told.findings)
      if (violations.length > 0) named.add(blamed);
  }
  expect([...named]).toContain(property);
});
