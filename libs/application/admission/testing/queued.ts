import { MINUTE } from '#lib/domain/kernel';
import type { Admission, NewRun } from '../index.js';

/** Wide enough for any test here: only one run of a connection at a time. */
export const limits = { global: 100, connection: 1, ageingMs: MINUTE };

let serial = 0;
/** Of a schedule, user and connection of its own. */
export const queued = (overrides: Partial<NewRun> = {}): NewRun => {
  serial += 1;
  return {
    run: `run-${serial}`,
    schedule: `${serial}`,
    stream: `schedule-${serial}`,
    tenant: 'default',
    user: `user-${serial}`,
    connection: `connection-${serial}`,
    provider: 'anything',
    priority: 'normal',
    attempt: 1,
    queuedAt: 0,
    ...overrides,
  };
};
/** As many as may start, in their order. */
export const admitAll = (admission: Admission, now = 0) => {
  const admitted = [];
  for (let next = admission.admit(now); next !== undefined; next = admission.admit(now)) admitted.push(next);
  return admitted;
};
