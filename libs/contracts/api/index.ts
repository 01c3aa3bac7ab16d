export * from './api-keys.js';
export * from './bulk-body.js';
export * from './checked-input.js';
export * from './depth.js';
export {
  bulkChangeId,
  duration,
  instant,
  name,
  parseDuration,
  printDuration,
  provider,
  runId,
  scheduleId,
  webhookId,
} from './primitives.js';
export * from './provider-limits.js';
export { fromRecurrence, recurrenceBody, type RecurrenceInput } from './recurrence-body.js';
export * from './requests.js';
export * from './schedule-body.js';
export * from './tenant-body.js';
export * from './webhook-body.js';
