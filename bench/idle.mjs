// At rest: 10 schedules due each second while 100,000 others wait. How late do runs start, and is any early?
import {
  caughtUp,
  createSchedules,
  dueAt,
  folder,
  openEngine,
  percentiles,
  remove,
  unlimited,
  wall,
} from './rig.mjs';

export const name = 'idle';
export const title = 'lateness at rest: 10 due each second for 20 s, 100,000 others present';

export async function measure({ others = 100_000, seconds = 20 } = {}) {
  const path = folder();
  const lateness = [];
  const dueOf = new Map();
  const syncEngine = {
    async sync(task) {
      const due = dueOf.get(task.connection);
      if (due !== undefined) lateness.push(wall() - due);
      return { kind: 'succeeded', counts: { read: 0, written: 0, rejected: 0 } };
    },
  };
  const engine = await openEngine(path, { syncEngine });
  try {
    await engine.start();
    await unlimited(engine);
    const far = Date.now() + 40 * 86_400_000;
    await createSchedules(engine, others, (index) => dueAt(index, far + index));
    const first = Math.ceil((Date.now() + 3_000) / 1_000) * 1_000;
    await createSchedules(engine, seconds * 10, (index) => {
      const at = first + Math.floor(index / 10) * 1_000;
      dueOf.set(`connection-idle-${index}`, at);
      return dueAt(index, at, { connection: `connection-idle-${index}`, user: `idle-${index}` });
    });
    await caughtUp(engine);
    await new Promise((resolve) => setTimeout(resolve, first + seconds * 1_000 + 500 - Date.now()));
    return { others, latenessMs: percentiles(lateness), early: lateness.filter((value) => value < 0).length };
  } finally {
    await engine.stop();
    remove(path);
  }
}
