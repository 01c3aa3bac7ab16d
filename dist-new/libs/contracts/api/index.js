export * from './api-keys.js';
export * from './checked-input.js';
export * from './depth.js';
export { duration, instant, name, parseDuration, printDuration, provider, runId, scheduleId, webhookId } from './primitives.js';
export * from './provider-limits.js';
export { fromRecurrence, recurrenceBody } from './recurrence-body.js';
export * from './requests.js';
export * from './schedule-body.js';
export * from './webhook-body.js';

//# sourceMappingURL=index.js.map