// All schedules due at one instant: lateness of each run's start, and how long until all have ended, durably.
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

export const name = 'herd';
export const title = '10,000 schedules due at one instant, embedded';

export async function measure({ schedules = 10_000 } = {}) {
  const path = folder();
  const lateness = [];
  let due = 0;
  let done;
  const syncEngine = {
    async sync() {
      lateness.push(wall() - due);
      return { kind: 'succeeded', counts: { read: 0, written: 0, rejected: 0 } };
    },
  };
  const engine = await openEngine(path, { syncEngine });
  try {
    await engine.start();
    await unlimited(engine);
    // Far enough ahead for all to be created; then everybody waits.
    const creating = Math.max(4_000, schedules / 2);
    due = Math.ceil((Date.now() + creating) / 1_000) * 1_000;
    const create = wall();
    await createSchedules(engine, schedules, (index) => dueAt(index, due));
    const createMs = wall() - create;
    await caughtUp(engine);
    if (wall() > due)
      throw new Error(
        `creating took until ${Math.round(wall() - due)} ms after the instant; the machine is too busy`,
      );
    let ended = 0;
    const finished = new Promise((resolve) => (done = resolve));
    const cpu = process.cpuUsage();
    engine.observers.listen((event) => {
      if (event.type === 'RunSucceeded' && ++ended === schedules) done(wall());
    });
    const drainedMs = (await finished) - due;
    const used = process.cpuUsage(cpu);
    const early = lateness.filter((value) => value < 0).length;
    return {
      schedules,
      'creates/s': Math.round((schedules / createMs) * 1_000),
      'runs/s': Math.round((schedules / drainedMs) * 1_000),
      drainedMs: Math.round(drainedMs),
      latenessMs: percentiles(lateness),
      early,
      cpuMicrosPerRun: Math.round((used.user + used.system) / schedules),
      events: engine.store.diagnostics().events,
      bytesPerEvent: Math.round(engine.store.diagnostics().fileBytes / engine.store.diagnostics().events),
    };
  } finally {
    await engine.stop();
    remove(path);
  }
}
