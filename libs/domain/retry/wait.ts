import { DAY, HOUR, MINUTE, SECOND, type Millis } from '../kernel/index.js';
import type { ErrorClass } from './error-class.js';

/** What is not a failure but a matter of time: the run is snoozed, and uses up no attempt. */
export type WaitClass = Extract<ErrorClass, 'RATE_LIMITED' | 'QUOTA_EXHAUSTED' | 'DATA_NOT_READY'>;

/** The wait where the provider named none. */
const usual: Readonly<Record<WaitClass, Millis>> = {
  RATE_LIMITED: MINUTE,
  QUOTA_EXHAUSTED: HOUR,
  DATA_NOT_READY: HOUR,
};

export const isWaitClass = (value: unknown): value is WaitClass =>
  typeof value === 'string' && Object.hasOwn(usual, value);

/** How long a snooze lasts, 1 s … 24 h: `Retry-After: 0` must not spin, and no answer may park a run for good. */
export const waitOf = (errorClass: WaitClass, asked: Millis | undefined): Millis =>
  Math.min(Math.max(asked ?? usual[errorClass], SECOND), DAY);
