// One user with 10,000 schedules due at an instant and 99 others with one each, due with them and defined last: how late
// the 99 start, against the time until all is drained. The many are one tenant's; the others are tenants of their own.
// Beside it BullMQ with a single queue, which serves in the order of arrival.
// Misleads: with work that takes no time nobody waits for long; the ratio is what says something, not the milliseconds.
import { execFileSync } from 'node:child_process';
import { enter, ratio, turns, versions } from './contenders.mjs';
import {
  brief,
  caughtUp,
  context,
  createSchedules,
  dueAt,
  folder,
  openEngine,
  remove,
  unlimited,
  wall,
} from './rig.mjs';
import { Tally } from './peers/clock.mjs';

export const name = 'fairness';
export const title = 'one tenant with 10,000 due, 99 tenants with one: lateness of the 99 against the drain';
export const settings = () => ({ versions: versions() });

const counts = { read: 0, written: 0, rejected: 0 };

const create = (engine, tenant, define, count) =>
  createSchedules(engine, count, define, 500, { ...context, tenant });

async function ours(many, few) {
  execFileSync('sync');
  const path = folder();
  let tally = new Tally();
  const syncEngine = {
    async sync(task) {
      tally.started(0, task.tenant !== 'many');
      return { kind: 'succeeded', counts };
    },
  };
  const engine = await openEngine(path, { syncEngine });
  try {
    await engine.start();
    await unlimited(engine);
    const due = Math.ceil((Date.now() + 4_000 + many / 2) / 1_000) * 1_000;
    tally = new Tally(due);
    // All of one user's: whoever hands out turns by user and tenant sees one, and 99 more.
    const streams = await create(engine, 'many', (n) => dueAt(n, due, { user: 'user-of-many' }), many);
    for (let n = 0; n < few; n += 1)
      streams.push(...(await create(engine, `few-${n}`, () => dueAt(n, due), 1)));
    await caughtUp(engine);
    if (wall() > due) throw new Error('creating took until after the instant; the machine is too busy');
    engine.observers.listen((event) => {
      if (event.type === 'RunSucceeded') tally.ended(event.stream);
    });
    const last = await tally.until(many + few);
    if (last === null) throw new Error(`only ${tally.over} of ${many + few} were over after ten minutes`);
    tally.prove(streams);
    return { drainedMs: Math.round(last - due), latenessMs: brief(tally.few) };
  } finally {
    await engine.stop();
    remove(path);
  }
}

async function bullmq(many, few) {
  const { producer, worker, stop } = await enter('BullMQ always');
  try {
    const due = Math.ceil((Date.now() + 4_000 + many / 2) / 1_000) * 1_000;
    await producer.call('schedule', { count: many, due });
    await producer.call('schedule', { count: few, due, first: many, few: true });
    await worker.call('work', { due });
    if (Date.now() > due) throw new Error('creating took until after the instant; the machine is too busy');
    const { last, few: late } = await worker.call('drained', { count: many + few });
    await worker.call('prove', { count: many + few });
    return { drainedMs: Math.round(last - due), latenessMs: brief(late) };
  } finally {
    await stop();
  }
}

export async function measure({ schedules = 10_000, others = 99, round } = {}) {
  const results = {};
  const each = { ours, 'BullMQ, one queue': bullmq };
  for (const who of turns(Object.keys(each), round)) results[who] = await each[who](schedules, others);
  for (const result of Object.values(results))
    result['p99 of the others to the drain'] = ratio(result.latenessMs.p99, result.drainedMs);
  return results;
}
