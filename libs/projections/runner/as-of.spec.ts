import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { RecordedEvent } from '#lib/event-store/port';
import { LogStore } from '../testing/log-store.js';
import { Log } from '../testing/log.js';
import { modelOf } from '../testing/model.js';
import { randomLog, steps } from '../testing/random-log.js';
import { definitionOf } from '../testing/samples.js';
import { scheduleAsOf } from './as-of.js';

const decode = (event: RecordedEvent): RecordedEvent => event;
const asOf = (log: Log, at: number, schedule = 's1', tenant = 'default') =>
  scheduleAsOf({ store: new LogStore(log), tenant, schedule, at, decode });

/** What was there at an instant. */
function until(log: Log, at: number): Log {
  const then = new Log(at);
  then.events.push(...log.events.filter(({ metadata }) => metadata.at <= at));
  return then;
}

test('given any log, a schedule as of any instant is what a live read model had of it then', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(1_000), async (plan, share) => {
      const log = randomLog(plan);
      const instants = [...new Set(log.events.map(({ metadata }) => metadata.at))];
      const at = instants[Math.floor((share / 1_001) * instants.length)] ?? 0;
      const live = modelOf(until(log, at));
      for (const schedule of ['s-0', 's-1', 's-2', 's-3', 's-4'])
        expect(await asOf(log, at, schedule)).toEqual(live.schedule('default', schedule));
    }),
    { numRuns: 60 },
  );
});

test('given a schedule with more events than are read at once, its state between any two of them is found', async () => {
  const log = new Log(0).schedule('s1', {
    type: 'ScheduleCreated',
    data: { id: 's1', definition: definitionOf() },
  });
  for (let at = 1; at <= 1_200; at += 1)
    log
      .at(at)
      .schedule('s1', { type: 'ScheduleUpdated', data: { changes: { name: `n${at}` }, generation: 1 } });
  for (const at of [1, 498, 499, 500, 501, 1_000, 1_199])
    expect(await asOf(log, at + 0.5)).toMatchObject({ name: `n${at}`, version: at + 1, revision: at });
});

test('given a schedule of another tenant, or one that came later, there is none', async () => {
  const created = { type: 'ScheduleCreated', data: { id: 's1', definition: definitionOf() } } as const;
  const log = new Log(1_000).schedule('s1', created, { tenant: 'acme' });
  expect(await asOf(log, 2_000)).toBeUndefined();
  expect(await asOf(log, 999, 's1', 'acme')).toBeUndefined();
  expect(await asOf(log, 1_000, 's1', 'acme')).toMatchObject({ id: 's1', status: 'active' });
});
