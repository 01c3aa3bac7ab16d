import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { RecordedEvent } from '#lib/event-store/port';
import { hashReadModel } from '../store/hash.js';
import { openFile } from '../store/read-model-file.js';
import { layout } from '../store/rows.js';
import { Log } from '../testing/log.js';
import { modelOf } from '../testing/model.js';
import { randomLog, steps } from '../testing/random-log.js';
import { definitionOf } from '../testing/samples.js';
import { Applier } from './applier.js';

/** Applies a log in batches of given sizes; `restart` closes the file, `replay` delivers events again. */
type Delivery = {
  readonly size: number;
  readonly after: 'flush' | 'keep' | 'restart' | 'lose';
  readonly replay: number;
};

const deliveries = fc.array(
  fc.record<Delivery>({
    size: fc.integer({ min: 1, max: 15 }),
    after: fc.constantFrom('flush', 'keep', 'restart', 'lose'),
    replay: fc.nat(8),
  }),
  { minLength: 1, maxLength: 12 },
);

const decode = (event: RecordedEvent): RecordedEvent => {
  if (event.metadata.actor === 'broken') throw new Error('malformed');
  return event;
};

function deliver(path: string, log: Log, plan: readonly Delivery[]) {
  let db = openFile(path, layout);
  let applier = new Applier(db, decode, () => 0);
  for (let turn = 0; applier.applied < log.head; turn += 1) {
    const { size, after, replay } = plan[turn % plan.length] as Delivery;
    const from = Math.max(0, applier.applied - replay);
    applier.apply(log.events.slice(from, applier.applied + size));
    // Losing what was not written must not go on for ever.
    if (after === 'flush' || after === 'restart' || turn > 200) applier.flush();
    if (after === 'restart') {
      db.close();
      db = openFile(path, layout);
      applier = new Applier(db, decode, () => 0);
    }
    if (after === 'lose' && turn % 7 === 0) applier.reset();
  }
  applier.flush();
  const hash = hashReadModel(db);
  db.close();
  return hash;
}

describe('an applier', () => {
  it('gives the same bytes however the log is cut, repeated, or interrupted', () => {
    const folder = mkdtempSync(join(tmpdir(), 'projections-'));
    let file = 0;
    fc.assert(
      fc.property(steps, deliveries, (plan, delivery) => {
        const log = randomLog(plan);
        const whole = hashReadModel(modelOf(log, decode).db);
        expect(deliver(join(folder, `${(file += 1)}.db`), log, delivery)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
    rmSync(folder, { recursive: true });
  });

  it('gives a rebuilt prefix what was there at that prefix', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (plan, cut) => {
        const log = randomLog(plan);
        const db = openFile(':memory:', layout);
        const applier = new Applier(db, decode, () => 0);
        const at = cut % log.events.length;
        applier.apply(log.events, 0, at);
        applier.flush();
        const before = hashReadModel(db).sha256;
        const prefix = new Log();
        prefix.events.push(...log.events.slice(0, at));
        expect(hashReadModel(modelOf(prefix, decode).db).sha256).toBe(before);
      }),
      { numRuns: 25 },
    );
  });
});

describe('an event that cannot be read', () => {
  const log = new Log()
    .schedule('s', { type: 'ScheduleCreated', data: { id: 's', definition: definitionOf() } })
    .schedule('s', { type: 'SchedulePaused', data: { cause: 'request' } }, { actor: 'broken' })
    .schedule('s', { type: 'ScheduleUpdated', data: { changes: { name: 'later' }, generation: 1 } });

  it('is parked with its reason, and the next one is taken', () => {
    const model = modelOf(log, decode);
    expect(model.parked()).toMatchObject([
      { projection: 'decode', position: 2, eventType: 'SchedulePaused', reason: 'Error: malformed' },
    ]);
    expect(model.schedule('default', 's')).toMatchObject({ name: 'later', status: 'active' });
  });

  it('shows in the schedule as a gap of its stream', () => {
    expect(modelOf(log, decode).schedule('default', 's')).toMatchObject({ revision: 2, gaps: 1 });
  });
});

describe('an event that one projection throws on', () => {
  it('is parked for that one only, with nothing of it left behind', () => {
    const log = new Log().schedule('s', {
      type: 'ScheduleCreated',
      data: { id: 's', definition: definitionOf() },
    });
    // No definition at all: past the decoder, it breaks the fold of `sync_schedules`.
    log.schedule('t', { type: 'ScheduleCreated', data: { id: 't' } } as never, { wakeAt: 5 });
    log.schedule('u', { type: 'ScheduleCreated', data: { id: 'u', definition: definitionOf() } });
    const model = modelOf(log);
    expect(model.parked().map(({ projection, position }) => [projection, position])).toEqual([
      ['sync_schedules', 2],
    ]);
    expect(model.schedules('default').items.map(({ id }) => id)).toEqual(['s', 'u']);
    expect(model.wakeUpsBefore(10, 10)).toEqual([{ schedule: 't', tenant: 'default', wakeAt: 5 }]);
  });
});
