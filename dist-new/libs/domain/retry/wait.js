import { DAY, HOUR, MINUTE, SECOND } from '../kernel/index.js';
/** The wait where the provider named none. */ const usual = {
    RATE_LIMITED: MINUTE,
    QUOTA_EXHAUSTED: HOUR,
    DATA_NOT_READY: HOUR
};
export const isWaitClass = (value)=>typeof value === 'string' && Object.hasOwn(usual, value);
/** How long a snooze lasts, 1 s … 24 h: `Retry-After: 0` must not spin, and no answer may park a run for good. */ export const waitOf = (errorClass, asked)=>Math.min(Math.max(asked ?? usual[errorClass], SECOND), DAY);

//# sourceMappingURL=wait.js.map