import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { LONGEST_SLEEP, type Clock, type Environment, type Timers } from '#lib/ports';

/** The machine's own clocks. Wall time with a fraction of a millisecond, read anew on each call. */
export const systemClock: Clock = {
  // performance.timeOrigin is fixed at start: adding to it would not follow a stepped wall clock.
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

export const systemTimers: Timers = {
  after(delay, callback) {
    // Rounded up: a fraction would be cut off, and the timer fire early.
    const timer = setTimeout(callback, Math.min(Math.max(Math.ceil(delay), 0), LONGEST_SLEEP));
    return () => clearTimeout(timer);
  },
  soon(callback) {
    setImmediate(callback);
  },
};

export const systemEnvironment: Environment = {
  clock: systemClock,
  timers: systemTimers,
  random: { fraction: () => Math.random() },
  ids: { next: () => randomUUID() },
};
