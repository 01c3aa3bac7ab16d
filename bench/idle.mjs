// At rest: 10 schedules due each second while 100,000 others wait. How late do runs start, and is any early? A start comes
// after one commit; what one write and fdatasync take in the middle of each of those seconds is shown beside it. Of the
// first five seconds only early starts are counted: a service that is up has had runs before.
import { execFileSync } from 'node:child_process';
import {
  brief,
  caughtUp,
  createSchedules,
  dueAt,
  folder,
  openEngine,
  percentiles,
  remove,
  syncProbe,
  unlimited,
  wall,
} from './rig.mjs';

export const name = 'idle';
export const title = 'lateness at rest: 10 due each second for 20 s, 100,000 others present';

/** Milliseconds of a write and a sync, once a second between two bursts, as long as the measure lasts. */
async function syncs(probe, first, seconds) {
  const took = [];
  for (let second = 0; second < seconds; second += 1) {
    await new Promise((resolve) => setTimeout(resolve, first + second * 1_000 + 500 - Date.now()));
    took.push(probe.once());
  }
  return took;
}

const BEFORE = 5;

export async function measure({ others = 100_000, seconds = 20 } = {}) {
  const path = folder();
  const lateness = [];
  let early = 0;
  const dueOf = new Map();
  let counted = Number.POSITIVE_INFINITY;
  const syncEngine = {
    async sync(task) {
      const due = dueOf.get(task.connection);
      if (due !== undefined) {
        const late = wall() - due;
        if (late < 0) early += 1;
        if (due >= counted) lateness.push(late);
      }
      return { kind: 'succeeded', counts: { read: 0, written: 0, rejected: 0 } };
    },
  };
  const engine = await openEngine(path, { syncEngine });
  try {
    await engine.start();
    await unlimited(engine);
    const far = Date.now() + 40 * 86_400_000;
    await createSchedules(engine, others, (index) => dueAt(index, far + index));
    const first = Math.ceil((Date.now() + 10_000) / 1_000) * 1_000;
    counted = first + BEFORE * 1_000;
    await createSchedules(engine, (BEFORE + seconds) * 10, (index) => {
      const at = first + Math.floor(index / 10) * 1_000;
      dueOf.set(`connection-idle-${index}`, at);
      return dueAt(index, at, { connection: `connection-idle-${index}`, user: `idle-${index}` });
    });
    await caughtUp(engine);
    const probe = syncProbe(path);
    // At rest is not while the kernel writes out what creating them has left.
    execFileSync('sync');
    const probes = await syncs(probe, first, BEFORE + seconds);
    probe.close();
    return {
      others,
      latenessMs: percentiles(lateness),
      early,
      'one write and sync, ms': brief(probes),
    };
  } finally {
    await engine.stop();
    remove(path);
  }
}
