import { HOUR, MINUTE, SECOND } from '#lib/domain/kernel';
import { schedule } from '#lib/domain/schedule';
import { scenario } from './scenario.js';
import { advance, create, hourlyRun, reported, start, T0 } from './schedules.js';
export const given = scenario(schedule);
/** The first run of an hourly schedule, and when it is due. */ export const run = hourlyRun(1);
export const due = T0 + HOUR;
export const retry = {
    maxAttempts: 3,
    baseMs: 10 * SECOND,
    factor: 2,
    capMs: MINUTE,
    jitter: 'none',
    budgetMs: HOUR,
    retryAfterCapMs: HOUR
};
export const started = (overrides = {})=>given.run(create({
        retry,
        ...overrides
    }), advance(due), start(run, due));
export const report = (outcome, fence, now, attempt = 1)=>reported(run, outcome, fence, now, attempt);

//# sourceMappingURL=first-run.js.map