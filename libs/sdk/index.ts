export * from './rejection.js';
export type { CreationResult } from './schedule-batch.js';
export { ScheduleManager } from './schedule-manager.js';
export { ScheduleReporter } from './schedule-reporter.js';
export { ScheduleValidator } from './schedule-validator.js';
export * from './sync-scheduler.js';
export { TaskExecutor, type ExecutorState } from './task-executor.js';
export * from './types.js';
