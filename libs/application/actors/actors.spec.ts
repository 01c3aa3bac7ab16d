import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scheduleStream } from '#lib/contracts/streams';
import { HOUR } from '#lib/domain/kernel';
import { definition, T0 } from '#lib/domain/testing';
import { MemoryEventStore } from '#lib/event-store/memory';
import { storeUnavailable } from '#lib/event-store/port';
import type { Environment } from '#lib/ports';
import { stillTime } from '#lib/ports/testing';
import { Actors, isCommandOutage, scheduleAggregate, type CommandAnswer } from './index.js';

const STREAM = scheduleStream('s1');
const context = { tenant: 'default', actor: 'api:test', correlation: 'c-1' };

const environment = (): Environment => stillTime(T0 + HOUR / 2);

const process = (store: MemoryEventStore, surroundings = environment(), more = {}): Actors =>
  new Actors({ store, environment: surroundings, capacity: 100, snapshotEvery: 5, ...more });

const create = (actors: Actors): Promise<CommandAnswer<object>> =>
  actors.execute(
    scheduleAggregate,
    STREAM,
    {
      type: 'CreateSchedule',
      id: 's1',
      definition: definition({ overlap: 'allow_all' }),
    },
    context,
  );

const trigger = (actors: Actors, request: string, more = {}): Promise<CommandAnswer<object>> =>
  actors.execute(scheduleAggregate, STREAM, { type: 'TriggerRun', request }, { ...context, ...more });

/** Manual runs in the log, in order. */
const runs = async (store: MemoryEventStore): Promise<readonly string[]> =>
  (await store.readStream(STREAM))
    .filter(({ type }) => type === 'RunQueued')
    .map(({ data }) => (data as { run: string }).run.replace('s1.m.', ''));

describe('commands for one schedule, from two processes at once', () => {
  test('each have their effect once, whatever appends are refused, lost or stored without an answer', async () => {
    const fate = fc.constantFrom('stored', 'stored', 'stored', 'refused', 'unanswered');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        async (fates, count) => {
          let at = 0;
          const next = (): string => fates[at++ % fates.length] ?? 'stored';
          let now = 'stored';
          const faults = {
            beforeAppend: () => ((now = next()) === 'refused' ? storeUnavailable('refused') : undefined),
            afterAppend: () => (now === 'unanswered' ? storeUnavailable('no answer') : undefined),
          };
          const clean = new MemoryEventStore();
          await create(process(clean));
          const store = new MemoryEventStore({ log: clean.log, faults });
          const surroundings = environment();
          // Ids go on where the first process's ended.
          for (let n = 0; n < 10; n += 1) surroundings.ids.next();
          const processes = [0, 1].map(() => process(store, surroundings, { shared: true }));
          const asked = Array.from({ length: count }, (_, n) => `r${n}`);
          const answers = await Promise.all(
            asked.map((request, n) =>
              trigger(processes[n % 2]!, request).then(
                (answer) => (answer.ok ? 'done' : answer.rejection.reason),
                (error: unknown) => (isCommandOutage(error) ? 'outage' : Promise.reject(error as Error)),
              ),
            ),
          );
          const found = await runs(store);
          expect(new Set(found).size).toBe(found.length);
          for (const [n, request] of asked.entries()) {
            // An outage is no answer: it may have happened. Everything else is.
            if (answers[n] === 'done') expect(found).toContain(request);
            else expect(answers[n]).toBe('outage');
          }
          // Asked again where there was no answer, everything is there, once.
          const later = process(new MemoryEventStore({ log: clean.log }), surroundings);
          for (const request of asked) expect((await trigger(later, request)).ok).toBe(true);
          expect((await runs(store)).toSorted()).toEqual(asked.toSorted());
        },
      ),
      { numRuns: 500 },
    );
  });

  test('where one lags behind, it refuses nothing because of what is over', async () => {
    const store = new MemoryEventStore();
    const surroundings = environment();
    const [first, second] = [0, 1].map(() => process(store, surroundings, { shared: true }));
    await create(first!);
    await trigger(second!, 'r1');
    await first!.execute(scheduleAggregate, STREAM, { type: 'CancelRun', run: 's1.m.r1' }, context);
    const next = { type: 'TriggerRun', request: 'r2', overlap: 'skip' } as const;
    expect(await second!.execute(scheduleAggregate, STREAM, next, context)).toMatchObject({ ok: true });
  });
});

describe('a stream that is begun without being read', () => {
  test('and is there already, is decided on what it holds', async () => {
    const store = new MemoryEventStore();
    await create(process(store));
    const surroundings = environment();
    surroundings.ids.next();
    const answer = await process(store, surroundings).begin(
      scheduleAggregate,
      STREAM,
      { type: 'CreateSchedule', id: 's1', definition: definition() },
      context,
    );
    expect(answer).toMatchObject({ ok: false, rejection: { reason: 'schedule_exists' } });
    expect(await store.readStream(STREAM)).toHaveLength(1);
  });
});

describe('an idempotency key', () => {
  const key = { idempotency: { key: 'k1', fingerprint: 'f1' } };

  test('that was used is answered like the first time, also by a process that starts from a snapshot', async () => {
    const store = new MemoryEventStore();
    const actors = process(store);
    await create(actors);
    const first = await trigger(actors, 'r1', key);
    for (const n of [2, 3, 4, 5, 6]) await trigger(actors, `r${n}`);
    const again = await trigger(process(store), 'r1', key);
    expect(first).toMatchObject({ ok: true, repeated: false });
    expect(again).toMatchObject({ ok: true, repeated: true });
    if (first.ok && again.ok)
      expect([again.revision, again.position]).toEqual([first.revision, first.position]);
  });

  test('that was used for another request is refused', async () => {
    const actors = process(new MemoryEventStore());
    await create(actors);
    await trigger(actors, 'r1', key);
    const answer = await trigger(actors, 'r2', { idempotency: { key: 'k1', fingerprint: 'f2' } });
    expect(answer).toMatchObject({ ok: false, rejection: { reason: 'idempotency_key_reused' } });
  });
});

test('another tenant’s schedule is not there, in the words of one that is not', async () => {
  const actors = process(new MemoryEventStore());
  const none = await trigger(actors, 'r1', { tenant: 'other' });
  await create(actors);
  expect(await trigger(actors, 'r1', { tenant: 'other' })).toEqual(none);
  expect(none).toMatchObject({ ok: false, rejection: { reason: 'schedule_not_found' } });
});

test('when closing, what was asked is answered and nothing new is taken', async () => {
  const actors = process(new MemoryEventStore());
  const asked = create(actors);
  const closed = actors.close();
  await expect(trigger(actors, 'r1')).rejects.toMatchObject({ code: 'shutting_down' });
  expect(await asked).toMatchObject({ ok: true });
  await closed;
});
